//! The mail that asks somebody for what they saw, and the one that reminds them: nothing in it is
//! fetched, nothing tells whether it was read.

use afterword_domain::input::Message;
use afterword_domain::time::zone_named;
use afterword_integrations::mail::Letter;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, html};

use crate::secrets::sha256;

const BODY: &str = "margin:0;padding:24px;background:#fbf8f3;color:#2a2520;\
     font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const SOFT: &str = "margin:0 0 12px;color:#5a5249";
const BUTTON: &str = "display:inline-block;padding:10px 18px;border-radius:8px;background:#1d5e66;\
     color:#ffffff;text-decoration:none";
const ID_DIGITS: usize = 32;

/// All that is said in it.
pub(super) struct Words {
    pub(super) to: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) asked_by: String,
    pub(super) title: String,
    pub(super) started_at: Timestamp,
    pub(super) questions: Vec<String>,
    pub(super) call_at: Option<Timestamp>,
    /// Where it is answered.
    pub(super) answer: String,
    /// Where one is asked no more.
    pub(super) off: String,
    pub(super) one_click: String,
    /// Id of the request.
    pub(super) request: String,
}

const PROMISE: &str = "It takes a minute and no sign-in. What you say is proposed to the room, \
     which looks for how things came about and never for somebody to blame. You may leave out your \
     name: then it is stored nowhere.";
const AGAIN: &str = "The link works until the call is over, also to add something later.";
const ONLY_ONE: &str = "This is the only reminder. If you answered without your name, nobody \
     knows that it was you, and nothing is left to do.";

impl Words {
    /// The mail; the same one if it is sent twice.
    pub(super) fn letter(&self, message: Message) -> Letter {
        let occasion = match message {
            Message::Request => "request",
            Message::Reminder => "reminder",
        };
        let id = serde_json::json!([self.request, occasion]).to_string();
        let mut id = sha256(id.as_bytes());
        id.truncate(ID_DIGITS);
        Letter {
            to: self.to.clone(),
            subject: self.subject(message),
            text: self.text(message),
            html: self.page(message),
            id: format!("input.{id}"),
            unsubscribe: self.one_click.clone(),
        }
    }

    fn subject(&self, message: Message) -> String {
        match message {
            Message::Request => format!("What did you see? {}", self.title),
            Message::Reminder => format!("Before the call: what did you see? {}", self.title),
        }
    }

    fn opening(&self, message: Message) -> String {
        let began = self.started_at.strftime("%-d %B %Y, %H:%M UTC");
        let (by, title) = (&self.asked_by, &self.title);
        match message {
            Message::Request => format!("{by} asks what you saw of “{title}” ({began})."),
            Message::Reminder => format!(
                "{by} asked what you saw of “{title}” ({began}), and would be glad of a few words."
            ),
        }
    }

    /// When the call is, on the reader's clock.
    fn call(&self) -> Option<String> {
        let zone = zone_named(&self.time_zone).unwrap_or(TimeZone::UTC);
        let at = self.call_at?.to_zoned(zone);
        Some(format!("The call is on {} ({}).", at.strftime("%A %-d %B, %H:%M"), self.time_zone))
    }

    /// What is said below the link, in its order.
    fn closing(&self, message: Message) -> Vec<String> {
        let reminder = (message == Message::Reminder).then(|| ONLY_ONE.to_owned());
        let said = [Some(PROMISE.to_owned()), self.call(), Some(AGAIN.to_owned()), reminder];
        said.into_iter().flatten().collect()
    }

    fn text(&self, message: Message) -> String {
        let questions: Vec<_> = self.questions.iter().map(|it| format!("- {it}")).collect();
        let questions = questions.join("\n");
        format!(
            "Hello {},\n\n{}\n\n{questions}\n\nSay what you saw: {}\n\n{}\n\n\
             Ask me no more about this: {}\n",
            self.name,
            self.opening(message),
            self.answer,
            self.closing(message).join("\n\n"),
            self.off
        )
    }

    fn page(&self, message: Message) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    meta name="color-scheme" content="light";
                    title { (self.subject(message)) }
                }
                body style=(BODY) {
                    div style="max-width:640px;margin:0 auto" {
                        p { "Hello " (self.name) "," }
                        p { (self.opening(message)) }
                        ul { @for question in &self.questions { li { (question) } } }
                        p { a href=(self.answer) style=(BUTTON) { "Say what you saw" } }
                        @for words in self.closing(message) { p style=(SOFT) { (words) } }
                        p style=(SOFT) {
                            a href=(self.off) style="color:#1d5e66" { "Ask me no more about this" }
                        }
                    }
                }
            }
        };
        page.into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            to: "ada@example.org".to_owned(),
            name: "Ada".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            asked_by: "Flo".to_owned(),
            title: "Check-out <fails>".to_owned(),
            started_at: "2026-03-01T18:30:00Z".parse().unwrap(),
            questions: vec!["Who wrote first?".to_owned()],
            call_at: Some("2026-03-05T15:00:00Z".parse().unwrap()),
            answer: "https://x.example/input#a".to_owned(),
            off: "https://x.example/input/off#b".to_owned(),
            one_click: "https://x.example/api/v1/input/off?token=b".to_owned(),
            request: "r".to_owned(),
        }
    }

    #[test]
    fn it_says_who_asks_what_and_when_the_call_is_where_the_reader_is() {
        let letter = words().letter(Message::Request);
        for part in [
            "Flo asks what you saw of “Check-out <fails>” (1 March 2026, 18:30 UTC).",
            "- Who wrote first?",
            "Say what you saw: https://x.example/input#a",
            "The call is on Thursday 5 March, 16:00 (Europe/Berlin).",
            "Ask me no more about this: https://x.example/input/off#b",
        ] {
            assert!(letter.text.contains(part), "{part} is missing in\n{}", letter.text);
        }
        assert!(!letter.text.contains("reminder"), "{}", letter.text);
        assert!(letter.html.contains("Check-out &lt;fails&gt;") && !letter.html.contains("<img"));
    }

    #[test]
    fn the_reminder_says_that_it_is_the_only_one_and_is_another_mail() {
        let (first, reminder) =
            (words().letter(Message::Request), words().letter(Message::Reminder));
        assert!(reminder.text.contains("the only reminder"), "{}", reminder.text);
        assert_ne!(first.id, reminder.id);
        assert_eq!(first.id, words().letter(Message::Request).id);
    }
}
