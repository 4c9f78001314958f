//! Changing a post-mortem: its title, its incident's times, its stage.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_record::edit::Field;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::{
    PostmortemView, check_incident, check_label, check_services, check_title,
};

/// What is to change: absent stays, null clears.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostmortemChange)]
pub struct PostmortemPatch {
    /// One line.
    pub title: Option<String>,
    /// Its times.
    #[serde(default)]
    pub incident: IncidentPatch,
    /// As the organisation calls it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub severity: Field<String>,
    /// The services involved.
    pub services: Option<Vec<String>>,
    /// Whether it nearly happened and did not.
    pub near_miss: Option<bool>,
    /// Where on its path it is; refused while the stage is closed.
    pub stage: Option<Stage>,
    /// How people appear when it is published.
    pub naming: Option<Naming>,
}

/// What is to change about the incident's times.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IncidentChange)]
pub struct IncidentPatch {
    /// When it began.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// When somebody or something first noticed.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub detected_at: Field<Timestamp>,
    /// When production was safe again.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stabilised_at: Field<Timestamp>,
    /// When everything was back to normal.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Field<Timestamp>,
}

impl IncidentPatch {
    fn apply(self, times: IncidentTimes) -> IncidentTimes {
        IncidentTimes {
            started_at: self.started_at.unwrap_or(times.started_at),
            detected_at: self.detected_at.over(times.detected_at),
            stabilised_at: self.stabilised_at.over(times.stabilised_at),
            resolved_at: self.resolved_at.over(times.resolved_at),
        }
    }
}

impl App {
    /// Changes a post-mortem. `version`: the one that was read; any if absent.
    pub async fn change_postmortem(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: PostmortemPatch,
    ) -> Result<PostmortemView, AppError> {
        let read = self.permitted(caller, id, Operation::SteerPostmortem).await?;
        let mut changed = patched(read, patch)?;
        changed.version = version.unwrap_or(changed.version);
        self.storage.change_postmortem(&changed).await?;
        self.postmortem(caller, id).await
    }
}

fn patched(mut it: Postmortem, patch: PostmortemPatch) -> Result<Postmortem, AppError> {
    if let Some(title) = patch.title {
        it.title = check_title(&title)?;
    }
    let severity = patch.severity.over(it.severity).unwrap_or_default();
    it.severity = check_label("severity", &severity)?;
    if let Some(services) = patch.services {
        it.services = check_services(&services)?;
    }
    it.near_miss = patch.near_miss.unwrap_or(it.near_miss);
    it.naming = patch.naming.unwrap_or(it.naming);
    let incident = patch.incident.apply(it.incident);
    if incident != it.incident {
        check_incident(&incident)?;
        it = it.with_incident(incident);
    }
    if let Some(stage) = patch.stage {
        let open = stage.check(&it.incident, it.published_at.is_some());
        open.map_err(|closed| AppError::Conflict(closed.to_string()))?;
        it.stage = stage;
    }
    Ok(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(stabilised: bool) -> IncidentTimes {
        let started_at = "2026-03-01T18:00:00Z".parse().expect("a time");
        IncidentTimes {
            started_at,
            detected_at: None,
            stabilised_at: stabilised.then_some(started_at),
            resolved_at: None,
        }
    }

    fn postmortem(stage: Stage, stabilised: bool) -> Postmortem {
        Postmortem {
            id: "an id".to_owned(),
            title: "a title".to_owned(),
            incident: times(stabilised),
            severity: None,
            services: Vec::new(),
            near_miss: false,
            stage,
            naming: Naming::Names,
            created_by: "somebody".to_owned(),
            created_at: "2026-03-01T18:00:00Z".parse().expect("a time"),
            published_at: None,
            version: 1,
        }
    }

    #[test]
    fn stabilising_ends_the_response() {
        let incident = IncidentPatch {
            stabilised_at: Field::Set(times(true).started_at),
            ..IncidentPatch::default()
        };
        let patch = PostmortemPatch { incident, ..PostmortemPatch::default() };
        let changed = patched(postmortem(Stage::Respond, false), patch).expect("a change");
        assert_eq!(changed.stage, Stage::Rest);
    }

    #[test]
    fn analysis_waits_for_stabilising() {
        let patch =
            || PostmortemPatch { stage: Some(Stage::Analyse), ..PostmortemPatch::default() };
        let closed = patched(postmortem(Stage::Record, false), patch());
        assert!(matches!(closed, Err(AppError::Conflict(_))));
        let open = patched(postmortem(Stage::Record, true), patch()).expect("a change");
        assert_eq!(open.stage, Stage::Analyse);
    }

    #[test]
    fn services_are_listed_once() {
        let patch = PostmortemPatch {
            services: Some(vec!["checkout".to_owned(), " checkout ".to_owned(), String::new()]),
            ..PostmortemPatch::default()
        };
        let changed = patched(postmortem(Stage::Record, true), patch).expect("a change");
        assert_eq!(changed.services, ["checkout"]);
    }
}
