//! Did it help? What became of the alerts and services behind the actions that are done.
//!
//! Read from the events when somebody asks: nothing is noted of it.

use std::collections::{BTreeSet, HashMap};

use afterword_domain::action::watch::{Behind, Record, Span};
use afterword_domain::action::{Action, ActionState};
use afterword_domain::evidence::{Event, EventId, EventKind, service_key};
use afterword_domain::policy::{Operation, may};
use afterword_domain::postmortem::Postmortem;
use afterword_record::Projection;
use afterword_storage::{ActionTimes, Fired, OccurrencesWanted};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::evidence::service_keys;

/// More different alerts than one action is about.
const MOST_ALERTS: usize = 20;
/// More actions than one post-mortem gets done.
const MOST_ACTIONS: usize = 50;

/// What became of what is behind an action that is done.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The action.
    pub action: String,
    /// The time in which is watched.
    pub span: Span,
    /// How it is known what is behind it.
    pub behind: Behind,
    /// The alerts behind it; those that fired again first, then those that did not.
    pub alerts: Vec<WatchedAlert>,
    /// The services that are compared.
    pub services: Vec<String>,
    /// How many alerts of these services fired in as long a time before.
    pub before: i64,
    /// How many since.
    pub since: i64,
}

/// An alert behind an action.
#[derive(Clone, Debug)]
pub struct WatchedAlert {
    /// The event that the record cites.
    pub event: EventId,
    /// One line.
    pub title: String,
    /// The service as the tool calls it.
    pub service: String,
    /// What became of it; nothing if it has been quiet.
    pub again: Option<FiredAgain>,
}

/// How an alert fired after an action was done.
#[derive(Clone, Debug)]
pub struct FiredAgain {
    /// How often, at least once.
    pub times: i64,
    /// The first time.
    pub first: Timestamp,
    /// The last time.
    pub last: Timestamp,
    /// The event of the last time.
    pub event: Option<EventId>,
}

/// What the answers are found in.
struct Asked<'a> {
    postmortem: &'a Postmortem,
    record: Record<'a>,
    cited: BTreeSet<EventId>,
    alerts: HashMap<EventId, Event>,
    now: Timestamp,
}

impl App {
    /// The watch after each action of a post-mortem that is done: of all for those who may read
    /// its record, of those in the publication for its readers.
    pub async fn watch(&self, caller: &Caller, id: &str) -> Result<Vec<Watch>, AppError> {
        caller.permit(Operation::ReadEvents)?;
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let record = self.record_to_watch(caller, &postmortem).await?;
        let times = self.storage.action_times(id).await?;
        let done: Vec<(&Action, Timestamp)> = record
            .actions
            .iter()
            .filter_map(|action| Some((action, done_since(action, &times)?)))
            .take(MOST_ACTIONS)
            .collect();
        if done.is_empty() {
            return Ok(Vec::new());
        }
        let read =
            Record { timeline: &record.timeline, nodes: &record.analysis, themes: &record.themes };
        let cited = read.cited();
        let alerts = self.cited_alerts(&cited).await?;
        let asked =
            Asked { postmortem: &postmortem, record: read, cited, alerts, now: self.clock.now() };
        try_join_all(done.into_iter().map(|(action, since)| self.watch_of(&asked, action, since)))
            .await
    }

    /// The record as far as the caller may read it. Readers of a publication get nothing that was
    /// withheld, and no action that it does not hold.
    async fn record_to_watch(
        &self,
        caller: &Caller,
        postmortem: &Postmortem,
    ) -> Result<Projection, AppError> {
        self.projector.project_due().await;
        let whole = self.current_record(&postmortem.id).await?.record;
        let standing = self.standing(caller, postmortem).await?;
        if may(caller.person.role, standing, Operation::ReadRecord) {
            return Ok(whole);
        }
        let published = self.published(caller, &postmortem.id).await?;
        let mut record = whole.withhold();
        record.actions.retain(|action| published.actions.iter().any(|it| it.id == action.id));
        Ok(record)
    }

