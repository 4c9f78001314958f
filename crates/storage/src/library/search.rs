//! Finding published post-mortems.

use afterword_domain::library::{NearWord, facet, written_otherwise};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::pages::{Page, PageRequest};
use crate::publications::{LibraryHit, hit};
use crate::rows::Columns;

/// Of all that match, so many of the newest are put in the order of how well they do: who searches
/// looks at the first page, and a word that all have tells nothing.
const RANKED: i64 = 500;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Folded words: each must be there, the last one as the beginning of one.
    pub words: Vec<String>,
    /// A name and a value each must be there.
    pub facets: Vec<(&'static str, String)>,
    /// The incident began then or later.
    pub from: Option<Timestamp>,
    /// The incident began before.
    pub until: Option<Timestamp>,
}

/// A hit, and where it stands in the list.
fn placed(row: &AnyRow) -> Result<(LibraryHit, i64), StorageError> {
    Ok((hit(row)?, Columns { table: "library_rows", row }.integer("position")?))
}

fn cut(rows: &[AnyRow], page: &PageRequest) -> Result<Page<LibraryHit>, StorageError> {
    let items = rows.iter().map(placed).collect::<Result<Vec<_>, _>>()?;
    let page = Page::cut(items, page, |(hit, position)| (*position, hit.postmortem_id.clone()));
    Ok(page.map(|(hit, _)| hit))
}

/// How an engine matches the index, ranks, and names the number of the row.
struct Matching {
    table: &'static str,
    row: &'static str,
    condition: &'static str,
    rank: &'static str,
}

const SQLITE: Matching = Matching {
    table: "library_index i JOIN library_rows l ON l.id = i.rowid",
    row: "i.rowid",
    condition: "library_index MATCH $1",
    // Smaller is better.
    rank: "bm25(library_index, 8.0, 2.0, 1.0)",
};
const POSTGRES: Matching = Matching {
    table: "library_rows l",
    row: "l.id",
    condition: "l.found_by @@ to_tsquery('simple', $1)",
    rank: "-ts_rank(l.found_by, to_tsquery('simple', $1))",
};

impl Storage {
    fn matching(&self) -> Matching {
        match self.engine {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        }
    }

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
        let Matching { table, row, condition, rank } = self.matching();
        let sql = format!(
            "SELECT p.postmortem_id, p.published_at, p.document, ranked.position FROM \
             (SELECT id, postmortem_id, published_at, \
              ROW_NUMBER() OVER (ORDER BY score, id DESC) - 1 AS position FROM \
              (SELECT l.id, l.postmortem_id, l.published_at, {rank} AS score FROM {table} \
               WHERE {condition} AND l.started_at >= $2 AND l.started_at < $3 \
               ORDER BY {row} DESC LIMIT $4) newest) ranked \
             JOIN publications p ON p.postmortem_id = ranked.postmortem_id \
              AND p.published_at = ranked.published_at \
             WHERE ranked.position > $5 ORDER BY ranked.position LIMIT $6"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(self.expression(wanted))
            .bind(wanted.from.map_or(i64::MIN, Timestamp::as_microsecond))
            .bind(wanted.until.map_or(i64::MAX, Timestamp::as_microsecond))
            .bind(RANKED)
            .bind(before)
            .bind(page.fetch())
            .fetch_all(&self.readers)
            .await?;
        cut(&rows, page)
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
            .bind(wanted.from.map_or(i64::MIN, Timestamp::as_microsecond))
            .bind(wanted.until.map_or(i64::MAX, Timestamp::as_microsecond))
            .bind(page.fetch());
        let query =
            wanted.facets.iter().fold(query, |it, (name, value)| it.bind(*name).bind(value));
        let rows = query.fetch_all(&self.readers).await?;
        cut(&rows, page)
    }

    /// Published post-mortems that have some of the words, the best first; without one.
    pub async fn alike(
        &self,
        words: &[String],
        but: &str,
        most: i64,
    ) -> Result<Vec<LibraryHit>, StorageError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let Matching { table, condition, rank, .. } = self.matching();
        let sql = format!(
            "SELECT p.postmortem_id, p.published_at, p.document FROM {table} \
             JOIN publications p ON p.postmortem_id = l.postmortem_id \
              AND p.published_at = l.published_at \
             WHERE {condition} AND l.postmortem_id <> $2 ORDER BY {rank}, l.id DESC LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(self.any_of(words))
            .bind(but)
            .bind(most)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(hit).collect()
    }

    /// All words and facets, in the engine's own language. Folded words hold letters and digits
    /// only: nothing in them means anything to it.
    fn expression(&self, wanted: &Wanted) -> String {
        let facets = wanted.facets.iter().map(|(name, value)| facet(name, value));
        let all: Vec<String> = facets.chain(wanted.words.iter().cloned()).collect();
        match self.engine {
            Engine::Sqlite => format!("{}*", quoted(&all).join(" AND ")),
            Engine::Postgres => format!("{}:*", quoted_for_postgres(&all).join(" & ")),
        }
    }

    fn any_of(&self, words: &[String]) -> String {
        match self.engine {
            Engine::Sqlite => quoted(words).join(" OR "),
            Engine::Postgres => quoted_for_postgres(words).join(" | "),
        }
    }

    /// In how many published post-mortems each of the words is; those that are in none are not
    /// there.
    pub async fn word_counts(&self, words: &[String]) -> Result<Vec<NearWord>, StorageError> {
        self.counted("word IN (", ")", words).await
    }

    /// Words that are written almost like this one.
    pub async fn words_near(&self, word: &str) -> Result<Vec<NearWord>, StorageError> {
        let spelt = "word IN (SELECT word FROM library_spellings WHERE spelling IN (";
        self.counted(spelt, "))", &written_otherwise(word)).await
    }

    async fn counted(
        &self,
        before: &str,
        after: &str,
        values: &[String],
    ) -> Result<Vec<NearWord>, StorageError> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let places = (1..=values.len()).map(|it| format!("${it}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT word, postmortems FROM library_words WHERE {before}{places}{after} ORDER BY word"
        );
        let query = values.iter().fold(sqlx::query(AssertSqlSafe(sql)), sqlx::query::Query::bind);
        let rows = query.fetch_all(&self.readers).await?;
        let word =
            |row: &AnyRow| Ok(NearWord { word: row.try_get(0)?, postmortems: row.try_get(1)? });
        rows.iter().map(word).collect()
    }

    /// Whether some word of the library begins so.
    pub async fn word_begins(&self, beginning: &str) -> Result<bool, StorageError> {
        let row =
            sqlx::query("SELECT word FROM library_words WHERE word >= $1 AND word < $2 LIMIT 1")
                .bind(beginning)
                .bind(format!("{beginning}\u{10ffff}"))
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.is_some())
    }

    /// How many post-mortems are published and found.
    pub async fn published_count(&self) -> Result<i64, StorageError> {
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM library_rows");
        Ok(count.fetch_one(&self.readers).await?)
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

fn quoted(words: &[String]) -> Vec<String> {
    words.iter().map(|it| format!("\"{it}\"")).collect()
}

fn quoted_for_postgres(words: &[String]) -> Vec<String> {
    words.iter().map(|it| format!("'{it}'")).collect()
}
