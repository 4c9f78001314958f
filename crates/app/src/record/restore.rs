//! Bringing back what was deleted.

use afterword_record::history::{LoggedUpdate, as_of};
use afterword_record::{Part, Record};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::Written;
use crate::record::read::in_background;
use crate::record::write::{item, refused};

impl App {
    /// Brings an item back with its words, also those written after it was deleted. What another
    /// program really removed comes back as it last stood.
    pub async fn restore(
        &self,
        caller: &Caller,
        id: &str,
        part: Part,
        item: &str,
    ) -> Result<Written, AppError> {
        self.open_for(caller, id, !matches!(part, Part::Timeline | Part::Prose)).await?;
        let log = self.log_of(id).await?;
        let wanted = item.to_owned();
        let earlier = in_background(move || last_with(&log, part, &wanted)).await?;
        let earlier = earlier.ok_or_else(|| AppError::NotFound(part.item()))?;
        let item = item.to_owned();
        let person = Some(caller.person.id.clone());
        let restore = move |record: &mut Record| match record.restore_from(&earlier, part, &item) {
            Ok(update) => (update, Ok(record.project())),
            Err(error) => (None, Err(refused(error))),
        };
        let outcome = self.rooms.edit(id, person, restore).await?;
        Ok(Written { version: outcome.seq, record: outcome.answer? })
    }
}

/// The last state of a record that had an item, deleted or not.
///
/// Looks back in growing steps and then halves the last one, since replaying is what takes time:
/// an item that came and went several times may be found as it stood an earlier time.
fn last_with(log: &[LoggedUpdate], part: Part, id: &str) -> Option<Record> {
    let state = |end: usize| {
        let seq = end.checked_sub(1).and_then(|last| log.get(last)).map_or(0, |it| it.seq);
        as_of(log, seq).0
    };
    let has = |record: &Record| {
        let projection = record.project();
        let deleted = projection.deleted.iter().any(|it| it.part == part && it.id == id);
        deleted || item(&projection, part, id).is_some()
    };
    let (mut found, mut missing, mut step) = (log.len(), log.len() + 1, 1);
    while !has(&state(found)) {
        if found == 0 {
            return None;
        }
        missing = found;
        found = found.saturating_sub(step);
        step *= 2;
    }
    while missing - found > 1 {
        let middle = usize::midpoint(found, missing);
        if has(&state(middle)) {
            found = middle;
        } else {
            missing = middle;
        }
    }
    Some(state(found))
}
