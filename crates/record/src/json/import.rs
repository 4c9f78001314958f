//! Reading what [`super::export`] wrote.

use std::collections::{BTreeSet, HashMap};

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::meeting::Meeting;
use afterword_domain::timeline::Entry;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Envelope, VERSION};
use crate::edit::{Edit, NewAction, NewEntry, NewNode, NewTheme, NodePatch};
use crate::markdown::{Imported, Meta, fit, take_edits};
use crate::part::ProseName;
use crate::projection::{Deleted, Prose, is_web_address};
use crate::report::{Report, TakenAs};

/// Why a file is no export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnExport {
    /// It is not JSON, or misses what an export has.
    #[error("this is no export of Afterword in JSON: {0}")]
    Unreadable(String),
    /// It was written by a later version.
    #[error(
        "this was exported by a newer version of Afterword: bring this server up to date first"
    )]
    Newer,
}

/// The parts of a record that are taken over, and what else is known of it.
#[derive(Debug, Deserialize)]
struct Content {
    timeline: Vec<Entry>,
    analysis: Vec<Node>,
    themes: Vec<Theme>,
    actions: Vec<Action>,
    prose: Prose,
    #[serde(default)]
    deleted: Vec<Deleted>,
    #[serde(default)]
    meeting: Value,
}

/// Reads a post-mortem from an export in JSON. `knows` tells whether somebody has an account with
/// that id here; `new_id` makes the ids of the items.
pub fn import(
    file: &str,
    knows: impl Fn(&str) -> bool,
    new_id: impl FnMut() -> String,
) -> Result<Imported, NotAnExport> {
    let envelope: Envelope<Content> =
        serde_json::from_str(file).map_err(|no| NotAnExport::Unreadable(no.to_string()))?;
    if envelope.afterword > VERSION {
        return Err(NotAnExport::Newer);
    }
    let Envelope { title, incident, severity, services, near_miss, people, record, .. } = envelope;
    let mut reader = Reader {
        knows,
        new_id,
        people: people.into_iter().collect(),
        lines: lines(file),
        ids: HashMap::new(),
        made: BTreeSet::new(),
        told: BTreeSet::new(),
        report: Report::default(),
        edits: Vec::new(),
    };
    reader.report.take(TakenAs::Title, 1, 0, "title");
    reader.record(record);
    let Reader { mut report, edits, .. } = reader;
    let edits: Vec<Edit> = edits.into_iter().map(fit).collect();
    take_edits(&edits, &mut report);
    Ok(Imported { meta: Meta { title, incident, severity, services, near_miss }, edits, report })
}

/// At which line each id of an item stands.
fn lines(file: &str) -> HashMap<String, usize> {
    let id =
        |line: &str| Some(line.trim().strip_prefix("\"id\": \"")?.split('"').next()?.to_owned());
    (1..).zip(file.lines()).filter_map(|(number, line)| Some((id(line)?, number))).collect()
}

struct Reader<K, N> {
    knows: K,
    new_id: N,
    people: HashMap<String, String>,
    lines: HashMap<String, usize>,
    /// The new ids of the items.
    ids: HashMap<String, String>,
    /// The items that are made already.
    made: BTreeSet<String>,
    /// What was told once and need not be told again.
    told: BTreeSet<String>,
    report: Report,
    edits: Vec<Edit>,
}

impl<K: Fn(&str) -> bool, N: FnMut() -> String> Reader<K, N> {
    fn record(&mut self, record: Content) {
        // Items of one order stand in the order of their ids, so that these are made as they are read.
        let timeline = record.timeline.iter().map(|entry| &entry.id);
        timeline.for_each(|id| self.name(id));
        // First what others stand beside.
        let (heads, views): (Vec<_>, Vec<_>) =
            record.timeline.into_iter().partition(|entry| entry.beside.is_none());
        heads.into_iter().chain(views).for_each(|entry| self.entry(entry));
        let also: Vec<(String, Vec<String>)> =
            record.analysis.iter().map(|node| (node.id.clone(), node.also.clone())).collect();
        record.analysis.into_iter().for_each(|node| self.node(node));
        also.into_iter().filter(|(_, also)| !also.is_empty()).for_each(|(id, also)| {
            self.also(&id, &also);
        });
        record.themes.into_iter().for_each(|theme| self.theme(theme));
        record.actions.into_iter().for_each(|action| self.action(action));
        for name in ProseName::ALL {
            let text = record.prose.get(name);
            self.pictures(name.as_str(), text);
            if !text.is_empty() {
                self.edits.push(Edit::SetProse(name, text.to_owned()));
            }
        }
        for deleted in record.deleted {
            let why = "It was deleted there, and stays there.";
            self.skip(&deleted.id, &deleted.text, why);
        }
        let was_held = |meeting: &Value| {
            serde_json::to_value(Meeting::default()).is_ok_and(|none| none != *meeting)
        };
        if !record.meeting.is_null() && was_held(&record.meeting) {
            self.report.skip(0, "meeting", "The meeting was held there, and stays there.");
        }
    }

    fn skip(&mut self, item: &str, text: &str, why: &str) {
        let line = self.lines.get(item).copied().unwrap_or(0);
        self.report.skip(line, text, why);
    }

