//! Entries, nodes, themes and actions, each by itself.

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Tag, Theme};
use afterword_domain::ticket::TicketLink;
use afterword_domain::timeline::{Entry, Evidence, Moment};
use yrs::{Any, ReadTxn};

use super::reader::Reader;
use crate::rich::{plain, render};

/// What is read from a map of one part.
pub(super) trait Item: Sized {
    fn read<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Self;

    /// The words by which people recognise it.
    fn label<T: ReadTxn>(reader: &mut Reader<'_, T>) -> String;
}

impl Item for Entry {
    fn read<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Self {
        let moment = Moment::from_parts(
            reader.instant("at"),
            reader.instant("until"),
            reader.named("precision").unwrap_or_default(),
        );
        Self {
            id: reader.id.to_owned(),
            at: moment.at(),
            until: moment.until(),
            precision: moment.precision(),
            typed: reader.string("typed"),
            question: reader.string("question"),
            kind: reader.named("kind").unwrap_or_default(),
            lane: reader.named("lane").unwrap_or_default(),
            who: reader.string("who"),
            text: render(&reader.rich("text")),
            evidence: evidence(reader),
            beside: reader.string("beside"),
            order: reader.order(),
            withheld: reader.flag("withheld"),
            proposed: reader.flag("proposed"),
            asked: reader.string("asked"),
        }
    }

    fn label<T: ReadTxn>(reader: &mut Reader<'_, T>) -> String {
        plain(&reader.rich("text"))
    }
}

fn evidence<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Vec<Evidence> {
    let mut read = Vec::new();
    for value in reader.list("evidence") {
        match link_of(&value) {
            Some((link, true)) => read.push(link),
            Some((link, false)) => {
                reader
                    .warn("“evidence” names an event by what is no id; its link stays".to_owned());
                read.push(link);
            }
            None => reader
                .warn("“evidence” holds what is no http or https link; it was left out".to_owned()),
        }
    }
    read
}

/// A link, and whether its event could be read as well.
fn link_of(value: &Any) -> Option<(Evidence, bool)> {
    let Any::Map(map) = value else { return None };
    let string = |key: &str| match map.get(key) {
        Some(Any::String(text)) => Some(text.to_string()),
        _ => None,
    };
    let url = string("url").filter(|url| is_web_address(url))?;
    let event = string("event").and_then(|id| id.parse().ok());
    let is_sound =
        event.is_some() || matches!(map.get("event"), None | Some(Any::Null | Any::Undefined));
    let title = string("title").filter(|title| !title.is_empty());
    Some((Evidence { url, title, event }, is_sound))
}

/// Whether an address may be shown as a link to evidence.
pub(crate) fn is_web_address(url: &str) -> bool {
    let lower = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
    (lower.starts_with("http://") && url.len() > 7)
        || (lower.starts_with("https://") && url.len() > 8)
}

impl Item for Node {
    fn read<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Self {
        let tag = reader.named("tag");
        Self {
            id: reader.id.to_owned(),
            kind: reader.named("kind").unwrap_or_default(),
            parent: reader.string("parent"),
            also: reader.set("also"),
            text: reader.words("text"),
            entries: reader.strings("entries"),
            tag,
            system: reader.string("system"),
            signal: reader.named("signal").filter(|_| tag == Some(Tag::Sensing)),
            needed_by: reader.string("needed_by"),
            needed: reader.string("needed"),
            was_at: reader.string("was_at"),
            order: reader.order(),
            withheld: reader.flag("withheld"),
        }
    }

    fn label<T: ReadTxn>(reader: &mut Reader<'_, T>) -> String {
        reader.words("text")
    }
}

impl Item for Theme {
    fn read<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Self {
        Self {
            id: reader.id.to_owned(),
            title: reader.words("title"),
            text: reader.words("text"),
            nodes: reader.strings("nodes"),
            candidate: reader.flag("candidate"),
            reason: reader.words("reason"),
            order: reader.order(),
            withheld: reader.flag("withheld"),
        }
    }

    fn label<T: ReadTxn>(reader: &mut Reader<'_, T>) -> String {
        reader.words("title")
    }
}

impl Item for Action {
    fn read<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Self {
        Self {
            id: reader.id.to_owned(),
            title: reader.words("title"),
            done_when: reader.words("done_when"),
            owner: reader.string("owner"),
            due: reader.named("due"),
            state: reader.named("state").unwrap_or_default(),
            reason: reader.words("reason"),
            theme: reader.string("theme"),
            ticket: ticket(reader),
            order: reader.order(),
            withheld: reader.flag("withheld"),
            process: reader.flag("process"),
        }
    }

    fn label<T: ReadTxn>(reader: &mut Reader<'_, T>) -> String {
        reader.words("title")
    }
}

/// Only an address that a browser opens as a page counts: anybody can write anything here.
fn ticket<T: ReadTxn>(reader: &mut Reader<'_, T>) -> Option<TicketLink> {
    let url = reader.string("ticket")?;
    if !is_web_address(&url) {
        reader.warn("“ticket” is no address of a page and was read as missing".to_owned());
        return None;
    }
    let name = reader.string("ticket_name").unwrap_or_else(|| url.clone());
    Some(TicketLink { url, name })
}
