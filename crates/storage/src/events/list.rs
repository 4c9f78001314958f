//! Events in the order of time.

use afterword_domain::evidence::{Event, EventId, EventKind, service_key};
use jiff::Timestamp;

use super::packed::bytes;
use super::partitions::among;
use super::rows::{COLUMNS, whole};
use super::statement::Statement;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::pages::{Page, PageRequest};
use crate::postmortems::containing;

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// From this time on.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub to: Option<Timestamp>,
    /// Only about this service, however it is spelled.
    pub service: Option<String>,
    /// Only from this source.
    pub source: Option<String>,
    /// Only of this kind.
    pub kind: Option<EventKind>,
    /// Only those whose title or text contains this.
    pub words: Option<String>,
}

impl Storage {
    /// Events, newest first.
    pub async fn events(
        &self,
        filter: &EventFilter,
        page: &PageRequest,
    ) -> Result<Page<Event>, StorageError> {
        let end = filter.to.map_or(i64::MAX, Timestamp::as_microsecond);
        let (before, id) = page.position((end, ""));
        let from = filter.from.unwrap_or(Timestamp::MIN);
        let words = filter.words.as_deref().filter(|it| !it.is_empty()).map(containing);
        let sql = whole(self.engine, &found(self.engine, filter));
        let statement = Statement::new(sql)
            .number(before)
            .text(&id.parse::<EventId>().map(|it| it.to_string()).unwrap_or_default())
            .number(from.as_microsecond())
            .text(&filter.service.as_deref().map(service_key).unwrap_or_default())
            .text(filter.source.as_deref().unwrap_or_default())
            .text(filter.kind.map_or("", EventKind::as_str))
            .text(&words.unwrap_or_default())
            .number(page.fetch());
        let mut items = self.events_of(&statement).await?;
        items.reverse();
        Ok(Page::cut(items, page, |last| (last.at().as_microsecond(), last.id.to_string())))
    }
}

/// What stands behind `FROM`: read backwards along the index by time, or by service and time.
fn found(engine: Engine, filter: &EventFilter) -> String {
    // A condition that is not wanted is left out, so that either engine sees which index fits.
    let service = if filter.service.is_some() { "service_key = $4" } else { "$4 = ''" };
    format!(
        "(SELECT {COLUMNS} FROM events \
         WHERE (at < $1 OR (at = $1 AND id < {id})) AND at <= $1 AND at >= $3 {among} \
         AND {service} \
         AND ($5 = '' OR source = $5) AND ($6 = '' OR kind = $6) \
         AND ($7 = '' OR lower(title) LIKE $7 ESCAPE '\\' OR lower(text) LIKE $7 ESCAPE '\\') \
         ORDER BY at DESC, id DESC LIMIT $8) AS found",
        id = bytes(engine, "$2"),
        among = among(
            engine,
            filter.from.unwrap_or(Timestamp::MIN),
            filter.to.unwrap_or(Timestamp::MAX)
        ),
    )
}
