//! The words of the library, and in how many published post-mortems each is.

use afterword_domain::library::{NearWord, written_otherwise};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::database::Storage;
use crate::error::StorageError;
use crate::parameters::{list, one_of};

/// The word that every published post-mortem has, and that nobody can look for: how many have it
/// is how many there are.
pub(super) const IN_ALL: &str = "";

impl Storage {
    /// In how many published post-mortems each of the words is; those that are in none are not
    /// there.
    pub async fn word_counts(&self, words: &[String]) -> Result<Vec<NearWord>, StorageError> {
        self.counted(&one_of(self.engine, "word", 1), words).await
    }

    /// Words that are written almost like this one.
    pub async fn words_near(&self, word: &str) -> Result<Vec<NearWord>, StorageError> {
        let spelt = one_of(self.engine, "spelling", 1);
        let near = format!("word IN (SELECT word FROM library_spellings WHERE {spelt})");
        self.counted(&near, &written_otherwise(word)).await
    }

    /// The words for which a condition on a list holds.
    async fn counted(
        &self,
        condition: &str,
        values: &[String],
    ) -> Result<Vec<NearWord>, StorageError> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let sql =
            format!("SELECT word, postmortems FROM library_words WHERE {condition} ORDER BY word");
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(list(values)).fetch_all(&self.readers).await?;
        rows.iter().map(word).collect()
    }

    /// The words that begin so, at most so many: those that most post-mortems have.
    pub async fn words_beginning(
        &self,
        beginning: &str,
        most: i64,
    ) -> Result<Vec<NearWord>, StorageError> {
        let rows = sqlx::query(
            "SELECT word, postmortems FROM library_words WHERE word >= $1 AND word < $2 \
             ORDER BY postmortems DESC, word LIMIT $3",
        )
        .bind(beginning)
        .bind(format!("{beginning}\u{10ffff}"))
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(word).collect()
    }

    /// How many post-mortems are published and found.
    pub async fn published_count(&self) -> Result<i64, StorageError> {
        let count = self.word_counts(&[IN_ALL.to_owned()]).await?;
        Ok(count.first().map_or(0, |it| it.postmortems))
    }
}

fn word(row: &AnyRow) -> Result<NearWord, StorageError> {
    Ok(NearWord { word: row.try_get(0)?, postmortems: row.try_get(1)? })
}
