//! Passwords, hashed with argon2id away from the threads that serve requests.

use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};

use crate::error::AppError;

/// NIST SP 800-63B asks for no composition rules, only for length.
const SHORTEST: usize = 10;
const LONGEST: usize = 1000;

/// Hashes a new password; too short or endless ones are refused.
pub(crate) async fn hash(password: String) -> Result<String, AppError> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(AppError::invalid(
            "password",
            format!("choose a password of at least {SHORTEST} characters; a few words are fine"),
        ));
    }
    let hash = tokio::task::spawn_blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string())
    });
    hash.await.map_err(AppError::internal)?.map_err(|error| AppError::internal(error.to_string()))
}

/// Whether a password is right. Without a hash it takes as long and is wrong, so that nobody
/// learns from the time which addresses have an account.
pub(crate) async fn verify(password: String, hash: Option<String>) -> Result<bool, AppError> {
    let check = tokio::task::spawn_blocking(move || {
        if let Some(hash) = hash {
            return PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            });
        }
        let salt = SaltString::generate(&mut OsRng);
        // Only for the time it takes.
        let _ = Argon2::default().hash_password(password.as_bytes(), &salt);
        false
    });
    check.await.map_err(AppError::internal)
}
