//! Which published post-mortems share words.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, Row as _};

use super::candidates::Way;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::publications::LibraryHit;

impl Storage {
    /// Published post-mortems that have some of the words, those first of which the words weigh the
    /// most together; without one.
    pub async fn alike(
        &self,
        words: &[(String, f64)],
        but: &str,
        most: usize,
    ) -> Result<Vec<LibraryHit>, StorageError> {
        let mut shared: HashMap<i64, f64> = HashMap::new();
        for (word, id) in self.rows_with(words).await? {
            let weight = usize::try_from(word).ok().and_then(|it| words.get(it));
            *shared.entry(id).or_default() += weight.map_or(0.0, |(_, weight)| *weight);
        }
        let mut shared: Vec<_> = shared.into_iter().collect();
        shared.sort_by(|(id, weight), (other, its)| its.total_cmp(weight).then(other.cmp(id)));
        let ids: Vec<i64> = shared.into_iter().take(most + 1).map(|(id, _)| id).collect();
        let mut hits = self.hits(&ids).await?;
        hits.retain(|it| it.postmortem_id != but);
        hits.truncate(most);
        Ok(hits)
    }

    /// Which rows have which of the words, by its place.
    async fn rows_with(&self, words: &[(String, f64)]) -> Result<Vec<(i64, i64)>, StorageError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let (rows, way) = match self.engine {
            Engine::Sqlite => {
                ("rowid AS id FROM library_index WHERE library_index MATCH ", Way::Index)
            }
            Engine::Postgres => ("id FROM library_rows WHERE found_by @@ ", Way::LookUp),
        };
        let sought = |place: usize| match self.engine {
            Engine::Sqlite => format!("${place}"),
            Engine::Postgres => format!("CAST(${place} AS TEXT)::TSQUERY"),
        };
        let each = (0..words.len())
            .map(|it| format!("SELECT CAST({it} AS BIGINT) AS word, {rows}{}", sought(it + 1)));
        let sql = each.collect::<Vec<_>>().join(" UNION ALL ");
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = words.iter().fold(query, |it, (word, _)| it.bind(self.quoted(word)));
        let mut transaction = self.reading(way).await?;
        let rows = query.fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}
