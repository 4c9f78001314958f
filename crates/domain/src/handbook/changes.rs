//! What changed from one version of a handbook to another, as people read it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::{Check, Handbook, Prompt, PromptGroup, Sign, Step};

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ChangedHandbookPart)]
pub enum ChangedPart {
    /// The handbook itself: its name, when it fits, what is done before and after, its signs.
    Handbook,
    /// A step.
    Step,
    /// A group of prompt cards.
    Prompts,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = HandbookChangeKind)]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// It stands elsewhere; its words may have changed as well.
    Moved,
    /// Its words changed.
    Changed,
}

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandbookChange {
    /// What it is about.
    pub part: ChangedPart,
    /// The step's or group's id; absent for the handbook itself.
    pub id: Option<String>,
    /// What it is called, or was where it is gone.
    pub title: String,
    /// What happened to it.
    pub kind: ChangeKind,
    /// Where it stood, from 1, if it stood somewhere else or is gone.
    pub from: Option<usize>,
    /// Where it stands, from 1, if it stood somewhere else or is new.
    pub to: Option<usize>,
    /// The words that changed.
    pub fields: Vec<ChangedField>,
}

/// What changed in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ChangedHandbookField)]
pub struct ChangedField {
    /// Its name in the handbook: `title`, `say`, `signs`.
    pub field: &'static str,
    /// The passages that changed, in their order.
    pub passages: Vec<Passage>,
}

/// A passage that was put in (`before` is absent), taken out (`after` is absent) or rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ChangedHandbookPassage)]
pub struct Passage {
    /// The old words.
    pub before: Option<String>,
    /// The new words.
    pub after: Option<String>,
}

