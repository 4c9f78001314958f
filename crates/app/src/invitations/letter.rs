//! What an invitation says, in words for people and for their calendars.

use std::fmt::Write as _;

use afterword_domain::appointment::{Appointment, Attending, Hours, Notice, NoticeKind, Plan};
use afterword_domain::people::Person;
use afterword_integrations::ics::{self, Asked, Event, Method};
use afterword_integrations::mail::Invitation;
use jiff::Timestamp;

use super::page::page;
use crate::secrets::sha256;

const ID_DIGITS: usize = 32;

/// What it is that people are asked to.
pub(super) const WHAT_IT_IS: &str = "A post-mortem is a conversation about what happened and about \
     what would have made it easier. Nobody will be blamed: everybody did what made sense with what \
     they knew, and that is what we want to hear. There is nothing to prepare.";

/// Who sees a recording.
pub(super) const RECORDED: &str = "The call will be recorded. Those who take part can watch it \
     afterwards; anybody else only where everyone agreed. Anybody can have a passage taken out.";

/// That nobody records it.
pub(super) const NOT_RECORDED: &str = "The call will not be recorded.";

/// A mail about a call to somebody.
pub(super) struct Letter<'a> {
    pub(super) call: &'a Appointment,
    /// The post-mortem's.
    pub(super) title: &'a str,
    pub(super) person: &'a Person,
    /// What they answered so far.
    pub(super) answer: Option<Attending>,
    pub(super) notice: &'a Notice,
    /// The address that it comes from.
    pub(super) from: String,
    pub(super) now: Timestamp,
    pub(super) public_url: &'a str,
    /// What stands behind `#` in its links.
    pub(super) token: String,
}

