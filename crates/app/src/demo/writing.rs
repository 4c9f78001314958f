//! Writing the demonstration's records, each line by whom it is told to be from.

use afterword_domain::timeline::{EntryKind, Evidence, Precision};
use afterword_record::Edit;
use afterword_record::edit::{NewEntry, NewNode};
use jiff::{SignedDuration, Timestamp};

use super::evidence::Cited;
use super::people::Cast;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// A line of a timeline: when (minutes after midnight UTC of the incident's day), whose, what.
pub(super) struct Line {
    pub(super) minute: i64,
    pub(super) by: &'static str,
    pub(super) kind: EntryKind,
    pub(super) lane: &'static str,
    pub(super) text: &'static str,
    pub(super) evidence: Option<(&'static str, &'static str)>,
    pub(super) precision: Precision,
    /// For a range: how many minutes it lasted.
    pub(super) lasted: i64,
}

/// A line with an exact time and no link.
pub(super) const fn line(
    minute: i64,
    by: &'static str,
    lane: &'static str,
    kind: EntryKind,
    text: &'static str,
) -> Line {
    Line { minute, by, kind, lane, text, evidence: None, precision: Precision::Exact, lasted: 0 }
}

impl Line {
    pub(super) const fn link(mut self, url: &'static str, title: &'static str) -> Self {
        self.evidence = Some((url, title));
        self
    }

    pub(super) const fn about(mut self) -> Self {
        self.precision = Precision::Approximate;
        self
    }

    pub(super) const fn lasting(mut self, minutes: i64) -> Self {
        self.precision = Precision::Range;
        self.lasted = minutes;
        self
    }

    fn entry(
        &self,
        midnight: Timestamp,
        who: Option<String>,
        cited: &Cited,
    ) -> Result<NewEntry, AppError> {
        let at = midnight + SignedDuration::from_mins(self.minute);
        let link = |(url, title): (&str, &str)| Evidence {
            url: url.to_owned(),
            title: Some(title.to_owned()),
            event: cited.get(url).copied(),
        };
        Ok(NewEntry {
            id: new_id(),
            at: Some(at),
            until: (self.lasted > 0).then(|| at + SignedDuration::from_mins(self.lasted)),
            precision: Some(self.precision),
            kind: self.kind,
            lane: self.lane.parse().map_err(|error: String| AppError::internal(error))?,
            who,
            text: self.text.to_owned(),
            evidence: self.evidence.map(link).into_iter().collect(),
            ..NewEntry::default()
        })
    }
}

/// Kinds that tell of a person's own view, and so name the person.
fn is_personal(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Observed | EntryKind::Did | EntryKind::Said | EntryKind::Believed)
}

/// A node of the analysis.
pub(super) fn node(text: &str, parent: Option<&str>, fill: impl FnOnce(&mut NewNode)) -> NewNode {
    let mut node = NewNode {
        id: new_id(),
        text: text.to_owned(),
        parent: parent.map(ToOwned::to_owned),
        ..NewNode::default()
    };
    fill(&mut node);
    node
}

impl App {
    /// Writes the lines, each as its author; answers the ids of their entries.
    pub(super) async fn write_lines(
        &self,
        cast: &Cast,
        id: &str,
        (midnight, lines): (Timestamp, &[Line]),
        cited: &Cited,
    ) -> Result<Vec<String>, AppError> {
        let mut ids = Vec::with_capacity(lines.len());
        for line in lines {
            let caller = cast.get(line.by)?;
            let who = is_personal(line.kind).then(|| caller.person.id.clone());
            let entry = line.entry(midnight, who, cited)?;
            ids.push(entry.id.clone());
            let edit = Edit::AddEntry(entry);
            self.write_record(caller, id, Vec::new(), vec![edit]).await?;
        }
        Ok(ids)
    }
}
