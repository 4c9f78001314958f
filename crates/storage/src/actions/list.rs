//! The list of actions.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::evidence::service_key;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::sql::Conditions;
use crate::database::Storage;
use crate::error::StorageError;
use crate::pages::{Page, PageRequest};
use crate::postmortems::containing;
use crate::rows::Columns;

/// Which actions are wanted, and in which order.
#[derive(Clone, Debug, Default)]
pub struct ActionFilter {
    /// Only those in one of these states; all if empty.
    pub states: Vec<ActionState>,
    /// Only those of this owner.
    pub owner: Option<OwnerFilter>,
    /// Only those due then.
    pub due: Option<DueFilter>,
    /// Only those first read before this time.
    pub seen_before: Option<Timestamp>,
    /// Only those of post-mortems about this service, however it is spelled.
    pub service: Option<String>,
    /// Only those of this post-mortem.
    pub postmortem: Option<String>,
    /// Only those whose title, done-when or post-mortem's title contains each of these words.
    pub words: Option<String>,
    /// In which order.
    pub sort: ActionSort,
}

/// Whose actions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    /// This owner's, exactly as in the record: a person's id, or a name as written.
    Is(String),
    /// Those that nobody has taken on.
    Nobody,
}

/// When the wanted actions are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueFilter {
    /// No day was named.
    Undated,
    /// On one of these days, the first and the last included.
    Between(Option<Date>, Option<Date>),
}

/// The order of the list. Where two are equal, those of one post-mortem stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActionSort {
    /// What is due first comes first; what has no date comes last.
    #[default]
    Due,
    /// The longest known come first.
    Age,
    /// Open, being done, done, declined, parked.
    State,
    /// What moved to its state last comes first.
    Recent,
    /// By the beginning of the incident, the latest first.
    Postmortem,
}

/// An action and where it stands.
#[derive(Clone, Debug)]
pub struct ActionRow {
    /// The post-mortem it came from.
    pub postmortem_id: String,
    /// Its title.
    pub postmortem_title: String,
    /// Its services.
    pub services: Vec<String>,
    /// The action.
    pub action: Action,
    /// When it was first read.
    pub seen_at: Timestamp,
    /// Since when it stands where it stands.
    pub state_since: Timestamp,
    key: i64,
    position: i64,
}

/// At most so many words are searched for.
const MOST_WORDS: usize = 6;

impl ActionSort {
    /// What is sorted by, as an integer. A day is written without its hyphens.
    fn key(self) -> &'static str {
        match self {
            Self::Due => "COALESCE(CAST(replace(a.due, '-', '') AS BIGINT), 99999999)",
            Self::Age => SEEN_AT,
            Self::State => {
                "CAST(CASE a.state WHEN 'open' THEN 0 WHEN 'doing' THEN 1 WHEN 'done' THEN 2 \
                 WHEN 'declined' THEN 3 ELSE 4 END AS BIGINT)"
            }
            Self::Recent => "-COALESCE(t.state_since, p.created_at)",
            Self::Postmortem => "-p.started_at",
        }
    }
}

const SEEN_AT: &str = "COALESCE(t.seen_at, p.created_at)";

fn row(row: &AnyRow) -> Result<ActionRow, StorageError> {
    let columns = Columns { table: "projected_actions", row };
    Ok(ActionRow {
        postmortem_id: columns.text("postmortem_id")?,
        postmortem_title: columns.text("title")?,
        services: columns.parsed("services", |text| serde_json::from_str(text).ok())?,
        action: columns.parsed("action", |text| serde_json::from_str(text).ok())?,
        seen_at: columns.time("seen_at")?,
        state_since: columns.time("state_since")?,
        key: columns.integer("sort_key")?,
        position: columns.integer("position")?,
    })
}

/// Where the page before ended: key, post-mortem, position.
fn position(page: &PageRequest) -> (i64, String, i64) {
    let (key, rest) = page.position((i64::MIN, ""));
    let read = rest.split_once('~').and_then(|(at, id)| Some((id.to_owned(), at.parse().ok()?)));
    let (postmortem, position) = read.unwrap_or_else(|| (String::new(), -1));
    (key, postmortem, position)
}

fn begins_after(conditions: &mut Conditions, key: &str, page: &PageRequest) {
    let (after, postmortem, position) = position(page);
    let (after, postmortem) = (conditions.number(after), conditions.text(postmortem));
    let position = conditions.number(position);
    conditions.and(&format!(
        "{key} > {after} OR ({key} = {after} AND (a.postmortem_id > {postmortem} \
         OR (a.postmortem_id = {postmortem} AND a.position > {position})))"
    ));
}