impl Letter<'_> {
    pub(super) fn invitation(&self) -> Invitation {
        let method = match self.notice.kind() {
            NoticeKind::Request => Method::Request,
            NoticeKind::Cancel => Method::Cancel,
        };
        Invitation {
            to: self.person.email.clone(),
            subject: self.subject(),
            text: self.text(),
            html: page(self).into_string(),
            calendar: ics::invitation(method, &self.event()),
            method,
            id: self.id(),
        }
    }

    /// The same for the same person, call and number.
    fn id(&self) -> String {
        let parts = serde_json::json!([self.call.id, self.call.sequence, self.person.id]);
        let mut hash = sha256(parts.to_string().as_bytes());
        hash.truncate(ID_DIGITS);
        format!("call.{hash}")
    }

    pub(super) fn subject(&self) -> String {
        let what = match self.notice {
            Notice::Invited => "Invitation",
            Notice::Changed { from } if is_moved(from, &self.call.plan) => "Moved",
            Notice::Changed { .. } => "Changed",
            Notice::CalledOff { .. } => "Called off",
            Notice::LetGo { .. } => "Without you",
        };
        format!("{what} · {}", event_title(self.title))
    }

    /// The first sentence.
    pub(super) fn opening(&self) -> String {
        let title = self.title;
        match self.notice {
            Notice::Invited => format!("you are asked to the post-mortem of “{title}”."),
            Notice::Changed { from } if is_moved(from, &self.call.plan) => {
                format!("the post-mortem of “{title}” is at another hour now.")
            }
            Notice::Changed { .. } => {
                format!("something about the post-mortem of “{title}” is different now.")
            }
            Notice::CalledOff { .. } => format!(
                "the call about “{title}” is called off. Should there be another, you will hear \
                 of it."
            ),
            Notice::LetGo { .. } => format!(
                "you are not asked to the call about “{title}” any more. It takes place, and the \
                 hour is yours again."
            ),
        }
    }

    /// When it is, or would have been.
    pub(super) fn hours(&self) -> Hours {
        Hours::of(self.plan(), &self.person.time_zone)
    }

    /// When it was before, if that was another hour.
    pub(super) fn hours_before(&self) -> Option<Hours> {
        match self.notice {
            Notice::Changed { from } if is_moved(from, &self.call.plan) => {
                Some(Hours::of(from, &self.person.time_zone))
            }
            _ => None,
        }
    }

    /// What holds now; of a call that is not theirs any more, what they know of it.
    fn plan(&self) -> &Plan {
        match self.notice {
            Notice::Invited | Notice::Changed { .. } => &self.call.plan,
            Notice::CalledOff { from } | Notice::LetGo { from } => from,
        }
    }

    pub(super) fn is_asked(&self) -> bool {
        self.notice.kind() == NoticeKind::Request
    }

    pub(super) fn recording(&self) -> &'static str {
        if self.plan().recorded { RECORDED } else { NOT_RECORDED }
    }

    /// The page on which they say whether they come, with this answer chosen. It knows for which
    /// hour they were asked, and says so if that is another by then.
    pub(super) fn answer_url(&self, answer: Attending) -> String {
        let at = self.call.plan.starts_at.as_second();
        let Self { public_url, token, .. } = self;
        // Behind `#`, so that it stays out of logs and of the addresses that scanners fetch.
        format!("{public_url}/attend?answer={}&hour={at}#{token}", answer.as_str())
    }

    /// Where to write what one saw, without coming.
    pub(super) fn input_url(&self) -> String {
        format!("{}/postmortems/{}/input", self.public_url, self.call.postmortem_id)
    }

    fn text(&self) -> String {
        let mut text = format!("Hello {},\n\n{}\n\n", self.person.name, self.opening());
        text.push_str(&said("", &self.hours()));
        if let Some(before) = self.hours_before() {
            text.push_str(&said("\nBefore: ", &before));
        }
        // Writing to a String cannot fail.
        if self.is_asked() {
            if let Some(url) = &self.call.plan.call_url {
                let _ = writeln!(text, "\nThe call: {url}");
            }
            let again = if self.hours_before().is_some() { ", now that it is moved" } else { "" };
            let _ = writeln!(text, "\nWill you be there{again}? No sign-in is needed.");
            for answer in Attending::ALL {
                let _ = writeln!(text, "  {}: {}", answer.label(), self.answer_url(answer));
            }
            let _ = writeln!(text, "\n{WHAT_IT_IS}\n\n{}", self.recording());
        }
        let _ = writeln!(text, "\n{}: {}", self.input_words(), self.input_url());
        text
    }

    /// How to be heard without coming.
    pub(super) fn input_words(&self) -> &'static str {
        if self.is_asked() {
            "You cannot come, or would rather write? What you saw counts as much in writing"
        } else {
            "What you saw helps all the same. Write it here, in a minute"
        }
    }

    fn event(&self) -> Event {
        let plan = self.plan();
        Event {
            uid: self.call.id.clone(),
            sequence: self.call.sequence,
            stamp: self.now,
            starts_at: plan.starts_at,
            ends_at: plan.ends_at(),
            cancelled: !self.is_asked(),
            title: event_title(self.title),
            about: self.is_asked().then(|| about(self.call, self.public_url)),
            call_url: plan.call_url.clone(),
            url: Some(room_url(self.call, self.public_url)),
            asked: Some(Asked {
                from: self.from.clone(),
                name: self.person.name.clone(),
                email: self.person.email.clone(),
                answer: self.answer,
            }),
        }
    }
}

/// Where a call's post-mortem is.
pub(super) fn room_url(call: &Appointment, public_url: &str) -> String {
    format!("{public_url}/postmortems/{}", call.postmortem_id)
}

/// What calendars show of a call. Colleagues see each other's calendars, so that no link stands in
/// it by which somebody could answer in another's name.
pub(super) fn about(call: &Appointment, public_url: &str) -> String {
    let place = call.plan.call_url.as_ref();
    let place = place.map_or_else(String::new, |url| format!("The call: {url}\n\n"));
    let recording = if call.plan.recorded { RECORDED } else { NOT_RECORDED };
    let room = room_url(call, public_url);
    format!(
        "{place}{WHAT_IT_IS}\n\n{recording}\n\nSay whether you come by a link in the mail, or here: \
         {room}\n\nYou cannot come, or would rather write? What you saw counts as much in writing: \
         {room}/input"
    )
}

/// The title of a call, as calendars show it.
pub(super) fn event_title(title: &str) -> String {
    format!("Post-mortem: {title}")
}

fn is_moved(from: &Plan, to: &Plan) -> bool {
    (from.starts_at, from.minutes) != (to.starts_at, to.minutes)
}

fn said(label: &str, hours: &Hours) -> String {
    let beside = hours.beside().map_or_else(String::new, |utc| format!("  {utc}\n"));
    format!("{label}{}\n{beside}", hours.first())
}
