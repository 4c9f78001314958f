//! Changing a post-mortem: its title, its incident's times, its stage.

use afterword_domain::incident::{IncidentPatch, IncidentTimes};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::{
    PostmortemView, check_incident, check_label, check_services, check_title,
};

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PostmortemPatch {
    /// One line.
    pub title: Option<String>,
    /// Its times.
    pub incident: IncidentPatch,
    /// As the organisation calls it; `Some(None)` clears it.
    pub severity: Option<Option<String>>,
    /// The services involved.
    pub services: Option<Vec<String>>,
    /// Where on its path it is.
    pub stage: Option<Stage>,
    /// How people appear when it is published.
    pub naming: Option<Naming>,
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
    if let Some(severity) = patch.severity {
        it.severity = check_label("severity", severity.as_deref().unwrap_or_default())?;
    }
    if let Some(services) = patch.services {
        it.services = check_services(&services)?;
    }
    it.naming = patch.naming.unwrap_or(it.naming);
    let incident = patch.incident.apply(it.incident);
    if incident != it.incident {
        check_incident(&incident)?;
        it = with_incident(it, incident);
    }
    if let Some(stage) = patch.stage {
        let open = stage.check(&it.incident, it.published_at.is_some());
        open.map_err(|closed| AppError::Conflict(closed.to_string()))?;
        it.stage = stage;
    }
    Ok(it)
}

/// Production safe again ends the response; production unsafe again, with nothing analysed yet,
/// returns to it.
fn with_incident(mut it: Postmortem, incident: IncidentTimes) -> Postmortem {
    let was_stabilised = it.incident.is_stabilised();
    it.incident = incident;
    match (was_stabilised, incident.is_stabilised()) {
        (false, true) if it.stage == Stage::Respond => it.stage = Stage::Rest,
        (true, false) if it.published_at.is_none() => it.stage = Stage::Respond,
        _ => {}
    }
    it
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
            stabilised_at: Some(times(true).stabilised_at),
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
