//! The roster, as facilitators see it; as everybody else sees their own place on it.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::policy::Operation;
use afterword_domain::roster::{Held, Seat, SeatState, Step, next_step};
use afterword_storage::{Facilitator, HeldSeat, StepReached, StoredSeat};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Somebody who facilitates, or learns to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Facilitator)]
pub struct FacilitatorView {
    /// Id of the person.
    pub person: String,
    /// The step that they reached.
    pub reached: Step,
    /// The steps that they took, in their order.
    pub steps: Vec<StepView>,
    /// The day, in their zone, from which they take requests again; absent: they do.
    #[schema(value_type = Option<String>, format = Date)]
    pub away_until: Option<Date>,
    /// The seats that they took where the meeting is still to come. Of earlier ones nothing is
    /// told.
    pub ahead: Vec<Ahead>,
    /// The step that the reader may note for them.
    pub next: Option<NextStep>,
    /// What the reader may do.
    pub may: FacilitatorMay,
    /// Its tag.
    pub etag: String,
}

/// What the reader may do with somebody's place on the roster.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = FacilitatorMay)]
pub struct FacilitatorMay {
    /// Say from when on they take requests, and leave the roster: it is their own.
    pub change: bool,
}

/// A step that somebody took.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TrainingStepTaken)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// When it was noted.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Id of the post-mortem in which they took it.
    pub postmortem: Option<String>,
    /// The title of that.
    pub title: Option<String>,
    /// Id of who led with them and said so.
    pub confirmed_by: Option<String>,
}

/// A seat that somebody took, in a meeting that is still to come.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeatAhead)]
pub struct Ahead {
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// Which seat.
    pub seat: Seat,
    /// When the call begins, if it has an hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
}

/// A step that may be noted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = NextTrainingStep)]
pub struct NextStep {
    /// Which.
    pub step: Step,
    /// Id of the post-mortem in which they took it.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
}

impl From<&StepReached> for StepView {
    fn from(it: &StepReached) -> Self {
        let (postmortem, title) = it.postmortem.clone().unzip();
        let (step, at, confirmed_by) = (it.step, it.at, it.confirmed_by.clone());
        Self { step, at, postmortem, title, confirmed_by }
    }
}

impl From<&StoredSeat> for Ahead {
    fn from(it: &StoredSeat) -> Self {
        Self {
            postmortem: it.postmortem_id.clone(),
            title: it.title.clone(),
            seat: it.seat,
            starts_at: it.starts_at,
        }
    }
}

/// Everybody's place on the roster with what belongs to it.
pub(super) struct Roster {
    pub(super) all: Vec<Facilitator>,
    held: Vec<HeldSeat>,
    ahead: Vec<StoredSeat>,
}

impl Roster {
    pub(super) fn of(&self, person: &str) -> Option<&Facilitator> {
        self.all.iter().find(|it| it.person_id == person)
    }

    pub(super) fn has_graduated(&self, person: &str) -> bool {
        self.of(person).is_some_and(|it| it.reached() == Step::Graduated)
    }

    /// The meetings that somebody held, with who led them.
    fn held_by(&self, person: &str) -> Vec<Held> {
        let mut led_by: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for it in self.held.iter().filter(|it| it.seat.leads()) {
            if self.has_graduated(&it.person_id) {
                led_by.entry(&it.postmortem_id).or_default().insert(it.person_id.clone());
            }
        }
        let theirs = self.held.iter().filter(|it| it.person_id == person);
        theirs
            .map(|it| Held {
                postmortem: it.postmortem_id.clone(),
                seat: it.seat,
                led_by: led_by.get(&it.postmortem_id[..]).cloned().unwrap_or_default(),
            })
            .collect()
    }

    /// The step that somebody may note for another, or for themselves.
    pub(super) fn next(&self, noter: &str, it: &Facilitator) -> Option<NextStep> {
        let held = self.held_by(&it.person_id);
        let (step, at) = next_step(noter, &it.person_id, it.reached(), &held)?;
        let found = self.held.iter().find(|it| it.postmortem_id == at.postmortem)?;
        Some(NextStep { step, postmortem: at.postmortem.clone(), title: found.title.clone() })
    }

    pub(super) fn view(&self, caller: &Caller, it: &Facilitator) -> FacilitatorView {
        let me = &caller.person.id;
        let ahead = self
            .ahead
            .iter()
            .filter(|seat| seat.person_id == it.person_id && seat.state == SeatState::Accepted);
        FacilitatorView {
            person: it.person_id.clone(),
            reached: it.reached(),
            steps: it.steps.iter().map(Into::into).collect(),
            away_until: it.away_until,
            ahead: ahead.map(Into::into).collect(),
            next: self.next(me, it),
            may: FacilitatorMay { change: it.person_id == *me },
            etag: it.version.to_string(),
        }
    }
}

impl App {
    /// Everybody on the roster, by name, for those who lead; for everybody else their own place on
    /// it, if they have one.
    pub async fn facilitators(&self, caller: &Caller) -> Result<Vec<FacilitatorView>, AppError> {
        let sees_all = caller.may(Operation::SeeRoster);
        let roster = self.roster().await?;
        let seen = roster.all.iter().filter(|it| sees_all || it.person_id == caller.person.id);
        Ok(seen.map(|it| roster.view(caller, it)).collect())
    }

    /// The caller's own place on the roster.
    pub(super) async fn own_place(&self, caller: &Caller) -> Result<FacilitatorView, AppError> {
        let roster = self.roster().await?;
        let it = roster.of(&caller.person.id).ok_or(AppError::NotFound("place on the roster"))?;
        Ok(roster.view(caller, it))
    }

    pub(super) async fn roster(&self) -> Result<Roster, AppError> {
        // A meeting that has just ended counts at once.
        self.projector.project_due().await;
        Ok(Roster {
            all: self.storage.facilitators().await?,
            held: self.storage.held_seats().await?,
            ahead: self.storage.seats_ahead(None, self.clock.now()).await?,
        })
    }
}
