//! The entry that events would become.

use super::super::{Event, EventKind};
use super::EntryDraft;
use super::fold::Folded;
use super::sentence::sentence;
use crate::markdown::{escape, escape_start};
use crate::timeline::{Evidence, Precision};

pub(super) fn draft(folded: &Folded, public_url: &str) -> EntryDraft {
    let event = &folded.first;
    let until = (folded.last_at > event.at()).then_some(folded.last_at);
    let precision = match (until, event.marks.is_empty()) {
        (Some(_), _) => Precision::Range,
        (None, true) => Precision::Exact,
        (None, false) => Precision::Approximate,
    };
    EntryDraft {
        at: event.at(),
        until,
        precision,
        kind: event.kind.entry_kind(),
        lane: event.kind.lane(),
        who: event.actor.clone(),
        text: text(folded),
        evidence: vec![citation(event, public_url)],
    }
}

/// A link to the event.
fn citation(event: &Event, public_url: &str) -> Evidence {
    let own = || format!("{public_url}/events/{}", event.id);
    Evidence {
        url: event.url.clone().unwrap_or_else(own),
        title: Some(event.title.clone()),
        event: Some(event.id),
    }
}

fn text(folded: &Folded) -> String {
    let event = &folded.first;
    let often = match folded.ids.len() {
        1 => String::new(),
        _ => format!(" {}", sentence(folded)),
    };
    match event.kind {
        EventKind::Alert => format!("Alert **{}**{often}.", escape(&event.title)),
        EventKind::Message => said(event),
        _ if often.is_empty() => escape_start(&escape(&event.title)),
        _ => format!("{},{often}.", escape_start(&escape(&event.title))),
    }
}

/// What somebody wrote, word for word, a paragraph a line.
fn said(event: &Event) -> String {
    let words = if event.text.is_empty() { &event.title } else { &event.text };
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let quoted = lines.map(escape).collect::<Vec<_>>().join("\n\n");
    format!("“{quoted}”")
}