fn due(conditions: &mut Conditions, due: DueFilter) {
    match due {
        DueFilter::Undated => conditions.and("a.due IS NULL"),
        DueFilter::Between(from, until) => {
            conditions.and("a.due IS NOT NULL");
            if let Some(from) = from {
                let from = conditions.text(from.to_string());
                conditions.and(&format!("a.due >= {from}"));
            }
            if let Some(until) = until {
                let until = conditions.text(until.to_string());
                conditions.and(&format!("a.due <= {until}"));
            }
        }
    }
}

fn filtered(conditions: &mut Conditions, filter: &ActionFilter, reader: Option<&str>) {
    if !filter.states.is_empty() {
        let states = conditions.texts(filter.states.iter().map(|state| state.as_str()));
        conditions.and(&format!("a.state IN ({states})"));
    }
    match &filter.owner {
        Some(OwnerFilter::Is(owner)) => {
            let owner = conditions.text(owner);
            conditions.and(&format!("a.owner = {owner}"));
        }
        Some(OwnerFilter::Nobody) => conditions.and("a.owner IS NULL OR a.owner = ''"),
        None => {}
    }
    if let Some(wanted) = filter.due {
        due(conditions, wanted);
    }
    if let Some(before) = filter.seen_before {
        let before = conditions.number(before.as_microsecond());
        conditions.and(&format!("{SEEN_AT} < {before}"));
    }
    if let Some(postmortem) = &filter.postmortem {
        let postmortem = conditions.text(postmortem);
        conditions.and(&format!("a.postmortem_id = {postmortem}"));
    }
    for word in filter.words.iter().flat_map(|it| it.split_whitespace()).take(MOST_WORDS) {
        let word = conditions.text(containing(word));
        conditions.and(&format!(
            "a.words LIKE {word} ESCAPE '\\' OR p.title_folded LIKE {word} ESCAPE '\\'"
        ));
    }
    if let Some(reader) = reader {
        let reader = conditions.text(reader);
        conditions.and(&format!(
            "p.published_at IS NULL OR EXISTS (SELECT 1 FROM participants m \
             WHERE m.postmortem_id = p.id AND m.person_id = {reader})"
        ));
    }
}

impl Storage {
    /// Actions of the post-mortems whose record `reader` may read: all, or those not published
    /// and those the reader took part in.
    pub async fn actions(
        &self,
        filter: &ActionFilter,
        reader: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<ActionRow>, StorageError> {
        let key = filter.sort.key();
        let mut conditions = Conditions::default();
        begins_after(&mut conditions, key, page);
        filtered(&mut conditions, filter, reader);
        if let Some(service) = &filter.service {
            let spelled = self.spellings(service).await?;
            if spelled.is_empty() {
                return Ok(Page { items: Vec::new(), next: None });
            }
            let spelled = conditions.texts(spelled);
            conditions.and(&format!("p.services IN ({spelled})"));
        }
        let limit = conditions.number(page.fetch());
        let sql = format!(
            "SELECT {key} AS sort_key, a.postmortem_id, a.position, a.action, p.title, p.services, \
             {SEEN_AT} AS seen_at, COALESCE(t.state_since, p.created_at) AS state_since \
             FROM projected_actions a JOIN postmortems p ON p.id = a.postmortem_id \
             LEFT JOIN action_times t \
             ON t.postmortem_id = a.postmortem_id AND t.action_id = a.action_id \
             WHERE {} ORDER BY sort_key, a.postmortem_id, a.position LIMIT {limit}",
            conditions.sql()
        );
        let query = conditions.bind(sqlx::query(AssertSqlSafe(sql)));
        let rows = query.fetch_all(&self.readers).await?;
        let items = rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(items, page, |last| {
            (last.key, format!("{}~{}", last.position, last.postmortem_id))
        }))
    }

    /// The lists of services, as they are stored, that name a service in whatever spelling. How a
    /// service is spelled is the domain's to say, and there are few different lists.
    async fn spellings(&self, service: &str) -> Result<Vec<String>, StorageError> {
        let wanted = service_key(service);
        let lists: Vec<String> = sqlx::query_scalar("SELECT DISTINCT services FROM postmortems")
            .fetch_all(&self.readers)
            .await?;
        let names = |list: &String| {
            let services: Vec<String> = serde_json::from_str(list).unwrap_or_default();
            services.iter().any(|it| service_key(it) == wanted)
        };
        Ok(lists.into_iter().filter(names).collect())
    }
}
