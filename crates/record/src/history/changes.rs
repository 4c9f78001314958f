//! What changed between two states of a record.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::part::{Part, ProseName};
use crate::projection::Projection;

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Where it is.
    pub part: Part,
    /// The item, or the name of the prose.
    pub id: String,
    /// What happened to it.
    pub change: ChangeKind,
    /// The value that changed; absent if it is the whole item.
    pub field: Option<String>,
    /// The value, or the whole item, before.
    pub before: Option<Value>,
    /// The value, or the whole item, after.
    pub after: Option<Value>,
}

/// What happened to an item or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It says something else.
    Changed,
    /// It was deleted.
    Deleted,
    /// It came back.
    Restored,
}

/// What changed from one state to the other.
pub fn changes(before: &Projection, after: &Projection) -> Vec<Change> {
    let mut changes = Vec::new();
    let parts = [Part::Timeline, Part::Analysis, Part::Themes, Part::Actions];
    for part in parts {
        let (old, new) = (items(before, part), items(after, part));
        let was_deleted: BTreeSet<&str> = before
            .deleted
            .iter()
            .filter(|deleted| deleted.part == part)
            .map(|deleted| deleted.id.as_str())
            .collect();
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for id in ids {
            let came = if was_deleted.contains(id.as_str()) {
                ChangeKind::Restored
            } else {
                ChangeKind::Added
            };
            compare(part, id, old.get(id), new.get(id), came, &mut changes);
        }
    }
    changes.extend(ProseName::ALL.into_iter().filter_map(|name| prose(before, after, name)));
    changes
}

fn items(projection: &Projection, part: Part) -> BTreeMap<String, Value> {
    match part {
        Part::Timeline => by_id(&projection.timeline, |entry| &entry.id),
        Part::Analysis => by_id(&projection.analysis, |node| &node.id),
        Part::Themes => by_id(&projection.themes, |theme| &theme.id),
        Part::Actions => by_id(&projection.actions, |action| &action.id),
        Part::Prose | Part::Meeting => BTreeMap::new(),
    }
}

fn by_id<T: Serialize>(items: &[T], id: fn(&T) -> &String) -> BTreeMap<String, Value> {
    items
        .iter()
        .map(|item| (id(item).clone(), serde_json::to_value(item).unwrap_or_default()))
        .collect()
}

fn compare(
    part: Part,
    id: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    came: ChangeKind,
    changes: &mut Vec<Change>,
) {
    let change = |change, field, before: Option<&Value>, after: Option<&Value>| Change {
        part,
        id: id.to_owned(),
        change,
        field,
        before: before.cloned(),
        after: after.cloned(),
    };
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            for (field, value) in new.iter().filter(|(field, value)| old.get(*field) != Some(value))
            {
                let field_name = Some(field.clone());
                changes.push(change(ChangeKind::Changed, field_name, old.get(field), Some(value)));
            }
        }
        (None, Some(new)) => changes.push(change(came, None, None, Some(new))),
        (Some(old), None) => changes.push(change(ChangeKind::Deleted, None, Some(old), None)),
        _ => {}
    }
}

fn prose(before: &Projection, after: &Projection, name: ProseName) -> Option<Change> {
    let (old, new) = (before.prose.get(name), after.prose.get(name));
    (old != new).then(|| Change {
        part: Part::Prose,
        id: name.as_str().to_owned(),
        change: ChangeKind::Changed,
        field: Some("text".to_owned()),
        before: Some(old.into()),
        after: Some(new.into()),
    })
}
