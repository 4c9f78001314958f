//! A mail that mail programs and calendars read: the same in words, as a document and as iCalendar
//! (RFC 6047).

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::MailError;
use crate::ics::Method;

/// An invitation, or the end of one.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as a document.
    pub html: String,
    /// The same as iCalendar.
    pub calendar: String,
    /// What the calendar is asked to do.
    pub method: Method,
    /// The same for the same invitation, so that it is known again if it comes twice. ASCII
    /// letters, digits and full stops.
    pub id: String,
}

impl Invitation {
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, MailError> {
        // Google and Outlook look for it beside the words, Apple's Mail at what is attached.
        let named = format!("text/calendar; method={}; charset=utf-8", self.method.as_str());
        let calendar =
            SinglePart::builder().header(ContentType::parse(&named)?).body(self.calendar.clone());
        let words = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone())
            .singlepart(calendar);
        let file = Attachment::new("invite.ics".to_owned())
            .body(self.calendar.clone(), ContentType::parse("application/ics")?);
        let by_a_program = "auto-generated".to_owned();
        let message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, self.to.parse()?))
            .subject(&self.subject)
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                by_a_program,
            ))
            .multipart(MultiPart::mixed().multipart(words).singlepart(file))?;
        Ok(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stands_in_it_in_each_form_that_somebody_looks_for() {
        let invitation = Invitation {
            to: "robin@example.org".to_owned(),
            subject: "Invitation · Post-mortem: Überlauf".to_owned(),
            text: "in words".to_owned(),
            html: "<p>in a document</p>".to_owned(),
            calendar: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".to_owned(),
            method: Method::Request,
            id: "call.1f2e".to_owned(),
        };
        let from = "Afterword <afterword@afterword.example.org>".parse().unwrap();
        let written = String::from_utf8(invitation.message(&from).unwrap().formatted()).unwrap();
        for words in [
            "Message-ID: <call.1f2e@afterword.example.org>",
            "Auto-Submitted: auto-generated",
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "Content-Type: text/calendar; method=REQUEST; charset=utf-8",
            "Content-Type: application/ics",
            "filename=\"invite.ics\"",
        ] {
            assert!(written.contains(words), "{words} is missing in\n{written}");
        }
        // Beside the words, and attached.
        assert_eq!(written.matches("\r\nBEGIN:VCALENDAR\r\n").count(), 2, "{written}");
    }
}
