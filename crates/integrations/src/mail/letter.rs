//! A mail that nobody asked for at this moment, and can be rid of at one press.

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::MailError;

/// A mail with its text in two forms.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as a document.
    pub html: String,
    /// The same for the same letter, so that it is known again if it comes twice. ASCII letters,
    /// digits and full stops.
    pub id: String,
    /// Where a mail program posts to for its reader to get no more of these (RFC 8058).
    pub unsubscribe: String,
}

/// As it is: what is folded in the middle of an address is read wrongly by some programs.
fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.clone(),
        value,
    )
}

impl Letter {
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, MailError> {
        let message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, self.to.parse()?))
            .subject(&self.subject)
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            .raw_header(header("List-Unsubscribe", format!("<{}>", self.unsubscribe)))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))?;
        Ok(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_that_a_program_sent_it_and_how_to_be_rid_of_them() {
        let letter = Letter {
            to: "robin@example.org".to_owned(),
            subject: "Due tomorrow: Page on failed check-outs".to_owned(),
            text: "in words".to_owned(),
            html: "<p>in a document</p>".to_owned(),
            id: "digest.1f2e".to_owned(),
            unsubscribe: "https://afterword.example.org/api/v1/reminders/off?token=abc".to_owned(),
        };
        let from = "Afterword <afterword@afterword.example.org>".parse().unwrap();
        let written = String::from_utf8(letter.message(&from).unwrap().formatted()).unwrap();
        for line in [
            "Message-ID: <digest.1f2e@afterword.example.org>",
            "List-Unsubscribe: <https://afterword.example.org/api/v1/reminders/off?token=abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(written.lines().any(|it| it == line), "{line} is missing in\n{written}");
        }
        assert!(written.contains("multipart/alternative"), "{written}");
        for part in ["in words", "<p>in a document</p>"] {
            assert!(written.contains(part), "{part} is missing in\n{written}");
        }
    }
}
