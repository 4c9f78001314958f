//! Entries of the timeline.

use afterword_domain::timeline::{Evidence, Moment, Precision};
use jiff::Timestamp;
use yrs::ReadTxn;

use super::known::Known;
use super::moment::{moment, patched};
use super::write::{Writer, object};
use super::{EditError, EntryPatch, Field, NewEntry, limits};
use crate::part::Part;
use crate::values;

pub(super) fn check_new(
    entry: &NewEntry,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    moment(entry.at, entry.until, entry.precision, None)?;
    limits::line("typed", entry.typed.as_ref())?;
    limits::words("question", entry.question.as_ref())?;
    limits::line("who", entry.who.as_ref())?;
    limits::line("asked", entry.asked.as_ref())?;
    limits::markdown("text", Some(&entry.text))?;
    limits::evidence(&entry.evidence)?;
    limits::order(entry.order)?;
    known.refer_all(Part::Timeline, "beside", entry.beside.iter())
}

pub(super) fn add(writer: &mut Writer<'_, '_>, entry: &NewEntry) {
    let time = moment(entry.at, entry.until, entry.precision, None);
    put_moment(writer, time.unwrap_or(Moment::Unknown));
    writer.named("typed", entry.typed.as_ref());
    writer.named("question", entry.question.as_ref());
    writer.named("kind", Some(&entry.kind));
    writer.named("lane", Some(&entry.lane));
    writer.named("who", entry.who.as_ref());
    writer.markdown("text", &entry.text);
    put_evidence(writer, &entry.evidence);
    writer.named("beside", entry.beside.as_ref());
    writer.flag("withheld", entry.withheld);
    writer.flag("proposed", entry.proposed);
    writer.named("asked", entry.asked.as_ref());
}

pub(super) fn check_patch(
    id: &str,
    patch: &EntryPatch,
    known: &Known<'_, impl ReadTxn>,
) -> Result<(), EditError> {
    patched(stated_moment(known.txn, id), &patch.at, &patch.until, patch.precision)?;
    limits::line("typed", patch.typed.set())?;
    limits::words("question", patch.question.set())?;
    limits::line("who", patch.who.set())?;
    limits::markdown("text", patch.text.as_ref())?;
    limits::evidence(patch.evidence.as_deref().unwrap_or_default())?;
    limits::order(patch.order)?;
    if patch.beside.set().is_some_and(|beside| beside == id) {
        return Err(limits::invalid("beside", "an entry cannot stand beside itself"));
    }
    known.refer_all(Part::Timeline, "beside", patch.beside.set())
}

pub(super) fn patch(writer: &mut Writer<'_, '_>, id: &str, patch: &EntryPatch) {
    if patch.at != Field::Keep || patch.until != Field::Keep || patch.precision.is_some() {
        let before = stated_moment(writer.txn, id);
        if let Ok(moment) = patched(before, &patch.at, &patch.until, patch.precision) {
            put_moment(writer, moment);
        }
    }
    writer.field("typed", &patch.typed);
    writer.field("question", &patch.question);
    if patch.kind.is_some() {
        writer.named("kind", patch.kind.as_ref());
    }
    if patch.lane.is_some() {
        writer.named("lane", patch.lane.as_ref());
    }
    writer.field("who", &patch.who);
    if let Some(text) = &patch.text {
        writer.markdown("text", text);
    }
    if let Some(evidence) = &patch.evidence {
        put_evidence(writer, evidence);
    }
    writer.field("beside", &patch.beside);
    if let Some(proposed) = patch.proposed {
        writer.flag("proposed", proposed);
    }
}

fn stated_moment<T: ReadTxn>(txn: &T, id: &str) -> Moment {
    let Some(map) = values::item(txn, Part::Timeline, id) else {
        return Moment::Unknown;
    };
    let instant =
        |key| values::string(txn, &map, key).and_then(|text| text.parse::<Timestamp>().ok());
    let precision = match values::string(txn, &map, "precision").as_deref() {
        Some("approximate") => Precision::Approximate,
        Some("range") => Precision::Range,
        Some("unknown") => Precision::Unknown,
        _ => Precision::Exact,
    };
    Moment::from_parts(instant("at"), instant("until"), precision)
}

fn put_moment(writer: &mut Writer<'_, '_>, moment: Moment) {
    writer.named("at", moment.at().as_ref());
    writer.named("until", moment.until().as_ref());
    writer.named("precision", Some(&moment.precision()));
}

fn put_evidence(writer: &mut Writer<'_, '_>, evidence: &[Evidence]) {
    let link = |link: &Evidence| {
        let event = link.event.map(String::from);
        let (url, title) = (Some(link.url.as_str()), link.title.as_deref());
        object([("url", url), ("title", title), ("event", event.as_deref())])
    };
    writer.list("evidence", evidence.iter().map(link).collect());
}
