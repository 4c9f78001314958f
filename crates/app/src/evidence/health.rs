//! How the sources fared around an incident.

use std::collections::BTreeMap;

use afterword_domain::evidence::silence::{Heard, Named, REMEMBERED, Silence};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_integrations::vendor;
use afterword_storage::{Source, SourceAround};
use jiff::{SignedDuration, Timestamp};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What comes so long after an incident still tells of it.
const AFTER: SignedDuration = SignedDuration::from_hours(1);

/// How a source fared around an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFaring {
    /// Its name in events.
    pub source: String,
    /// Its name for people.
    pub name: String,
    /// When something last came from it, up to the end of the incident.
    pub last_at: Option<Timestamp>,
    /// That it was silent for much longer than usual, in words.
    pub silence: Option<String>,
}

impl App {
    /// How every source fared that is set up or ever sent something, until an hour after the
    /// incident, or until now: a source that was dead then has nothing to tell about it.
    pub async fn evidence_health(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<SourceFaring>, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let at = self.told_until(&postmortem);
        let around = self.storage.sources_around(at).await?;
        let mut around: BTreeMap<_, _> =
            around.into_iter().map(|it| (it.source.clone(), it)).collect();
        let mut set_up = BTreeMap::new();
        for source in self.storage.sources().await? {
            let unheard = || SourceAround { source: source.id.clone(), before: None, after: None };
            around.entry(source.id.clone()).or_insert_with(unheard);
            set_up.insert(source.id.clone(), source);
        }
        let mut faring = Vec::with_capacity(around.len());
        for it in around.into_values() {
            let source = set_up.get(&it.source);
            let silence = self.silence(&it, at).await?;
            let name = source.map_or(&it.source, |source| &source.name).clone();
            faring.push(SourceFaring {
                silence: silence.map(|silence| self.told(&silence, &it.source, source)),
                last_at: it.before,
                source: it.source,
                name,
            });
        }
        Ok(faring)
    }

    /// Whether a source was silent at a time for much longer than usual.
    pub(super) async fn silence(
        &self,
        around: &SourceAround,
        at: Timestamp,
    ) -> Result<Option<Silence>, AppError> {
        let before = match around.before {
            Some(last) => {
                let from = last.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
                self.storage.source_heard(&around.source, from, last).await?
            }
            None => Vec::new(),
        };
        Ok(Heard { before, after: around.after }.silence(at))
    }

    /// That in words, with what is missing where the source's vendor is known.
    pub(super) fn told(&self, silence: &Silence, id: &str, source: Option<&Source>) -> String {
        let vendor = source.and_then(|source| vendor(&source.vendor));
        let named = Named {
            name: source.map_or(id, |source| &source.name),
            things: vendor.map_or("events", |vendor| vendor.brings()),
        };
        silence.sentence(named, self.clock.now())
    }

    fn told_until(&self, postmortem: &Postmortem) -> Timestamp {
        let now = self.clock.now();
        let end = postmortem.incident.end().and_then(|end| end.checked_add(AFTER).ok());
        end.unwrap_or(now).min(now)
    }
}