    /// Those of these events that are alerts which can be recognised.
    async fn cited_alerts(
        &self,
        cited: &BTreeSet<EventId>,
    ) -> Result<HashMap<EventId, Event>, AppError> {
        let ids: Vec<EventId> = cited.iter().copied().collect();
        let mut events = self.storage.events_with(&ids).await?;
        events.retain(|event| event.kind == EventKind::Alert && event.fingerprint.is_some());
        Ok(events.into_iter().map(|event| (event.id, event)).collect())
    }

    async fn watch_of(
        &self,
        asked: &Asked<'_>,
        action: &Action,
        since: Timestamp,
    ) -> Result<Watch, AppError> {
        let span = Span::after(since, asked.now);
        let (behind, alerts) = asked.behind(action);
        let names: Vec<(String, String)> = alerts.iter().filter_map(|it| name_of(it)).collect();
        let fired = self.storage.fired_between(&names, span.since, span.seen).await?;
        let services = asked.services(&alerts);
        let before = self.storage.alerts_between(&services, span.before(), span.since).await?;
        let after = self.storage.alerts_between(&services, span.since, span.seen).await?;
        let mut watched = Vec::new();
        for alert in alerts {
            let again = fired.iter().find(|it| name_of(alert).is_some_and(|name| is(it, &name)));
            let again = match again {
                Some(fired) => Some(self.again(fired, &span).await?),
                None => None,
            };
            watched.push(WatchedAlert {
                event: alert.id,
                title: alert.title.clone(),
                service: alert.service.clone(),
                again,
            });
        }
        // Stable, so that the rest stays in the order of time.
        watched.sort_by_key(|it| it.again.is_none());
        Ok(Watch {
            action: action.id.clone(),
            span,
            behind,
            alerts: watched,
            services,
            before,
            since: after,
        })
    }

    async fn again(&self, fired: &Fired, span: &Span) -> Result<FiredAgain, AppError> {
        let wanted = OccurrencesWanted {
            services: vec![fired.service.clone()],
            kinds: vec![EventKind::Alert],
            fingerprints: Some(vec![fired.fingerprint.clone()]),
            from: fired.last,
            to: span.seen,
        };
        let last = self.storage.occurrences(&wanted, 10).await?;
        Ok(FiredAgain {
            times: fired.times,
            first: fired.first,
            last: fired.last,
            event: last.iter().find(|it| it.at == fired.last).map(|it| it.id),
        })
    }
}

impl Asked<'_> {
    /// The alerts behind an action, each once, the first to be seen first.
    fn behind(&self, action: &Action) -> (Behind, Vec<&Event>) {
        let of_theme = self.alerts_of(&self.record.behind_theme(action));
        if !of_theme.is_empty() {
            return (Behind::Theme, of_theme);
        }
        let of_record = self.alerts_of(&self.cited);
        let behind = if of_record.is_empty() { Behind::Services } else { Behind::Record };
        (behind, of_record)
    }

    fn alerts_of(&self, ids: &BTreeSet<EventId>) -> Vec<&Event> {
        let mut alerts: Vec<&Event> = ids.iter().filter_map(|id| self.alerts.get(id)).collect();
        alerts.sort_by_key(|event| (event.at(), event.id));
        let mut seen = BTreeSet::new();
        alerts.retain(|event| name_of(event).is_some_and(|name| seen.insert(name)));
        alerts.truncate(MOST_ALERTS);
        alerts
    }

    /// The services of these alerts; without any, those of the post-mortem.
    fn services(&self, alerts: &[&Event]) -> Vec<String> {
        let of_alerts: BTreeSet<String> = alerts
            .iter()
            .map(|event| service_key(&event.service))
            .filter(|key| !key.is_empty())
            .collect();
        if of_alerts.is_empty() {
            service_keys(self.postmortem)
        } else {
            of_alerts.into_iter().collect()
        }
    }
}

fn done_since(action: &Action, times: &[ActionTimes]) -> Option<Timestamp> {
    let known = times.iter().find(|it| it.action_id == action.id)?;
    let done = action.state == ActionState::Done && known.state == ActionState::Done;
    done.then_some(known.state_since)
}

/// What an alert is recognised by: the key of its service, and its fingerprint.
fn name_of(event: &Event) -> Option<(String, String)> {
    Some((service_key(&event.service), event.fingerprint.clone()?))
}

fn is(fired: &Fired, (service, fingerprint): &(String, String)) -> bool {
    fired.service == *service && fired.fingerprint == *fingerprint
}
