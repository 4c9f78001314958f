//! Writing in silence: kept as it is written, seen by nobody until the silence ends.

use afterword_domain::analysis::NodeKind;
use afterword_domain::meeting::Meeting;
use afterword_domain::policy::Operation;
use afterword_record::edit::NewNode;
use afterword_record::{Edit, EditError, Record};
use afterword_storage::Note;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// What somebody writes in silence.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NoteToKeep)]
pub struct NoteToKeep {
    /// Plain text; nothing at all takes the note away.
    pub text: String,
    /// Whether it is to have no author. Then who writes it is stored nowhere, and only whoever
    /// knows the note's id can change it.
    #[serde(default)]
    pub anonymous: bool,
}

/// One of the reader's own notes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = NoteView)]
pub struct NoteView {
    /// Its id.
    pub id: String,
    /// Plain text.
    pub text: String,
}

const LONGEST: usize = 10_000;

impl App {
    /// Keeps what somebody writes in silence. `note`: a UUID that the writer made.
    pub async fn keep_note(
        &self,
        caller: &Caller,
        id: &str,
        note: &str,
        kept: NoteToKeep,
    ) -> Result<(), AppError> {
        self.entered(caller, id).await?;
        let note = Uuid::try_parse(note)
            .map_err(|_| AppError::invalid("id", "a note's id is a UUID that nobody else knows"))?;
        if kept.text.chars().count() > LONGEST {
            return Err(AppError::invalid("text", format!("keep it below {LONGEST} characters")));
        }
        let meeting = self.current_meeting(id).await?;
        if meeting.opened_at.is_none() {
            return Err(AppError::Conflict("the room was not opened yet".to_owned()));
        }
        if kept.text.trim().is_empty() {
            return Ok(self.storage.drop_note(id, &note.to_string()).await?);
        }
        let new = Note {
            id: note.to_string(),
            postmortem_id: id.to_owned(),
            person_id: (!kept.anonymous).then(|| caller.person.id.clone()),
            node_id: meeting.silence.and_then(|silence| silence.node),
            text: kept.text,
        };
        if !self.storage.keep_note(&new).await? {
            return Err(AppError::Conflict("this is another's note: make a new id".to_owned()));
        }
        // If the silence is over, by now or since it was typed, nobody comes for this note again.
        let meeting = self.current_meeting(id).await?;
        self.show_notes(id, &meeting).await
    }

    /// The caller's own notes that have an author.
    pub async fn my_notes(&self, caller: &Caller, id: &str) -> Result<Vec<NoteView>, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let notes = self.storage.notes(id).await?.into_iter();
        let mine = notes.filter(|note| note.person_id.as_ref() == Some(&caller.person.id));
        Ok(mine.map(|Note { id, text, .. }| NoteView { id, text }).collect())
    }

    /// Once the silence is over, puts every note into the analysis, in its author's name or in
    /// nobody's. A note is taken away only when it is in the record.
    pub(crate) async fn show_notes(&self, id: &str, meeting: &Meeting) -> Result<(), AppError> {
        if meeting.silence.is_some() {
            return Ok(());
        }
        for note in self.storage.notes(id).await? {
            let (author, note_id) = (note.person_id.clone(), note.id.clone());
            let write = move |record: &mut Record| match add(record, &note) {
                Ok(update) => (update, Ok(())),
                Err(error) => (None, Err(AppError::internal(error))),
            };
            self.rooms.edit(id, author, write).await?.answer?;
            self.storage.drop_note(id, &note_id).await?;
        }
        Ok(())
    }
}

/// Adds a note's words. What was added before a crash is not added again, since its node has its
/// id; words that were written after that stand in a node of their own.
fn add(record: &mut Record, note: &Note) -> Result<Option<Vec<u8>>, EditError> {
    let text = note.text.trim();
    let id = match record.project().analysis.iter().find(|it| it.id == note.id) {
        Some(stands) if stands.text == text => return Ok(None),
        Some(_) => new_id(),
        None => note.id.clone(),
    };
    let added = |id: &str, parent: Option<&String>| {
        Edit::AddNode(NewNode {
            id: id.to_owned(),
            kind: NodeKind::Answer,
            parent: parent.cloned(),
            text: text.to_owned(),
            ..NewNode::default()
        })
    };
    match record.edit(&added(&id, note.node_id.as_ref())) {
        // What it was about is deleted: the words stand at the top instead.
        Err(EditError::Unknown { .. }) => record.edit(&added(&id, None)),
        // It was added and is deleted by now.
        Err(EditError::Taken { .. }) => record.edit(&added(&new_id(), None)),
        done => done,
    }
}
