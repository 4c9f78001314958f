//! Vendors that cannot sign, and send a shared secret instead.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Message, Refused, same_secret};

/// Whether the message carries the secret in its `Authorization` header: as a bearer token, or as
/// the password of basic authentication under whatever name.
pub fn carries_secret(message: &Message<'_>, secret: &str) -> Result<(), Refused> {
    let header = message.header("authorization").ok_or(Refused::Unsigned)?;
    let given = given(header).ok_or(Refused::WrongSignature)?;
    if same_secret(&given, secret) { Ok(()) } else { Err(Refused::WrongSignature) }
}

fn given(header: &str) -> Option<String> {
    let (scheme, credentials) = header.trim().split_once(' ')?;
    let credentials = credentials.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(credentials.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use jiff::Timestamp;

    use super::*;

    fn verdict(header: &str, secret: &str) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", header.parse().unwrap());
        let message = Message { headers: &headers, body: b"", received_at: Timestamp::UNIX_EPOCH };
        carries_secret(&message, secret)
    }

    #[test]
    fn the_secret_is_a_token_or_a_password() {
        for header in ["Bearer s3:cret", "bearer  s3:cret", "Basic cHJvbTpzMzpjcmV0"] {
            assert_eq!(verdict(header, "s3:cret"), Ok(()), "{header}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for header in [
            "Bearer s3:cres",
            "Bearer",
            "Bearer ",
            "Basic s3:cret",
            "Basic czM6Y3JldA==",
            "s3:cret",
        ] {
            assert_eq!(verdict(header, "s3:cret"), Err(Refused::WrongSignature), "{header}");
        }
        assert_eq!(verdict("Basic Og==", ""), Err(Refused::WrongSignature), "no secret is no door");
    }
}