type Fields = Vec<(&'static str, Vec<String>)>;

/// What changed from one version to the other; nothing if they say the same.
pub fn changes(before: &Handbook, after: &Handbook) -> Vec<HandbookChange> {
    let mut changes = Vec::new();
    let fields = changed_fields(&own_fields(before), &own_fields(after));
    if !fields.is_empty() {
        changes.push(HandbookChange {
            part: ChangedPart::Handbook,
            id: None,
            title: after.name.clone(),
            kind: ChangeKind::Changed,
            from: None,
            to: None,
            fields,
        });
    }
    let steps = |it: &Handbook| it.steps.iter().map(Piece::of_step).collect::<Vec<_>>();
    changes.extend(changed_pieces(ChangedPart::Step, &steps(before), &steps(after)));
    let groups = |it: &Handbook| it.prompts.iter().map(Piece::of_group).collect::<Vec<_>>();
    changes.extend(changed_pieces(ChangedPart::Prompts, &groups(before), &groups(after)));
    changes
}

/// A step or a group, as its words.
struct Piece {
    id: String,
    title: String,
    fields: Fields,
}

impl Piece {
    fn of_step(step: &Step) -> Self {
        let fields = vec![
            ("title", vec![step.title.clone()]),
            ("part", vec![step.part.words().to_owned()]),
            ("minutes", vec![step.minutes.to_string()]),
            ("purpose", vec![step.purpose.clone()]),
            ("say", step.say.clone()),
            ("prompts", step.prompts.clone()),
            ("checks", step.checks.iter().map(check).collect()),
            ("signs", step.signs.iter().map(sign).collect()),
        ];
        Self { id: step.id.clone(), title: step.title.clone(), fields }
    }

    fn of_group(group: &PromptGroup) -> Self {
        let lens = group.lens.map(|lens| json_name(&lens));
        let fields = vec![
            ("title", vec![group.title.clone()]),
            ("lens", lens.into_iter().collect()),
            ("prompts", group.prompts.iter().map(prompt).collect()),
        ];
        Self { id: group.id.clone(), title: group.title.clone(), fields }
    }
}

fn own_fields(handbook: &Handbook) -> Fields {
    vec![
        ("name", vec![handbook.name.clone()]),
        ("when", vec![handbook.when.clone()]),
        ("before", handbook.before.clone()),
        ("signs", handbook.signs.iter().map(sign).collect()),
        ("after", handbook.after.clone()),
    ]
}

fn sign(sign: &Sign) -> String {
    format!("{} → {}", sign.sign, sign.moves)
}

fn check(check: &Check) -> String {
    match check.watch {
        Some(watch) => format!("{} (Afterword sees {})", check.text, watch.words()),
        None => check.text.clone(),
    }
}

fn prompt(prompt: &Prompt) -> String {
    if prompt.kinds.is_empty() {
        return prompt.text.clone();
    }
    let kinds: Vec<_> = prompt.kinds.iter().map(json_name).collect();
    format!("{} (for {})", prompt.text, kinds.join(", "))
}

/// The name that a plain value has on the wire.
fn json_name(value: &impl Serialize) -> String {
    serde_json::json!(value).as_str().unwrap_or_default().to_owned()
}

fn changed_pieces(part: ChangedPart, before: &[Piece], after: &[Piece]) -> Vec<HandbookChange> {
    let places = |pieces: &[Piece]| -> BTreeMap<String, usize> {
        pieces.iter().enumerate().map(|(place, it)| (it.id.clone(), place)).collect()
    };
    let (old_places, new_places) = (places(before), places(after));
    let stayed = stayed(before, &new_places);
    let change = |piece: &Piece, kind, from: Option<usize>, to: Option<usize>, fields| {
        let from_one = |place: usize| place + 1;
        HandbookChange {
            part,
            id: Some(piece.id.clone()),
            title: piece.title.clone(),
            kind,
            from: from.map(from_one),
            to: to.map(from_one),
            fields,
        }
    };
    let mut changes = Vec::new();
    for (place, piece) in after.iter().enumerate() {
        let Some(&old) = old_places.get(&piece.id) else {
            let fields = changed_fields(&Vec::new(), &piece.fields);
            changes.push(change(piece, ChangeKind::Added, None, Some(place), fields));
            continue;
        };
        let fields = changed_fields(&before[old].fields, &piece.fields);
        if !stayed.contains(&piece.id[..]) {
            changes.push(change(piece, ChangeKind::Moved, Some(old), Some(place), fields));
        } else if !fields.is_empty() {
            changes.push(change(piece, ChangeKind::Changed, None, None, fields));
        }
    }
    for (place, piece) in before.iter().enumerate() {
        if !new_places.contains_key(&piece.id) {
            let fields = changed_fields(&piece.fields, &Vec::new());
            changes.push(change(piece, ChangeKind::Removed, Some(place), None, fields));
        }
    }
    changes
}

/// Which pieces kept their order: as many as possible, so that as few as possible are said to
/// have moved.
fn stayed<'a>(before: &'a [Piece], new_places: &BTreeMap<String, usize>) -> BTreeSet<&'a str> {
    let kept: Vec<(&str, usize)> = before
        .iter()
        .filter_map(|it| new_places.get(&it.id).map(|place| (&it.id[..], *place)))
        .collect();
    // The longest rising run of new places. There are at most a few dozen steps.
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (at, (_, place)) in kept.iter().enumerate() {
        let rises = |run: &&Vec<usize>| run.last().is_some_and(|last| kept[*last].1 < *place);
        let mut run = runs.iter().filter(rises).max_by_key(|run| run.len()).cloned();
        run.get_or_insert_default().push(at);
        runs.extend(run);
    }
    let longest = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
    longest.into_iter().map(|at| kept[at].0).collect()
}

fn changed_fields(before: &Fields, after: &Fields) -> Vec<ChangedField> {
    let names: Vec<&'static str> =
        if after.is_empty() { before } else { after }.iter().map(|(name, _)| *name).collect();
    let lines = |fields: &Fields, name| -> Vec<String> {
        let found = fields.iter().find(|(field, _)| *field == name);
        found.map(|(_, lines)| lines.clone()).unwrap_or_default()
    };
    let changed = |field| {
        let passages = passages(&lines(before, field), &lines(after, field));
        (!passages.is_empty()).then_some(ChangedField { field, passages })
    };
    names.into_iter().filter_map(changed).collect()
}

/// What was put in, taken out or rewritten: between two lines that stayed, the first that went is
/// taken to have become the first that came, and so on.
fn passages(before: &[String], after: &[String]) -> Vec<Passage> {
    let mut passages = Vec::new();
    let (mut old, mut new) = (0, 0);
    let mut common = common(before, after);
    common.push((before.len(), after.len()));
    for (same_old, same_new) in common {
        let (gone, come) = (&before[old..same_old], &after[new..same_new]);
        for at in 0..gone.len().max(come.len()) {
            passages.push(Passage { before: gone.get(at).cloned(), after: come.get(at).cloned() });
        }
        (old, new) = (same_old + 1, same_new + 1);
    }
    passages
}

/// The places of the lines that stayed, by the longest common subsequence.
fn common(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            longest[i][j] = if old == new {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < before.len() && j < after.len() {
        if before[i] == after[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
