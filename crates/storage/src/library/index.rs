//! Writing what published post-mortems are found by.

use std::collections::BTreeSet;

use afterword_domain::library::{Recurring, facet, written_otherwise};
use jiff::Timestamp;
use sqlx::{Any, AssertSqlSafe, Row as _, Transaction};

use super::values;
use super::words::IN_ALL;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::parameters::parameters;

/// Rows in one statement: so few that neither engine's limit of parameters is near.
const AT_ONCE: usize = 500;

/// What a published post-mortem is found by. All words are folded.
#[derive(Clone, Debug, Default)]
pub struct LibraryEntry {
    /// Which post-mortem.
    pub postmortem_id: String,
    /// Which of its publications: when that was made.
    pub published_at: Timestamp,
    /// When the incident began.
    pub started_at: Timestamp,
    /// The words of its title.
    pub title: Vec<String>,
    /// The words of what is read first: summary, lessons, themes, services.
    pub lead: Vec<String>,
    /// The words of the rest of the document.
    pub body: Vec<String>,
    /// The words of its transcript, as readers get it.
    pub transcript: Vec<String>,
    /// What it may be filtered by: a name and a value.
    pub facets: Vec<(&'static str, String)>,
    /// What may come back in others.
    pub recurring: Vec<Recurring>,
}

impl LibraryEntry {
    /// The words of the document, without what was said.
    pub fn written(&self) -> impl Iterator<Item = &String> {
        [&self.title, &self.lead, &self.body].into_iter().flatten()
    }

    /// Each once, and one for each facet.
    fn words(&self) -> BTreeSet<String> {
        let facets = self.facets.iter().map(|(name, value)| facet(name, value));
        self.written().chain(&self.transcript).cloned().chain(facets).collect()
    }
}

impl Storage {
    /// Makes a publication be found, in place of what was there of the post-mortem. Nothing happens
    /// if it is no longer that publication which stands.
    pub async fn index_publication(&self, entry: &LibraryEntry) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        one_at_a_time(&mut transaction).await?;
        let lock = if self.engine == Engine::Postgres { " FOR UPDATE" } else { "" };
        let sql = format!(
            "SELECT postmortem_id FROM publications WHERE postmortem_id = $1 AND published_at = $2{lock}"
        );
        let stands = sqlx::query(AssertSqlSafe(sql))
            .bind(&entry.postmortem_id)
            .bind(entry.published_at.as_microsecond())
            .fetch_optional(&mut *transaction)
            .await?;
        if stands.is_none() {
            return Ok(());
        }
        take_away(&mut transaction, &entry.postmortem_id).await?;
        let words = entry.words();
        let id = self.insert(&mut transaction, entry, &words).await?;
        count(&mut transaction, &words).await?;
        facets(&mut transaction, id, &entry.facets).await?;
        recurring(&mut transaction, id, &entry.recurring).await?;
        Ok(transaction.commit().await?)
    }

    async fn insert(
        &self,
        transaction: &mut Transaction<'static, Any>,
        entry: &LibraryEntry,
        words: &BTreeSet<String>,
    ) -> Result<i64, StorageError> {
        let words = words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let sql = match self.engine {
            Engine::Sqlite => {
                "INSERT INTO library_rows (postmortem_id, published_at, started_at, words, title, \
                 lead) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
            }
            // The words as they are, and not as its parser would cut them.
            Engine::Postgres => {
                "INSERT INTO library_rows (postmortem_id, published_at, started_at, words, title, \
                 lead, found_by) VALUES ($1, $2, $3, $4, $5, $6, \
                 array_to_tsvector(string_to_array($4, ' '))) RETURNING id"
            }
        };
        let id: i64 = sqlx::query(sql)
            .bind(&entry.postmortem_id)
            .bind(entry.published_at.as_microsecond())
            .bind(entry.started_at.as_microsecond())
            .bind(&words)
            .bind(entry.title.join(" "))
            .bind(entry.lead.join(" "))
            .fetch_one(&mut **transaction)
            .await?
            .try_get(0)?;
        if self.engine == Engine::Sqlite {
            sqlx::query("INSERT INTO library_index (rowid, words) VALUES ($1, $2)")
                .bind(id)
                .bind(words)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(id)
    }

    /// Which post-mortems' publications are not found yet, or only by what they were before: at most
    /// so many, in the order of their ids, those after one.
    pub async fn publications_to_index(
        &self,
        after: &str,
        most: i64,
    ) -> Result<Vec<String>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.postmortem_id FROM publications p WHERE p.postmortem_id > $1 AND NOT EXISTS \
             (SELECT 1 FROM library_rows l WHERE l.postmortem_id = p.postmortem_id AND \
             l.published_at = p.published_at) ORDER BY p.postmortem_id LIMIT $2",
        )
        .bind(after)
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }
}

