//! Links that are good for one thing, without a sign-in: signed, and forgotten by themselves.

use afterword_domain::appointment::Appointment;
use afterword_domain::chasing::Purpose;
use afterword_domain::input::REQUESTS_LAST;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_secret;

/// How long an answer can be given.
const ANSWERS_LAST: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Whoever wants no more mails finds an old one.
const OFF_LASTS: SignedDuration = SignedDuration::from_hours(24 * 365);
/// 128 random bits: no two links are alike.
const NONCE_DIGITS: usize = 32;

/// What a link is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The one thing.
    pub(crate) purpose: Purpose,
    /// The post-mortem; empty if it is about none.
    pub(crate) postmortem: String,
    /// The action, or what else it is about; empty if it is about none.
    pub(crate) action: String,
    /// Who answers.
    pub(crate) person: String,
    /// Until when it works, in seconds since 1970.
    expires: i64,
    nonce: String,
}

impl Claims {
    /// A link by which somebody answers about an action.
    pub(crate) fn answer(
        purpose: Purpose,
        postmortem: &str,
        action: &str,
        person: &str,
        now: Timestamp,
    ) -> Self {
        Self::new(purpose, postmortem, action, person, now, ANSWERS_LAST)
    }

    /// A link by which somebody says whether they come to a call, as often as they change their
    /// mind. It outlives the call, so that it can say that the call is over.
    pub(crate) fn attend(call: &Appointment, person: &str, now: Timestamp) -> Self {
        let lasts = call.plan.ends_at().duration_since(now).saturating_add(ANSWERS_LAST);
        Self::new(Purpose::Attend, &call.postmortem_id, &call.id, person, now, lasts)
    }

    /// A link by which somebody gets no more messages.
    pub(crate) fn off(person: &str, now: Timestamp) -> Self {
        Self::new(Purpose::Off, "", "", person, now, OFF_LASTS)
    }

    /// A link by which somebody hears no more of what is published.
    pub(crate) fn unsubscribe(person: &str, now: Timestamp) -> Self {
        Self::new(Purpose::Unsubscribe, "", "", person, now, OFF_LASTS)
    }

    /// A link by which somebody says what they saw, or is asked for it no more; `request`: its id.
    pub(crate) fn input(
        purpose: Purpose,
        postmortem: &str,
        request: &str,
        person: &str,
        now: Timestamp,
    ) -> Self {
        Self::new(purpose, postmortem, request, person, now, REQUESTS_LAST)
    }

    fn new(
        purpose: Purpose,
        postmortem: &str,
        action: &str,
        person: &str,
        now: Timestamp,
        lasts: SignedDuration,
    ) -> Self {
        let mut nonce = new_secret();
        nonce.truncate(NONCE_DIGITS);
        Self {
            purpose,
            postmortem: postmortem.to_owned(),
            action: action.to_owned(),
            person: person.to_owned(),
            expires: now.saturating_add(lasts).unwrap_or(now).as_second(),
            nonce,
        }
    }

    /// Until when it works.
    pub(crate) fn expires_at(&self) -> Timestamp {
        Timestamp::from_second(self.expires).unwrap_or(Timestamp::MAX)
    }

    fn written(&self) -> String {
        serde_json::json!([
            self.purpose,
            self.postmortem,
            self.action,
            self.person,
            self.expires,
            self.nonce
        ])
        .to_string()
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (purpose, postmortem, action, person, expires, nonce) =
            serde_json::from_slice(text).ok()?;
        Some(Self { purpose, postmortem, action, person, expires, nonce })
    }
}

/// Signs links, and knows its own.
pub(crate) struct Signer(String);

impl Signer {
    /// What stands behind `#` in a link.
    pub(crate) fn sign(&self, claims: &Claims) -> String {
        let body = BASE64_URL_SAFE_NO_PAD.encode(claims.written());
        let signature = self.mac(&body).map(|mac| mac.finalize().into_bytes());
        format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.unwrap_or_default()))
    }

    /// What a link is good for, if it is one of ours and still works.
    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Result<Claims, AppError> {
        let claims = self.known(token.trim()).ok_or_else(|| {
            AppError::invalid(
                "token",
                "this link is not whole, or was changed on its way: copy all of it from the message",
            )
        })?;
        if claims.expires_at() <= now {
            return Err(AppError::Conflict(
                "this link is too old to be used: open the post-mortem instead, or wait for the \
                 next message"
                    .to_owned(),
            ));
        }
        Ok(claims)
    }

    fn known(&self, token: &str) -> Option<Claims> {
        let (body, signature) = token.split_once('.')?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(body)?.verify_slice(&signature).ok()?;
        Claims::read(&BASE64_URL_SAFE_NO_PAD.decode(body).ok()?)
    }

    fn mac(&self, body: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).ok()?;
        mac.update(body.as_bytes());
        Some(mac)
    }
}

impl App {
    /// With the key of this installation, which it makes when it is first asked for.
    pub(crate) async fn signer(&self) -> Result<Signer, AppError> {
        Ok(Signer(self.storage.signing_key("links", &new_secret()).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_772_390_580 + seconds).unwrap()
    }

    fn answer() -> Claims {
        Claims::answer(Purpose::Done, "p", "a", "ada", at(0))
    }

    #[test]
    fn a_link_is_read_as_it_was_signed() {
        let signer = Signer("a key".to_owned());
        for claims in [answer(), Claims::off("ada", at(0))] {
            assert_eq!(signer.read(&signer.sign(&claims), at(60)).unwrap(), claims);
        }
    }

    #[test]
    fn no_letter_of_a_link_can_be_changed() {
        let signer = Signer("a key".to_owned());
        let token = signer.sign(&answer());
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last digit of each part has bits that mean nothing; decoding is strict.
            assert!(signer.read(&changed, at(60)).is_err(), "{place} of {token}");
        }
        let (body, _) = token.split_once('.').unwrap();
        let other = signer.sign(&Claims::answer(Purpose::Done, "p", "other", "ada", at(0)));
        let (_, signature) = other.split_once('.').unwrap();
        for forged in
            [format!("{body}.{signature}"), format!("{body}."), body.to_owned(), String::new()]
        {
            assert!(
                matches!(signer.read(&forged, at(60)), Err(AppError::Invalid { .. })),
                "{forged}"
            );
        }
        assert!(Signer("another key".to_owned()).read(&token, at(60)).is_err());
    }

    #[test]
    fn a_link_works_for_thirty_days() {
        let signer = Signer("a key".to_owned());
        let token = signer.sign(&answer());
        assert!(signer.read(&token, at(30 * 86_400 - 1)).is_ok());
        let late = signer.read(&token, at(30 * 86_400));
        assert!(matches!(late, Err(AppError::Conflict(_))), "{late:?}");
    }
}
