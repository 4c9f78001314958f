//! A message, its edits, and its end.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use jiff::Timestamp;
use serde::Deserialize;

use super::text::plain;
use crate::evidence::{Reading, Unreadable, first_filled, first_line};

/// A message event. An edit has the message in it as it is now and as it was.
#[derive(Deserialize)]
pub(super) struct Said {
    subtype: Option<String>,
    /// An export has it in the name of a folder.
    #[serde(default)]
    channel: String,
    channel_type: Option<String>,
    event_ts: Option<String>,
    deleted_ts: Option<String>,
    message: Option<Words>,
    previous_message: Option<Words>,
    #[serde(flatten)]
    words: Words,
}

#[derive(Default, Deserialize)]
struct Words {
    ts: Option<String>,
    thread_ts: Option<String>,
    text: Option<String>,
    user: Option<String>,
    username: Option<String>,
    bot_id: Option<String>,
    user_profile: Option<Profile>,
    bot_profile: Option<Profile>,
    edited: Option<Edited>,
    #[serde(default)]
    attachments: Vec<Attachment>,
    #[serde(default)]
    files: Vec<File>,
}

#[derive(Deserialize)]
struct Profile {
    display_name: Option<String>,
    real_name: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Edited {
    user: Option<String>,
    ts: Option<String>,
}

#[derive(Deserialize)]
struct Attachment {
    fallback: Option<String>,
}

#[derive(Deserialize)]
struct File {
    name: Option<String>,
}

impl Said {
    pub(super) fn read(self, event_id: &str, team: Option<String>) -> Result<Reading, Unreadable> {
        if matches!(self.channel_type.as_deref(), Some("im" | "mpim" | "app_home")) {
            return Ok(Reading::Nothing("a message outside of channels"));
        }
        let reported = match self.subtype.as_deref() {
            _ if self.is_said() => Self::named(self.said(&self.words)),
            Some("message_changed") => match self.edited()? {
                Some(edited) => edited,
                None => return Ok(Reading::Nothing("a message whose words did not change")),
            },
            Some("message_deleted") => self.deleted(),
            _ => return Ok(Reading::Nothing("a message of Slack's own about a channel")),
        };
        let delivery = Some(reported.delivery.clone()).filter(|it| !it.is_empty());
        let delivery = delivery.unwrap_or_else(|| event_id.to_owned());
        let mut reported = Reported { delivery, ..reported };
        reported.labels.extend(team.map(|team| ("team".to_owned(), team)));
        Ok(Reading::Events(vec![reported]))
    }

    /// A message as an export has it; none where nobody said it. `person` tells what somebody is
    /// called, `fill_in` writes names into a text.
    pub(super) fn exported<'a>(
        mut self,
        channel: &str,
        person: impl Fn(&str) -> Option<&'a str>,
        fill_in: impl Fn(&str) -> String,
    ) -> Option<Reported> {
        if !self.is_said() {
            return None;
        }
        channel.clone_into(&mut self.channel);
        let attached = self.words.attachments.iter_mut().map(|it| &mut it.fallback);
        for text in std::iter::once(&mut self.words.text).chain(attached).flatten() {
            *text = fill_in(text);
        }
        let name = self.words.user.as_deref().and_then(person).map(str::to_owned);
        let said = Self::named(self.said(&self.words));
        Some(Reported { actor: name.or(said.actor), ..said })
    }

    /// Whether somebody said it, rather than changed or did something.
    fn is_said(&self) -> bool {
        const SAID: [&str; 8] = [
            "bot_message",
            "file_share",
            "me_message",
            "thread_broadcast",
            "channel_topic",
            "group_topic",
            "channel_name",
            "group_name",
        ];
        self.subtype.as_deref().is_none_or(|subtype| SAID.contains(&subtype))
    }

    /// What is said is named by its channel and time, which its export has too.
    fn named(said: Reported) -> Reported {
        Reported { delivery: said.fingerprint.clone().unwrap_or_default(), ..said }
    }

    fn said(&self, words: &Words) -> Reported {
        let text = words.all();
        let title = first_line(&text);
        let more = text.trim() != title;
        Reported {
            at: time(words.ts.as_deref()),
            title: title.to_owned(),
            text: more.then(|| text.clone()),
            actor: words.author(),
            ..self.about(words)
        }
    }