/// Takes what a post-mortem is found by away, and its words from the count. It comes before a
/// publication is changed in the same transaction: see [`one_at_a_time`].
pub(crate) async fn remove(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
) -> Result<(), StorageError> {
    one_at_a_time(transaction).await?;
    take_away(transaction, postmortem_id).await
}

async fn take_away(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
) -> Result<(), StorageError> {
    let row = sqlx::query("DELETE FROM library_rows WHERE postmortem_id = $1 RETURNING words")
        .bind(postmortem_id)
        .fetch_optional(&mut **transaction)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let words: String = row.try_get(0)?;
    let words: Vec<&str> = [IN_ALL].into_iter().chain(words.split(' ')).collect();
    for words in words.chunks(AT_ONCE) {
        let sql = format!(
            "UPDATE library_words SET postmortems = postmortems - 1 WHERE word IN ({})",
            parameters(1, words.len())
        );
        let query = words.iter().fold(sqlx::query(AssertSqlSafe(sql)), |it, word| it.bind(*word));
        query.execute(&mut **transaction).await?;
    }
    sqlx::query(
        "DELETE FROM library_spellings WHERE word IN \
         (SELECT word FROM library_words WHERE postmortems <= 0)",
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query("DELETE FROM library_words WHERE postmortems <= 0")
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Waits until nobody else changes what is found, and keeps others waiting: two who count many
/// words at once would lock each other. It is the first lock that a transaction takes.
async fn one_at_a_time(transaction: &mut Transaction<'static, Any>) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO library_words (word, postmortems) VALUES ($1, 0) ON CONFLICT (word) \
         DO UPDATE SET postmortems = library_words.postmortems",
    )
    .bind(IN_ALL)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Counts the words, and keeps the spellings of those that are new.
async fn count(
    transaction: &mut Transaction<'static, Any>,
    words: &BTreeSet<String>,
) -> Result<(), StorageError> {
    let mut new = Vec::new();
    let words: Vec<&str> = [IN_ALL].into_iter().chain(words.iter().map(String::as_str)).collect();
    for words in words.chunks(AT_ONCE) {
        let places = (1..=words.len()).map(|it| format!("(${it}, 1)"));
        let sql = format!(
            "INSERT INTO library_words (word, postmortems) VALUES {} ON CONFLICT (word) DO UPDATE \
             SET postmortems = library_words.postmortems + 1 RETURNING word, postmortems",
            places.collect::<Vec<_>>().join(", ")
        );
        let query = words.iter().fold(sqlx::query(AssertSqlSafe(sql)), |it, word| it.bind(*word));
        for row in query.fetch_all(&mut **transaction).await? {
            if row.try_get::<i64, _>(1)? == 1 {
                new.push(row.try_get::<String, _>(0)?);
            }
        }
    }
    let spellings: Vec<(String, String)> = new
        .into_iter()
        .flat_map(|word| written_otherwise(&word).into_iter().map(move |it| (it, word.clone())))
        .collect();
    for spellings in spellings.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO library_spellings (spelling, word) VALUES {} ON CONFLICT DO NOTHING",
            values(spellings.len(), 2)
        );
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = spellings.iter().fold(query, |it, (form, word)| it.bind(form).bind(word));
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

async fn facets(
    transaction: &mut Transaction<'static, Any>,
    id: i64,
    facets: &[(&'static str, String)],
) -> Result<(), StorageError> {
    for (name, value) in facets {
        sqlx::query(
            "INSERT INTO library_facets (library_id, name, value) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(*name)
        .bind(value)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn recurring(
    transaction: &mut Transaction<'static, Any>,
    id: i64,
    recurring: &[Recurring],
) -> Result<(), StorageError> {
    for it in recurring {
        sqlx::query(
            "INSERT INTO library_recurring (library_id, kind, key, label, item, passage) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(it.kind.as_str())
        .bind(&it.key)
        .bind(&it.label)
        .bind(&it.item)
        .bind(&it.passage)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}
