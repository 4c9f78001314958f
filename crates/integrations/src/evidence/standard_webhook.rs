//! Messages signed as the specification "Standard Webhooks" says:
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

use afterword_domain::evidence::ReportedTime;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use jiff::Timestamp;

use super::{Message, Refused, hmac_sha256, is_fresh, signed_hmac_sha256};

/// Which message it is; the same when it is sent again.
pub(crate) const ID: HeaderName = HeaderName::from_static("webhook-id");
/// When it was sent, in seconds since 1970.
pub(crate) const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
/// One or more signatures, each after its sort, with spaces between them.
pub(crate) const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

const PREFIX: &str = "whsec_";

/// Whether a secret has the form that the specification gives it.
pub(crate) fn is_key(secret: &str) -> bool {
    secret.starts_with(PREFIX)
}

/// Whether a message is signed with this secret, lately.
pub(crate) fn verify(message: &Message<'_>, secret: &str) -> Result<(), Refused> {
    let header = |name: &HeaderName| message.header(name.as_str()).ok_or(Refused::Unsigned);
    let (id, at) = (header(&ID)?, header(&TIMESTAMP)?);
    let key = key(secret).ok_or(Refused::WrongSignature)?;
    let parts = [id.as_bytes(), b".", at.as_bytes(), b".", message.body];
    let is_right = |signature: &str| {
        let signature = signature.strip_prefix("v1,").and_then(|it| STANDARD.decode(it).ok());
        signature.is_some_and(|signature| hmac_sha256(&key, &parts, &signature))
    };
    if !header(&SIGNATURE)?.split(' ').any(is_right) {
        return Err(Refused::WrongSignature);
    }
    match at.parse().map(ReportedTime::from_epoch) {
        Ok(ReportedTime::At(at)) if is_fresh(at, message.received_at) => Ok(()),
        _ => Err(Refused::Stale),
    }
}

/// The timestamp and the signature of a message that is sent at that time; `None` if nothing can
/// be signed with the secret.
pub(crate) fn sign(secret: &str, id: &str, at: Timestamp, body: &[u8]) -> Option<(String, String)> {
    let at = at.as_second().to_string();
    let parts = [id.as_bytes(), b".", at.as_bytes(), b".", body];
    let signature = signed_hmac_sha256(&key(secret)?, &parts)?;
    Some((at, format!("v1,{}", STANDARD.encode(signature))))
}

/// A secret of the specification's form is Base64; any other is taken as it is.
fn key(secret: &str) -> Option<Vec<u8>> {
    match secret.strip_prefix(PREFIX) {
        Some(key) => STANDARD.decode(key).ok(),
        None => Some(secret.as_bytes().to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn verdict(secret: &str, signed_with: &str, later: i64) -> Result<(), Refused> {
        let at = Timestamp::constant(1_772_390_700, 0);
        let (timestamp, signature) = sign(signed_with, "msg-1", at, b"{}").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(ID, "msg-1".parse().unwrap());
        headers.insert(TIMESTAMP, timestamp.parse().unwrap());
        headers.insert(SIGNATURE, format!("v1a,x {signature}").parse().unwrap());
        let received_at = Timestamp::from_second(at.as_second() + later).unwrap();
        verify(&Message { headers: &headers, body: b"{}", received_at }, secret)
    }

    /// The example that the specification's own libraries are tested with.
    #[test]
    fn it_is_signed_as_everybody_signs() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let at = Timestamp::constant(1_614_265_330, 0);
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let (_, signature) = sign(secret, id, at, br#"{"test": 2432232314}"#).unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_is_signed_is_believed_for_five_minutes() {
        for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "any other secret"] {
            assert_eq!(verdict(secret, secret, 299), Ok(()));
            assert_eq!(verdict(secret, secret, 301), Err(Refused::Stale));
            assert_eq!(verdict("another", secret, 0), Err(Refused::WrongSignature));
            assert_eq!(verdict("", secret, 0), Err(Refused::WrongSignature));
        }
        assert_eq!(verdict("whsec_no base64", "x", 0), Err(Refused::WrongSignature));
        assert_eq!(sign("whsec_no base64", "x", Timestamp::UNIX_EPOCH, b""), None);
        assert_eq!(sign("", "x", Timestamp::UNIX_EPOCH, b""), None);
    }
}
