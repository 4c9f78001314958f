//! Saying something without a name, before the meeting, in it or after.

use afterword_domain::people::Discipline;
use afterword_record::Edit;
use afterword_record::edit::NewEntry;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::refused;
use crate::secrets::new_id;

/// What somebody says without a name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AnonymousInput)]
pub struct Input {
    /// What happened, as Markdown.
    pub text: String,
    /// When it happened, if that is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// Whose view it is; without it the entry says nothing about the writer's discipline.
    #[serde(default)]
    pub lane: Discipline,
}

impl App {
    /// Adds an entry to the record that has no author: who wrote it is stored nowhere.
    pub async fn say_without_a_name(
        &self,
        caller: &Caller,
        id: &str,
        input: Input,
    ) -> Result<(), AppError> {
        // Whoever says something without a name does not become a participant by it: those who
        // took part are listed.
        self.permitted(caller, id, afterword_domain::policy::Operation::WriteRecord).await?;
        if input.text.trim().is_empty() {
            return Err(AppError::invalid("text", "write what you want to say"));
        }
        let entry = NewEntry {
            id: new_id(),
            at: input.at,
            lane: input.lane,
            text: input.text,
            ..NewEntry::default()
        };
        let write = move |record: &mut afterword_record::Record| match record
            .edit(&Edit::AddEntry(entry))
        {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(refused(error))),
        };
        self.rooms.edit(id, None, write).await?.answer
    }
}
