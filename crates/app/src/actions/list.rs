//! The list of actions.

use std::collections::HashMap;

use afterword_domain::action::ActionState;
use afterword_domain::policy::{Operation, Standing, may};
use afterword_storage::{
    ActionFilter, ActionRow, ActionSort, DueFilter, OwnerFilter, Page, PageRequest,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Which actions are wanted, as somebody asks it.
#[derive(Clone, Debug, Default)]
pub struct ActionsWanted {
    /// Only those in one of these states; all if empty.
    pub states: Vec<ActionState>,
    /// Only those of this owner.
    pub owner: Option<OwnerWanted>,
    /// Only those due then.
    pub due: Option<DueWanted>,
    /// Only those known for at least so many days.
    pub age: Option<u16>,
    /// Only those of post-mortems about this service, however it is spelled.
    pub service: Option<String>,
    /// Only those of this post-mortem.
    pub postmortem: Option<String>,
    /// Only those with each of these words.
    pub words: Option<String>,
    /// In which order.
    pub sort: ActionSort,
}

/// Whose actions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerWanted {
    /// Those of whoever asks.
    Me,
    /// Those that nobody has taken on.
    Nobody,
    /// This owner's, exactly as in the record.
    Is(String),
}

/// When the wanted actions are due. Today is that of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueWanted {
    /// No day was named.
    Undated,
    /// Before today, and not finished.
    Overdue,
    /// Today or on one of the next so many days, and not finished.
    Within(u16),
    /// On one of these days, the first and the last included.
    Between(Option<Date>, Option<Date>),
}

/// An action in a list.
#[derive(Clone, Debug)]
pub struct ListedAction {
    /// The action and where it stands.
    pub row: ActionRow,
    /// The owner's name, where the owner has an account.
    pub owner_name: Option<String>,
}

impl App {
    /// Actions of every post-mortem whose record the caller may read.
    pub async fn actions(
        &self,
        caller: &Caller,
        wanted: &ActionsWanted,
        page: &PageRequest,
    ) -> Result<Page<ListedAction>, AppError> {
        caller.permit(Operation::Browse)?;
        self.projector.project_due().await;
        let now = self.clock.now();
        let Some(filter) = filter(wanted, &caller.person.id, now, today(caller, now)) else {
            return Ok(Page { items: Vec::new(), next: None });
        };
        let reads_all = may(caller.person.role, Standing::Reader, Operation::ReadRecord);
        let reader = (!reads_all).then_some(caller.person.id.as_str());
        let rows = self.storage.actions(&filter, reader, page).await?;
        self.with_names(rows).await
    }

    async fn with_names(&self, rows: Page<ActionRow>) -> Result<Page<ListedAction>, AppError> {
        let mut names = HashMap::new();
        if rows.items.iter().any(|row| row.action.owner.is_some()) {
            let people = self.storage.people().await?;
            names.extend(people.into_iter().map(|person| (person.id, person.name)));
        }
        Ok(rows.map(|row| {
            let owner = row.action.owner.as_ref();
            ListedAction { owner_name: owner.and_then(|id| names.get(id).cloned()), row }
        }))
    }
}

/// The day that it is where somebody is.
fn today(caller: &Caller, now: Timestamp) -> Date {
    let zone = TimeZone::get(&caller.person.time_zone).unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).date()
}

/// What the store is asked; nothing where no action can fit.
fn filter(wanted: &ActionsWanted, me: &str, now: Timestamp, today: Date) -> Option<ActionFilter> {
    let unfinished = matches!(wanted.due, Some(DueWanted::Overdue | DueWanted::Within(_)));
    Some(ActionFilter {
        states: if unfinished { still_to_do(&wanted.states)? } else { wanted.states.clone() },
        owner: wanted.owner.as_ref().map(|owner| match owner {
            OwnerWanted::Me => OwnerFilter::Is(me.to_owned()),
            OwnerWanted::Is(owner) => OwnerFilter::Is(owner.clone()),
            OwnerWanted::Nobody => OwnerFilter::Nobody,
        }),
        due: wanted.due.map(|due| due_filter(due, today)),
        seen_before: wanted.age.map(|days| {
            let age = SignedDuration::from_hours(24 * i64::from(days));
            // Whoever is as old as that counts.
            let since = now.saturating_sub(age).unwrap_or(Timestamp::MIN);
            since.saturating_add(SignedDuration::from_micros(1)).unwrap_or(since)
        }),
        service: wanted.service.clone(),
        postmortem: wanted.postmortem.clone(),
        words: wanted.words.clone(),
        sort: wanted.sort,
    })
}

/// Of these states those in which somebody still has to do it; nothing if there is none.
fn still_to_do(states: &[ActionState]) -> Option<Vec<ActionState>> {
    let asked = |state: &ActionState| states.is_empty() || states.contains(state);
    let states: Vec<_> =
        ActionState::ALL.into_iter().filter(|it| it.unfinished() && asked(it)).collect();
    (!states.is_empty()).then_some(states)
}

fn due_filter(due: DueWanted, today: Date) -> DueFilter {
    let later = |days: i64| today.saturating_add(Span::new().days(days));
    match due {
        DueWanted::Undated => DueFilter::Undated,
        DueWanted::Overdue => DueFilter::Between(None, Some(later(-1))),
        DueWanted::Within(days) => DueFilter::Between(Some(today), Some(later(i64::from(days)))),
        DueWanted::Between(from, until) => DueFilter::Between(from, until),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(wanted: &ActionsWanted) -> Option<ActionFilter> {
        filter(wanted, "me", "2026-03-31T12:00:00Z".parse().unwrap(), date(2026, 3, 31))
    }

    #[test]
    fn what_is_overdue_is_still_to_be_done() {
        let wanted = ActionsWanted { due: Some(DueWanted::Overdue), ..ActionsWanted::default() };
        let filter = asked(&wanted).unwrap();
        assert_eq!(filter.states, [ActionState::Open, ActionState::Doing]);
        assert_eq!(filter.due, Some(DueFilter::Between(None, Some(date(2026, 3, 30)))));

        let doing = vec![ActionState::Doing, ActionState::Done];
        let filter = asked(&ActionsWanted { states: doing, ..wanted.clone() }).unwrap();
        assert_eq!(filter.states, [ActionState::Doing]);
        let done = vec![ActionState::Done];
        assert!(asked(&ActionsWanted { states: done, ..wanted }).is_none());
    }

    #[test]
    fn the_next_days_begin_with_today() {
        let wanted = ActionsWanted { due: Some(DueWanted::Within(7)), ..ActionsWanted::default() };
        let due = asked(&wanted).unwrap().due;
        assert_eq!(due, Some(DueFilter::Between(Some(date(2026, 3, 31)), Some(date(2026, 4, 7)))));
    }

    #[test]
    fn me_is_whoever_asks() {
        let wanted = ActionsWanted { owner: Some(OwnerWanted::Me), ..ActionsWanted::default() };
        assert_eq!(asked(&wanted).unwrap().owner, Some(OwnerFilter::Is("me".to_owned())));
    }

    #[test]
    fn an_action_is_a_week_old_after_a_week() {
        let wanted = ActionsWanted { age: Some(7), ..ActionsWanted::default() };
        let before = asked(&wanted).unwrap().seen_before.unwrap();
        assert!(before > "2026-03-24T12:00:00Z".parse().unwrap());
        assert!(before < "2026-03-24T12:00:01Z".parse().unwrap());
    }
}
