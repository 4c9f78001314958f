//! Writing in a record on somebody's behalf: an edit like any other, seen by everyone at once.

use afterword_domain::postmortem::Postmortem;
use afterword_domain::stage::analysis_open;
use afterword_record::{Edit, EditError, Part, Projection, Record};
use serde_json::{Value, json};

use super::themes::{check_few, touches_themes};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::precondition::{Precondition, tag_of};

/// What the writer believes to stand somewhere in the record.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Where.
    pub part: Part,
    /// The item's id, or the name of the prose.
    pub id: String,
    /// What was read there.
    pub read: Precondition,
}

/// What an edit led to.
#[derive(Clone, Debug)]
pub struct Written {
    /// The number of the record's last update.
    pub version: i64,
    /// The whole record after the edit.
    pub record: Projection,
}

impl Guard {
    /// A writer may have read the one item or the whole record.
    fn check(&self, record: &Projection) -> Result<(), AppError> {
        let item = item(record, self.part, &self.id)
            .ok_or_else(|| AppError::NotFound(self.part.item()))?;
        let (own, whole) = (tag_of(&item), tag_of(record));
        self.read.check(&[&own, &whole], || {
            let mut current = item.clone();
            if let Some(fields) = current.as_object_mut() {
                fields.insert("etag".to_owned(), own.clone().into());
            }
            current
        })
    }
}

/// One thing in the record as JSON; its tag is taken of this.
pub(crate) fn item(record: &Projection, part: Part, id: &str) -> Option<Value> {
    match part {
        Part::Timeline => record.timeline.iter().find(|it| it.id == id).map(|it| json!(it)),
        Part::Analysis => record.analysis.iter().find(|it| it.id == id).map(|it| json!(it)),
        Part::Themes => record.themes.iter().find(|it| it.id == id).map(|it| json!(it)),
        Part::Actions => record.actions.iter().find(|it| it.id == id).map(|it| json!(it)),
        Part::Prose => id.parse().ok().map(|name| record.prose.get(name).into()),
        Part::Meeting => None,
    }
}

pub(crate) fn refused(error: EditError) -> AppError {
    match error {
        EditError::Unknown { part, .. } => AppError::NotFound(part.item()),
        EditError::Invalid { field, problem } => AppError::invalid(field, problem),
        taken @ EditError::Taken { .. } => AppError::Conflict(taken.to_string()),
        other => AppError::internal(other),
    }
}

fn needs_analysis(edit: &Edit) -> bool {
    match edit {
        Edit::AddEntry(_) | Edit::PatchEntry(..) | Edit::SetProse(..) => false,
        Edit::Delete(part, _) | Edit::Restore(part, _) => {
            !matches!(part, Part::Timeline | Part::Prose)
        }
        _ => true,
    }
}

impl App {
    /// Makes edits in one step, if everything still stands as the writer read it.
    pub async fn write_record(
        &self,
        caller: &Caller,
        id: &str,
        guards: Vec<Guard>,
        edits: Vec<Edit>,
    ) -> Result<Written, AppError> {
        let postmortem = self.open_for(caller, id, edits.iter().any(needs_analysis)).await?;
        let few = self.few_themes(&postmortem, &edits).await?;
        let write = move |record: &mut Record| match guarded_edit(record, &guards, &edits, few) {
            Ok(update) => (update, Ok(record.project())),
            Err(error) => (None, Err(error)),
        };
        let outcome = self.rooms.edit(id, Some(caller.person.id.clone()), write).await?;
        Ok(Written { version: outcome.seq, record: outcome.answer? })
    }

    /// The post-mortem, if the caller may write and the analysis is open where it is wanted.
    pub(crate) async fn open_for(
        &self,
        caller: &Caller,
        id: &str,
        analysis: bool,
    ) -> Result<Postmortem, AppError> {
        let postmortem = self.entered(caller, id).await?;
        if analysis {
            analysis_open(&postmortem.incident)
                .map_err(|closed| AppError::Conflict(closed.to_string()))?;
        }
        Ok(postmortem)
    }

    /// How many themes the post-mortem's policy names; `None` if none is chosen.
    async fn few_themes(
        &self,
        postmortem: &Postmortem,
        edits: &[Edit],
    ) -> Result<Option<usize>, AppError> {
        if !edits.iter().any(touches_themes) {
            return Ok(None);
        }
        let few = self.policy_of(postmortem).await?.terms.themes;
        Ok(Some(usize::try_from(few).unwrap_or(usize::MAX)))
    }
}

fn guarded_edit(
    record: &mut Record,
    guards: &[Guard],
    edits: &[Edit],
    few: Option<usize>,
) -> Result<Option<Vec<u8>>, AppError> {
    if !guards.is_empty() || few.is_some() {
        let before = record.project();
        guards.iter().try_for_each(|guard| guard.check(&before))?;
        few.map_or(Ok(()), |few| check_few(&before, edits, few))?;
    }
    record.edit_many(edits).map_err(refused)
}
