//! Finding published post-mortems.

use std::collections::HashMap;

use afterword_domain::library::{Ranking, Sought};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::database::Storage;
use crate::error::StorageError;
use crate::pages::{Page, PageRequest};
use crate::parameters::parameters;
use crate::publications::{LibraryHit, hit};
use crate::rows::Columns;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Each of these must be there.
    pub words: Vec<Sought>,
    /// A name and a value each must be there.
    pub facets: Vec<(&'static str, String)>,
    /// The incident began then or later.
    pub from: Option<Timestamp>,
    /// The incident began before.
    pub until: Option<Timestamp>,
}

impl Wanted {
    pub(super) fn from(&self) -> i64 {
        self.from.map_or(i64::MIN, Timestamp::as_microsecond)
    }

    pub(super) fn until(&self) -> i64 {
        self.until.map_or(i64::MAX, Timestamp::as_microsecond)
    }
}

impl Storage {
    /// Published post-mortems that are so: with words the best of the newest first, without the
    /// newest publication first.
    pub async fn search(
        &self,
        wanted: &Wanted,
        page: &PageRequest,
    ) -> Result<Page<LibraryHit>, StorageError> {
        if wanted.words.is_empty() {
            self.newest(wanted, page).await
        } else {
            self.best(wanted, page).await
        }
    }

    async fn best(
        &self,
        wanted: &Wanted,
        page: &PageRequest,
    ) -> Result<Page<LibraryHit>, StorageError> {
        let (before, _) = page.position((-1, ""));
        let published = self.published_count().await?;
        let ranking = Ranking::new(&wanted.words, published);
        let mut found: Vec<(i64, f64)> = self
            .newest_with(wanted, published)
            .await?
            .into_iter()
            .map(|it| (it.id, ranking.of(&it.title, &it.lead)))
            .collect();
        // They come the newest first, and stay so where they are equally good.
        found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let placed = (0..).zip(found.into_iter().map(|(id, _)| id));
        let rest = placed.skip_while(|(position, _)| *position <= before);
        let rest = rest.take(page.limit as usize + 1).collect();
        let page = Page::cut(rest, page, |(position, id)| (*position, id.to_string()));
        let ids: Vec<i64> = page.items.iter().map(|(_, id)| *id).collect();
        Ok(Page { items: self.hits(&ids).await?, next: page.next })
    }

    /// Those of the publications indexed as these rows that still stand, in this order.
    pub(super) async fn hits(&self, ids: &[i64]) -> Result<Vec<LibraryHit>, StorageError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT p.postmortem_id, p.published_at, p.document, l.id AS position FROM \
             library_rows l JOIN publications p ON p.postmortem_id = l.postmortem_id \
              AND p.published_at = l.published_at WHERE l.id IN ({})",
            parameters(1, ids.len())
        );
        let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), sqlx::query::Query::bind);
        let rows = query.fetch_all(&self.readers).await?;
        let hits = rows.iter().map(|row| placed(row).map(|(hit, id)| (id, hit)));
        let mut hits = hits.collect::<Result<HashMap<_, _>, _>>()?;
        Ok(ids.iter().filter_map(|id| hits.remove(id)).collect())
    }

    async fn newest(
        &self,
        wanted: &Wanted,
        page: &PageRequest,
    ) -> Result<Page<LibraryHit>, StorageError> {
        let (before, _) = page.position((i64::MAX, ""));
        // Without words the facets' own table answers; there are at most two.
        let facet = |number: usize| {
            format!(
                " AND EXISTS (SELECT 1 FROM library_facets f WHERE f.library_id = l.id \
                 AND f.name = ${} AND f.value = ${})",
                number * 2 + 5,
                number * 2 + 6
            )
        };
        let facets: String = (0..wanted.facets.len()).map(facet).collect();
        let sql = format!(
            "SELECT p.postmortem_id, p.published_at, p.document, l.id AS position FROM \
             library_rows l JOIN publications p ON p.postmortem_id = l.postmortem_id \
              AND p.published_at = l.published_at \
             WHERE l.id < $1 AND l.started_at >= $2 AND l.started_at < $3{facets} \
             ORDER BY l.id DESC LIMIT $4"
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(before)
            .bind(wanted.from())
            .bind(wanted.until())
            .bind(page.fetch());
        let query =
            wanted.facets.iter().fold(query, |it, (name, value)| it.bind(*name).bind(value));
        let rows = query.fetch_all(&self.readers).await?;
        let items = rows.iter().map(placed).collect::<Result<Vec<_>, _>>()?;
        let page = Page::cut(items, page, |(hit, position)| (*position, hit.postmortem_id.clone()));
        Ok(page.map(|(hit, _)| hit))
    }

    /// What may be filtered by, in its order.
    pub async fn library_facets(&self, name: &str) -> Result<Vec<String>, StorageError> {
        let rows = sqlx::query(
            "SELECT DISTINCT value FROM library_facets WHERE name = $1 ORDER BY value LIMIT 500",
        )
        .bind(name)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }
}

/// A hit, and the number of its row.
fn placed(row: &AnyRow) -> Result<(LibraryHit, i64), StorageError> {
    Ok((hit(row)?, Columns { table: "library_rows", row }.integer("position")?))
}
