//! The survey at the end: who answered, and apart from that what was answered.

use std::collections::BTreeSet;

use afterword_domain::survey::Answers;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A post-mortem's survey. Nothing in it says whose an answer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Ids of those who answered, in alphabetical order.
    pub people: BTreeSet<String>,
    /// What was answered, in an order that says nothing.
    pub answers: Vec<Answers>,
}

fn survey(row: &AnyRow) -> Result<Survey, StorageError> {
    let columns = Columns { table: "surveys", row };
    Ok(Survey {
        people: columns.parsed("people", |text| serde_json::from_str(text).ok())?,
        answers: columns.parsed("answers", |text| serde_json::from_str(text).ok())?,
    })
}

impl Storage {
    /// Adds a person's answers; answers `false` if that person answered before.
    pub async fn answer_survey(
        &self,
        postmortem: &str,
        person: &str,
        answers: &Answers,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        // Whoever comes first makes the row; on both engines others wait for this transaction.
        let row = sqlx::query(
            "INSERT INTO surveys (postmortem_id, people, answers) VALUES ($1, '[]', '[]') \
             ON CONFLICT (postmortem_id) DO UPDATE SET people = surveys.people RETURNING *",
        )
        .bind(postmortem)
        .fetch_one(&mut *transaction)
        .await?;
        let mut survey = survey(&row)?;
        if !survey.people.insert(person.to_owned()) {
            return Ok(false);
        }
        survey.answers.push(answers.clone());
        survey.answers.sort_by_cached_key(|it| serde_json::json!(it).to_string());
        sqlx::query("UPDATE surveys SET people = $1, answers = $2 WHERE postmortem_id = $3")
            .bind(serde_json::json!(survey.people).to_string())
            .bind(serde_json::json!(survey.answers).to_string())
            .bind(postmortem)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A post-mortem's survey.
    pub async fn survey(&self, postmortem: &str) -> Result<Survey, StorageError> {
        let row = sqlx::query("SELECT * FROM surveys WHERE postmortem_id = $1")
            .bind(postmortem)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map_or_else(|| Ok(Survey::default()), survey)
    }
}
