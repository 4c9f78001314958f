//! Services and who owns them.

use afterword_domain::organisation::Service;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::LONGEST_LABEL;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Who owns a service.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceToSave {
    /// The id of a team; nobody if absent.
    pub team: Option<String>,
}

impl App {
    /// Every service on the list, by name.
    pub async fn services(&self, caller: &Caller) -> Result<Vec<Service>, AppError> {
        caller.permit(Operation::ListPeople)?;
        Ok(self.storage.services().await?)
    }

    /// Says who owns a service. One that is spelled otherwise on the list keeps its name.
    pub async fn save_service(
        &self,
        caller: &Caller,
        name: &str,
        new: ServiceToSave,
    ) -> Result<Service, AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let name = name.trim();
        if !(1..=LONGEST_LABEL).contains(&name.chars().count()) {
            let detail = format!("write a name of 1 to {LONGEST_LABEL} characters");
            return Err(AppError::invalid("name", detail));
        }
        let known = self.storage.organisation().await?;
        if let Some(team) = &new.team
            && !known.teams.iter().any(|it| it.id == *team)
        {
            return Err(AppError::invalid("team", "there is no such team"));
        }
        let name = known.service(name).map_or(name, |it| &it.name[..]).to_owned();
        let service = Service { name, team: new.team };
        self.storage.save_service(&service).await?;
        Ok(service)
    }

    /// Takes a service off the list.
    pub async fn remove_service(&self, caller: &Caller, name: &str) -> Result<(), AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let removed = self.storage.remove_service(name).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("service")) }
    }
}
