//! How GitLab shows that a message is its own.

use crate::evidence::{Message, Refused, same_secret, standard_webhook};

/// The form of the secret tells what is expected, never the message: whoever only saw a secret
/// token cannot do with it where a signature is asked for. (GitLab can send both.)
pub(super) fn verify(message: &Message<'_>, secret: &str) -> Result<(), Refused> {
    if standard_webhook::is_key(secret) {
        return standard_webhook::verify(message, secret);
    }
    let token = message.header("x-gitlab-token").ok_or(Refused::Unsigned)?;
    if same_secret(token, secret) { Ok(()) } else { Err(Refused::WrongSignature) }
}
