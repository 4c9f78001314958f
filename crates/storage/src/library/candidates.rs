//! Which published post-mortems have certain words, as each engine finds them fastest.

use afterword_domain::library::{Sought, facet};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::search::Wanted;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::rows::Columns;

/// Of all that match, so many of the newest are put in the order of how well they do: who searches
/// looks at the first page, and a word that all have tells nothing.
const RANKED: i32 = 500;
/// To take a row apart and look whether it has the words takes so many times what the index takes
/// for a row that has the rarest of them; measured on `PostgreSQL` 15.
const WALKING_TAKES: f64 = 8.0;

/// One that has all that was looked for.
pub(super) struct Candidate {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) lead: String,
}

/// How the newest rows are got at. FTS5 goes from the newest back by itself and stops when there
/// are enough. The planner of `PostgreSQL` has to be told: it knows neither what it takes to take a
/// row apart nor how often words come together, and we know how often each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// FTS5's own.
    Index,
    /// From the newest row back until there are enough: for words that many have.
    Walk,
    /// All that the index knows, and of them the newest: for words that few have.
    LookUp,
}

impl Way {
    fn for_postgres(counts: &[i64], published: i64) -> Self {
        let published = number(published).max(1.0);
        let rarest = number(counts.iter().copied().min().unwrap_or(0));
        let share: f64 = counts.iter().map(|it| (number(*it) / published).min(1.0)).product();
        let walked = (f64::from(RANKED) / share).min(published);
        if walked * WALKING_TAKES < rarest { Self::Walk } else { Self::LookUp }
    }

    /// What to look for, in as many expressions as it is found fastest with. GIN needs less time when
    /// each is a condition of its own; whoever takes a row apart does it once for each.
    fn expressions(self, terms: Vec<String>) -> Vec<String> {
        match self {
            Self::Index => vec![terms.join(" AND ")],
            Self::Walk => vec![terms.join(" & ")],
            Self::LookUp => terms,
        }
    }

    fn rows(self, expressions: usize) -> String {
        let places = 3..expressions + 3;
        let conditions: Vec<_> = match self {
            Self::Index => places.map(|it| format!("library_index MATCH ${it}")).collect(),
            _ => places.map(|it| format!("found_by @@ CAST(${it} AS TEXT)::TSQUERY")).collect(),
        };
        let conditions = conditions.join(" AND ");
        // `OFFSET 0` is what keeps the planner from mixing the two.
        match self {
            Self::Index => {
                format!("library_index i JOIN library_rows l ON l.id = i.rowid WHERE {conditions}")
            }
            Self::Walk => format!(
                "(SELECT * FROM library_rows ORDER BY id DESC OFFSET 0) l WHERE {conditions}"
            ),
            Self::LookUp => format!(
                "(SELECT id, title, lead, started_at FROM library_rows WHERE {conditions} \
                 OFFSET 0) l WHERE TRUE"
            ),
        }
    }

    fn newest(self, expressions: usize) -> String {
        // Its own number is what FTS5 is in the order of.
        let id = if self == Self::Index { "i.rowid" } else { "l.id" };
        format!(
            "SELECT l.id, l.title, l.lead FROM {} AND l.started_at >= $1 AND l.started_at < $2 \
             ORDER BY {id} DESC LIMIT {RANKED}",
            self.rows(expressions)
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
fn number(count: i64) -> f64 {
    count as f64
}

impl Storage {
    /// The newest that have all that is wanted, the newest first.
    pub(super) async fn newest_with(
        &self,
        wanted: &Wanted,
        published: i64,
    ) -> Result<Vec<Candidate>, StorageError> {
        if wanted.words.iter().any(|it| it.any_of.is_empty()) {
            return Ok(Vec::new());
        }
        let way = self.way(wanted, published).await?;
        let expressions = way.expressions(self.terms(wanted));
        let mut transaction = self.reading(way).await?;
        let query = sqlx::query(AssertSqlSafe(way.newest(expressions.len())))
            .bind(wanted.from())
            .bind(wanted.until());
        let query = expressions.into_iter().fold(query, sqlx::query::Query::bind);
        let rows = query.fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        rows.iter().map(candidate).collect()
    }

    async fn way(&self, wanted: &Wanted, published: i64) -> Result<Way, StorageError> {
        if self.engine == Engine::Sqlite {
            return Ok(Way::Index);
        }
        let facets: Vec<String> = facets(wanted).collect();
        let known = self.word_counts(&facets).await?;
        let count = |it: &String| {
            known.iter().find(|known| known.word == *it).map_or(0, |it| it.postmortems)
        };
        let words = wanted.words.iter().map(Sought::postmortems);
        let counts: Vec<i64> = facets.iter().map(count).chain(words).collect();
        Ok(Way::for_postgres(&counts, published))
    }

    /// Begins to read in that way.
    pub(super) async fn reading(
        &self,
        way: Way,
    ) -> Result<Transaction<'static, Any>, StorageError> {
        let mut transaction = self.readers.begin().await?;
        if way == Way::LookUp {
            // To go through all rows instead of the index takes a hundred times what is expected.
            sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    /// What must all be there, each in the engine's own language. They hold letters, digits and
    /// what marks a facet: nothing in them means anything to it.
    fn terms(&self, wanted: &Wanted) -> Vec<String> {
        let or = if self.engine == Engine::Sqlite { " OR " } else { " | " };
        let any_of = |it: &Sought| {
            let words: Vec<_> = it.any_of.iter().map(|it| self.quoted(&it.word)).collect();
            format!("({})", words.join(or))
        };
        let facets = facets(wanted).map(|it| self.quoted(&it));
        facets.chain(wanted.words.iter().map(any_of)).collect()
    }

    /// A word as the engine's language has it.
    pub(super) fn quoted(&self, word: &str) -> String {
        match self.engine {
            Engine::Sqlite => format!("\"{word}\""),
            Engine::Postgres => format!("'{word}'"),
        }
    }
}

fn facets(wanted: &Wanted) -> impl Iterator<Item = String> {
    wanted.facets.iter().map(|(name, value)| facet(name, value))
}

fn candidate(row: &AnyRow) -> Result<Candidate, StorageError> {
    let columns = Columns { table: "library_rows", row };
    Ok(Candidate {
        id: columns.integer("id")?,
        title: columns.text("title")?,
        lead: columns.text("lead")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_have_is_walked_to_and_what_few_have_looked_up() {
        let way = |counts: &[i64]| Way::for_postgres(counts, 100_000);
        assert_eq!(way(&[90_000]), Way::Walk);
        assert_eq!(way(&[90_000, 80_000]), Way::Walk);
        assert_eq!(way(&[2_000]), Way::LookUp);
        assert_eq!(way(&[90_000, 2_000]), Way::LookUp);
        // Each is frequent, and hardly any has all of them.
        assert_eq!(way(&[20_000; 5]), Way::LookUp);
        assert_eq!(way(&[]), Way::LookUp);
        assert_eq!(Way::for_postgres(&[3], 0), Way::LookUp);
    }
}
