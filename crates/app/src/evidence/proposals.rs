//! What the events offer to a post-mortem's timeline.

use afterword_domain::evidence::proposals::{Proposal, proposals};
use afterword_domain::evidence::{EventKind, service_key};
use afterword_domain::people::Discipline;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_storage::EventsAbout;
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What was already odd before, and what was still going on after.
const AROUND: SignedDuration = SignedDuration::from_hours(1);
/// So many events are read at most, and so many proposals made of them.
const MOST_EVENTS: u32 = 5_000;
const MOST_PROPOSALS: usize = 1_000;

/// Which proposals are wanted.
#[derive(Clone, Debug, Default)]
pub struct ProposalsWanted {
    /// From this time on; an hour before the incident if absent.
    pub from: Option<Timestamp>,
    /// Before this time; an hour after the incident, or now, if absent.
    pub to: Option<Timestamp>,
    /// Only events whose title or text contains this.
    pub words: Option<String>,
    /// Only events of this kind.
    pub kind: Option<EventKind>,
    /// Only what this discipline usually brings.
    pub lane: Option<Discipline>,
}

/// Proposals, and where they were looked for.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// In the order of time.
    pub proposals: Vec<Proposal>,
    /// The services whose events were looked at, as they are compared.
    pub services: Vec<String>,
    /// The beginning of what was looked at.
    pub from: Timestamp,
    /// The end of what was looked at.
    pub to: Timestamp,
    /// How many events were looked at.
    pub events: usize,
    /// What to do to see the rest, if there is more.
    pub more: Option<String>,
}

impl App {
    /// Proposals for a post-mortem's timeline: the events about its services, and those about
    /// none.
    pub async fn proposals(
        &self,
        caller: &Caller,
        id: &str,
        wanted: ProposalsWanted,
    ) -> Result<Proposals, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let (from, to) = self.span(&postmortem, &wanted)?;
        let services = service_keys(&postmortem);
        let about = EventsAbout {
            services: services.iter().cloned().chain([String::new()]).collect(),
            from,
            to,
            kinds: kinds(&wanted),
            words: wanted.words,
        };
        let mut events = self.storage.events_about(&about, MOST_EVENTS + 1).await?;
        let unread = events.len() > MOST_EVENTS as usize;
        events.truncate(MOST_EVENTS as usize);
        let timeline = self.current_record(id).await?.record.timeline;
        let (count, public_url) = (events.len(), &self.settings.public_url);
        let mut proposals = proposals(events, &timeline, public_url);
        let unshown = proposals.len() > MOST_PROPOSALS;
        proposals.truncate(MOST_PROPOSALS);
        let last = proposals.iter().map(|it| it.last_at).max().filter(|_| unread || unshown);
        let more = last.map(|last| {
            format!(
                "There is more after {} than fits here: begin later, end earlier, search for a \
                 word, or choose one kind.",
                last.strftime("%F %H:%MZ")
            )
        });
        Ok(Proposals { proposals, services, from, to, events: count, more })
    }

    fn span(
        &self,
        postmortem: &Postmortem,
        wanted: &ProposalsWanted,
    ) -> Result<(Timestamp, Timestamp), AppError> {
        let incident = &postmortem.incident;
        let later = |at: Timestamp| at.saturating_add(AROUND).unwrap_or(at);
        let from = wanted.from.or_else(|| incident.started_at.checked_sub(AROUND).ok());
        let from = from.unwrap_or(incident.started_at);
        let end = incident.end().map(later);
        let to = wanted.to.or(end).unwrap_or_else(|| self.clock.now().max(later(from)));
        if to <= from {
            return Err(AppError::invalid("to", "end later than you begin: `to` after `from`"));
        }
        Ok((from, to))
    }
}

/// The post-mortem's services as events are found by them.
pub(crate) fn service_keys(postmortem: &Postmortem) -> Vec<String> {
    let mut keys: Vec<String> = postmortem.services.iter().map(|it| service_key(it)).collect();
    keys.retain(|key| !key.is_empty());
    keys.sort();
    keys.dedup();
    keys
}

fn kinds(wanted: &ProposalsWanted) -> Vec<EventKind> {
    let fits = |kind: &EventKind| {
        wanted.kind.is_none_or(|it| it == *kind)
            && wanted.lane.as_ref().is_none_or(|lane| kind.lane() == *lane)
    };
    EventKind::ALL.into_iter().filter(fits).collect()
}
