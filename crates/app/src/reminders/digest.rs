//! One message about all the actions of which somebody is told today.

use afterword_domain::chasing::Purpose;
use afterword_integrations::chat::{Card, CardItem, CardLink};
use afterword_integrations::mail::Letter;
use afterword_storage::ToldRow;

use super::page::page;
use crate::secrets::sha256;

const ID_DIGITS: usize = 32;

/// What somebody is told.
pub(super) struct Digest {
    /// As the person wants to be called.
    pub(super) name: String,
    /// Of what.
    pub(super) items: Vec<DigestItem>,
    /// Where the person changes when and where they are told.
    pub(super) preferences: String,
    /// The page on which the person is rid of these.
    pub(super) off: String,
    /// Where a mail program posts to for the same.
    pub(super) one_click: String,
}

/// An action in it.
pub(super) struct DigestItem {
    /// The action's title.
    pub(super) title: String,
    /// Why the person is told of it.
    pub(super) why: String,
    /// How one would know that it is done; may be empty.
    pub(super) done_when: String,
    /// The title of its post-mortem.
    pub(super) postmortem: String,
    /// Where the action is.
    pub(super) room: String,
    /// The answers, each with its link.
    pub(super) answers: Vec<(Purpose, String)>,
    /// What is noted once it was told.
    pub(super) told: ToldRow,
}

impl Digest {
    /// One line: the reason where there is one action, how many there are otherwise.
    pub(super) fn subject(&self) -> String {
        match &self.items[..] {
            [only] => format!("{}: {}", capital(&only.why), only.title),
            all => format!("{} actions of yours", all.len()),
        }
    }

    pub(super) fn letter(&self, to: &str, person_id: &str) -> Letter {
        Letter {
            to: to.to_owned(),
            subject: self.subject(),
            text: self.text(),
            html: page(self),
            id: self.id(person_id),
            unsubscribe: self.one_click.clone(),
        }
    }

    /// The same for the same reader, actions and occasions.
    fn id(&self, person_id: &str) -> String {
        let told = self.items.iter().map(|it| &it.told);
        let parts: Vec<_> =
            told.map(|it| [&it.postmortem_id, &it.action_id, &it.occasion]).collect();
        let mut hash = sha256(serde_json::json!([person_id, parts]).to_string().as_bytes());
        hash.truncate(ID_DIGITS);
        format!("digest.{hash}")
    }

    pub(super) fn opening(&self) -> &'static str {
        if self.items.len() == 1 { "this action is yours:" } else { "these actions are yours:" }
    }

    fn text(&self) -> String {
        let items: Vec<_> = self.items.iter().map(DigestItem::text).collect();
        format!(
            "Hello {},\n\n{}\n\n{}\n\nEach answer opens a page that asks once more, and then writes \
             it into the post-mortem in your name. No sign-in is needed.\n\nWhen and where you are \
             told: {}\nNo more reminders: {}\n",
            self.name,
            self.opening(),
            items.join("\n\n"),
            self.preferences,
            self.off
        )
    }

    pub(super) fn card(&self) -> Card {
        let link =
            |label: &str, url: &str| CardLink { label: label.to_owned(), url: url.to_owned() };
        let item = |it: &DigestItem| CardItem {
            title: link(&it.title, &it.room),
            about: format!("{} · {}", capital(&it.why), it.postmortem),
            links: it.answers.iter().map(|(purpose, url)| link(purpose.label(), url)).collect(),
        };
        Card {
            title: self.subject(),
            items: self.items.iter().map(item).collect(),
            links: vec![
                link("When and where you are told", &self.preferences),
                link(Purpose::Off.label(), &self.off),
            ],
        }
    }
}

impl DigestItem {
    fn text(&self) -> String {
        let done_when = match self.done_when.trim() {
            "" => String::new(),
            words => format!("\n  Done when: {words}"),
        };
        let answers: Vec<_> = self
            .answers
            .iter()
            .map(|(purpose, url)| format!("  {}: {url}", purpose.label()))
            .collect();
        format!(
            "{}\n  {}, from “{}”{done_when}\n  {}\n{}",
            self.title,
            capital(&self.why),
            self.postmortem,
            self.room,
            answers.join("\n")
        )
    }
}

/// As the beginning of a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::Timestamp;

    use super::*;

    pub(in crate::reminders) fn digest(titles: &[&str]) -> Digest {
        let item = |title: &&str| DigestItem {
            title: (*title).to_owned(),
            why: "due tomorrow".to_owned(),
            done_when: "a drill pages within two minutes".to_owned(),
            postmortem: "Check-out <fails>".to_owned(),
            room: "https://x.example/postmortems/p#actions/a".to_owned(),
            answers: Purpose::ANSWERS
                .map(|purpose| (purpose, format!("https://x.example/answer#{purpose:?}")))
                .into(),
            told: ToldRow {
                postmortem_id: "p".to_owned(),
                action_id: (*title).to_owned(),
                occasion: "soon 2026-03-04".to_owned(),
                told_at: Timestamp::UNIX_EPOCH,
            },
        };
        Digest {
            name: "Ada".to_owned(),
            items: titles.iter().map(item).collect(),
            preferences: "https://x.example/me#reminders".to_owned(),
            off: "https://x.example/reminders/off#t".to_owned(),
            one_click: "https://x.example/api/v1/reminders/off?token=t".to_owned(),
        }
    }

    #[test]
    fn a_message_says_what_why_and_how_to_answer() {
        let letter = digest(&["Page on failed check-outs"]).letter("ada@example.org", "ada");
        assert_eq!(letter.subject, "Due tomorrow: Page on failed check-outs");
        for line in [
            "Hello Ada,",
            "Page on failed check-outs",
            "  Due tomorrow, from “Check-out <fails>”",
            "  Done when: a drill pages within two minutes",
            "  I am on it: https://x.example/answer#OnIt",
            "  It will not be done, because…: https://x.example/answer#Declined",
            "No more reminders: https://x.example/reminders/off#t",
        ] {
            assert!(
                letter.text.lines().any(|it| it == line),
                "{line} is missing in\n{}",
                letter.text
            );
        }
        assert_eq!(digest(&["a", "b"]).subject(), "2 actions of yours");
    }

    #[test]
    fn the_same_message_has_the_same_id_and_another_has_another() {
        let id = |titles: &[&str], person: &str| digest(titles).letter("a@example.org", person).id;
        assert_eq!(id(&["a", "b"], "ada"), id(&["a", "b"], "ada"));
        assert_ne!(id(&["a", "b"], "ada"), id(&["a"], "ada"));
        assert_ne!(id(&["a"], "ada"), id(&["a"], "bo"));
    }
}
