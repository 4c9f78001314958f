//! How GitLab shows that a message is its own.

use afterword_domain::evidence::ReportedTime;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::evidence::{Message, Refused, hmac_sha256, is_fresh, same_secret};

/// The form of the secret tells what is expected, never the message: whoever only saw a secret
/// token cannot do with it where a signature is asked for. (GitLab can send both.)
pub(super) fn verify(message: &Message<'_>, secret: &str) -> Result<(), Refused> {
    if let Some(key) = secret.strip_prefix("whsec_") {
        return signed(message, key);
    }
    let token = message.header("x-gitlab-token").ok_or(Refused::Unsigned)?;
    if same_secret(token, secret) { Ok(()) } else { Err(Refused::WrongSignature) }
}

/// As the specification "Standard Webhooks" says.
fn signed(message: &Message<'_>, key: &str) -> Result<(), Refused> {
    let header = |name| message.header(name).ok_or(Refused::Unsigned);
    let (id, at) = (header("webhook-id")?, header("webhook-timestamp")?);
    let key = STANDARD.decode(key).map_err(|_| Refused::WrongSignature)?;
    let parts = [id.as_bytes(), b".", at.as_bytes(), b".", message.body];
    let is_right = |signature: &str| {
        let signature = signature.strip_prefix("v1,").and_then(|it| STANDARD.decode(it).ok());
        signature.is_some_and(|signature| hmac_sha256(&key, &parts, &signature))
    };
    if !header("webhook-signature")?.split(' ').any(is_right) {
        return Err(Refused::WrongSignature);
    }
    match at.parse().map(ReportedTime::from_epoch) {
        Ok(ReportedTime::At(at)) if is_fresh(at, message.received_at) => Ok(()),
        _ => Err(Refused::Stale),
    }
}