    /// Slack also calls it a change when a link is unfurled or a reaction counted.
    fn edited(&self) -> Result<Option<Reported>, Unreadable> {
        let now = self.message.as_ref();
        let now = now.ok_or_else(|| Unreadable("an edit without the message".to_owned()))?;
        let before = self.previous_message.as_ref();
        if before.is_some_and(|before| before.all() == now.all()) {
            return Ok(None);
        }
        let said = self.said(now);
        let edit = now.edited.as_ref();
        let at = edit.and_then(|edit| edit.ts.as_deref()).or(self.event_ts.as_deref());
        let editor = edit.and_then(|edit| edit.user.clone());
        Ok(Some(Reported {
            at: time(at),
            title: format!("Edited a message: {}", said.title),
            // Others than the author cannot be named: only the author's profile is there.
            actor: editor.filter(|editor| now.user.as_ref() != Some(editor)).or(said.actor.clone()),
            ..said
        }))
    }

    /// What was taken back is not said again.
    fn deleted(&self) -> Reported {
        let none = Words::default();
        let before = self.previous_message.as_ref().unwrap_or(&none);
        let ts = self.deleted_ts.as_deref().or(before.ts.as_deref());
        let words = Words {
            ts: ts.map(str::to_owned),
            thread_ts: before.thread_ts.clone(),
            ..Words::default()
        };
        Reported {
            at: time(self.event_ts.as_deref()),
            title: "Deleted a message".to_owned(),
            actor: before.author(),
            ..self.about(&words)
        }
    }

    fn about(&self, words: &Words) -> Reported {
        let Self { channel, .. } = self;
        let thread = words.thread_ts.as_deref();
        let labels = [
            ("channel", Some(channel.as_str())),
            ("thread", thread),
            ("bot", words.bot_id.as_deref()),
        ];
        let filled =
            labels.into_iter().filter_map(|(name, it)| Some((name.to_owned(), it?.to_owned())));
        Reported {
            kind: EventKind::Message,
            url: words.ts.as_deref().map(|ts| link(channel, ts, thread)),
            fingerprint: words.ts.as_deref().map(|ts| format!("{channel}/{ts}")),
            labels: filled.collect(),
            ..Reported::default()
        }
    }
}

impl Words {
    /// Programs often write only attachments.
    fn all(&self) -> String {
        let attached = self.attachments.iter().map(|it| it.fallback.as_deref());
        let text = first_filled([self.text.as_deref()].into_iter().chain(attached));
        let files: Vec<_> = self.files.iter().filter_map(|file| file.name.as_deref()).collect();
        match (text, files.is_empty()) {
            (Some(text), true) => plain(&text),
            (Some(text), false) => format!("{}\n\nWith {}", plain(&text), files.join(", ")),
            (None, true) => String::new(),
            (None, false) => format!("Shared {}", files.join(", ")),
        }
    }

    fn author(&self) -> Option<String> {
        let profiles = [&self.user_profile, &self.bot_profile].into_iter().flatten();
        let names = profiles.flat_map(|it| {
            [it.display_name.as_deref(), it.real_name.as_deref(), it.name.as_deref()]
        });
        let ids = [self.username.as_deref(), self.user.as_deref(), self.bot_id.as_deref()];
        first_filled(names.chain(ids))
    }
}

/// Where the message is, for whoever is signed in to its workspace.
fn link(channel: &str, ts: &str, thread: Option<&str>) -> String {
    let digits = |ts: &str| ts.chars().filter(char::is_ascii_digit).collect::<String>();
    let page = format!("https://slack.com/archives/{channel}/p{}", digits(ts));
    match thread.filter(|thread| *thread != ts) {
        Some(thread) => format!("{page}?thread_ts={thread}&cid={channel}"),
        None => page,
    }
}

/// A message's name is its time: seconds since 1970, a point, and six more digits.
fn time(ts: Option<&str>) -> ReportedTime {
    let parsed = ts.and_then(|ts| {
        let (seconds, micros) = ts.split_once('.').unwrap_or((ts, "0"));
        let micros: i64 = format!("{micros:0<6}").get(..6)?.parse().ok()?;
        let at = seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micros)?;
        Timestamp::from_microsecond(at).ok()
    });
    parsed.map_or(ReportedTime::Missing, ReportedTime::At)
}
