//! How meetings fared before and after a version of a handbook.

use std::collections::BTreeSet;

use afterword_domain::action::{Action, ActionState};
use afterword_domain::handbook::built_in;
use afterword_domain::people::Discipline;
use afterword_domain::policy::Operation;
use afterword_domain::process::{Case, Figures, Outcomes, figures};
use afterword_domain::survey::{FEWEST_SHOWN, counted};
use afterword_record::Projection;
use afterword_storage::{HandbookVersion, HeldMeeting};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Of so many meetings at most, the newest.
const MOST: i64 = 200;

/// Which figures are wanted.
#[derive(Clone, Debug, Default)]
pub struct FiguresWanted {
    /// Id of the handbook; that which comes first if absent.
    pub handbook: Option<String>,
    /// Around which version; the newest if absent.
    pub version: Option<i64>,
}

/// The figures of a handbook around one of its versions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcessFigures {
    /// Id of the handbook.
    pub handbook: String,
    /// What it is called.
    pub name: String,
    /// Its versions, newest first: each with what it was made for.
    pub versions: Vec<VersionMade>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// What one might look for here, and why it is not here.
    pub left_out: Vec<&'static str>,
}

/// A version, and what it was made for.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProcessVersion)]
pub struct VersionMade {
    /// Its number.
    pub version: i64,
    /// What it was made for.
    pub reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
}

impl From<HandbookVersion> for VersionMade {
    fn from(it: HandbookVersion) -> Self {
        Self { version: it.version, reason: it.reason, made_at: it.made_at }
    }
}

const LEFT_OUT: [&str; 1] =
    ["Which share of the incidents that should be reviewed was reviewed: Afterword knows of an \
     incident only when somebody opens its post-mortem."];

impl App {
    /// The figures of a handbook around one of its versions.
    pub async fn process_figures(
        &self,
        caller: &Caller,
        wanted: FiguresWanted,
    ) -> Result<ProcessFigures, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        let usual = built_in().first().map(|it| it.id.to_owned());
        let id = wanted.handbook.or(usual).unwrap_or_default();
        let handbook = self.kept_handbook(&id, wanted.version).await?;
        self.projector.project_due().await;
        let meetings = self.storage.meetings_with(&id, MOST).await?;
        let cases = meetings.into_iter().map(case).collect::<Result<Vec<_>, _>>()?;
        let versions = self.storage.handbook_versions(&id).await?;
        Ok(ProcessFigures {
            name: handbook.content.name,
            versions: versions.into_iter().map(Into::into).collect(),
            figures: figures(&cases, handbook.version),
            left_out: LEFT_OUT.to_vec(),
            handbook: id,
        })
    }
}

/// A meeting as far as its process is concerned.
fn case(it: HeldMeeting) -> Result<Case, AppError> {
    let record: Projection = serde_json::from_str(&it.record).map_err(AppError::internal)?;
    let nobody = Discipline::default();
    let entries = || record.timeline.iter().filter(|entry| !entry.proposed);
    let lanes: BTreeSet<_> = entries().map(|entry| entry.lane.as_str()).collect();
    let with_evidence = entries().filter(|entry| !entry.evidence.is_empty());
    let shown = it.answers.len() >= FEWEST_SHOWN;
    Ok(Case {
        id: it.postmortem_id,
        title: it.title,
        version: it.version,
        started_at: it.started_at,
        ended_at: it.ended_at,
        opened_at: it.opened_at,
        published_at: it.published_at,
        looked_back: record.meeting.looked_back,
        // Whoever names no discipline stands for none.
        disciplines: lanes.iter().filter(|lane| **lane != nobody.as_str()).count(),
        entries: entries().count(),
        with_evidence: with_evidence.count(),
        survey: shown.then(|| counted(&it.answers)),
        actions: outcomes(&record.actions),
        told: it.told,
    })
}

fn outcomes(actions: &[Action]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for action in actions {
        match action.state {
            ActionState::Done => outcomes.done += 1,
            ActionState::Declined if !action.reason.trim().is_empty() => outcomes.declined += 1,
            ActionState::Open | ActionState::Doing => outcomes.open += 1,
            ActionState::Declined | ActionState::Parked => {}
        }
    }
    outcomes
}