    /// Makes the new id of an item.
    fn name(&mut self, old: &str) {
        let new = (self.new_id)();
        self.ids.insert(old.to_owned(), new);
    }

    /// The new id of an item, to which others may refer from now on.
    fn id(&mut self, old: &str) -> String {
        if self.made.contains(old) || !self.ids.contains_key(old) {
            self.name(old);
        }
        self.made.insert(old.to_owned());
        self.ids.get(old).cloned().unwrap_or_default()
    }

    /// The new id of what an item refers to, if that is there.
    fn other(&mut self, item: &str, other: &str) -> Option<String> {
        let found = self.ids.get(other).filter(|_| self.made.contains(other)).cloned();
        if found.is_none() {
            self.skip(
                item,
                other,
                "It refers to this, which is not in the file or stands further below.",
            );
        }
        found
    }

    fn others(&mut self, item: &str, others: &[String]) -> Vec<String> {
        others.iter().filter_map(|other| self.other(item, other)).collect()
    }

    fn entry(&mut self, entry: Entry) {
        let moment = entry.moment();
        let beside = entry.beside.as_deref().and_then(|beside| self.other(&entry.id, beside));
        self.pictures(&entry.id, &entry.text);
        let (evidence, others): (Vec<_>, Vec<_>) =
            entry.evidence.into_iter().partition(|link| is_web_address(&link.url));
        for link in others {
            self.skip(&entry.id, &link.url, "A link begins with https:// or http://.");
        }
        let new = NewEntry {
            who: self.person(&entry.id, entry.who),
            id: self.id(&entry.id),
            at: moment.at(),
            until: moment.until(),
            precision: Some(moment.precision()),
            typed: entry.typed,
            question: entry.question,
            kind: entry.kind,
            lane: entry.lane,
            text: entry.text,
            evidence,
            beside,
            order: Some(entry.order),
            withheld: entry.withheld,
            proposed: entry.proposed,
            asked: entry.asked,
        };
        self.edits.push(Edit::AddEntry(new));
    }

    fn node(&mut self, node: Node) {
        let parent = node.parent.as_deref().and_then(|parent| self.other(&node.id, parent));
        let entries = self.others(&node.id, &node.entries);
        let new = NewNode {
            id: self.id(&node.id),
            kind: node.kind,
            parent,
            also: Vec::new(),
            text: node.text,
            entries,
            tag: node.tag,
            system: node.system,
            signal: node.signal,
            needed_by: node.needed_by,
            needed: node.needed,
            was_at: node.was_at,
            order: Some(node.order),
            withheld: node.withheld,
        };
        self.edits.push(Edit::AddNode(new));
    }

    /// A further parent may stand further below, so that these links come last.
    fn also(&mut self, id: &str, also: &[String]) {
        let also = Some(self.others(id, also));
        if let Some(id) = self.ids.get(id) {
            let patch = NodePatch { also, ..NodePatch::default() };
            self.edits.push(Edit::PatchNode(id.clone(), patch));
        }
    }

    fn theme(&mut self, theme: Theme) {
        let nodes = self.others(&theme.id, &theme.nodes);
        let new = NewTheme {
            id: self.id(&theme.id),
            title: theme.title,
            text: theme.text,
            nodes,
            candidate: theme.candidate,
            reason: theme.reason,
            order: Some(theme.order),
            withheld: theme.withheld,
        };
        self.edits.push(Edit::AddTheme(new));
    }

    fn action(&mut self, action: Action) {
        let theme = action.theme.as_deref().and_then(|theme| self.other(&action.id, theme));
        if let Some(ticket) = &action.ticket {
            let why =
                "Its ticket stays with the server that follows it; link it here if this one shall.";
            self.skip(&action.id, &ticket.url, why);
        }
        let new = NewAction {
            owner: self.person(&action.id, action.owner),
            id: self.id(&action.id),
            title: action.title,
            done_when: action.done_when,
            due: action.due,
            state: action.state,
            reason: action.reason,
            theme,
            order: Some(action.order),
            withheld: action.withheld,
            process: action.process,
        };
        self.edits.push(Edit::AddAction(new));
    }

    /// Somebody with an account here stays; of others the name stays, if the file tells it.
    fn person(&mut self, item: &str, who: Option<String>) -> Option<String> {
        let who = who?;
        if Uuid::parse_str(&who).is_err() || (self.knows)(&who) {
            return Some(who);
        }
        let name = self.people.get(&who).cloned();
        if self.told.insert(who.clone()) {
            let why = match name {
                Some(_) => "They have no account here; their name is kept as it is written.",
                None => "Nobody here has this id, and the file does not say who it is.",
            };
            self.skip(item, name.as_deref().unwrap_or(&who), why);
        }
        name
    }

    fn pictures(&mut self, item: &str, markdown: &str) {
        const STORED: &str = "(/api/v1/postmortems/";
        for (at, _) in markdown.match_indices(STORED) {
            let address = markdown.get(at + 1..).unwrap_or_default();
            let address = address.split(')').next().unwrap_or_default();
            let why = "The picture is stored there and not in the file; put it in again here.";
            self.skip(item, address, why);
        }
    }
}
