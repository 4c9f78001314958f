//! Teams with their lead and members.

use std::collections::BTreeSet;

use afterword_domain::organisation::{Service, Team};
use afterword_domain::policy::Operation;
use afterword_record::edit::Field;
use afterword_storage::StorageError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{check_people, check_team_name};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::precondition::{Precondition, tag_of};
use crate::secrets::new_id;
use crate::slugs::checked_slug;

/// A team as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamView {
    /// UUID.
    pub id: String,
    /// How files name it.
    pub slug: String,
    /// For people.
    pub name: String,
    /// A person's id.
    pub lead: Option<String>,
    /// The ids of its members; the lead may be one of them.
    pub members: BTreeSet<String>,
    /// The services that it owns, by name.
    pub services: Vec<String>,
    /// The tag of its name, lead and members.
    pub etag: String,
}

/// A team to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamToAdd {
    /// For people, 1 to 100 characters.
    pub name: String,
    /// Lower-case letters, digits and hyphens; made of the name if absent.
    pub slug: Option<String>,
    /// A person's id.
    pub lead: Option<String>,
    /// People's ids.
    #[serde(default)]
    pub members: BTreeSet<String>,
}

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = TeamChange)]
pub struct TeamPatch {
    /// For people.
    pub name: Option<String>,
    /// A person's id; null: none.
    #[schema(value_type = Option<String>)]
    pub lead: Field<String>,
    /// People's ids: all of them.
    pub members: Option<BTreeSet<String>>,
}

fn tag(team: &Team) -> String {
    tag_of(&(&team.name, &team.lead, &team.members))
}

fn view(team: Team, services: &[Service]) -> TeamView {
    let owned = services.iter().filter(|it| it.team.as_ref() == Some(&team.id));
    TeamView {
        services: owned.map(|it| it.name.clone()).collect(),
        etag: tag(&team),
        id: team.id,
        slug: team.slug,
        name: team.name,
        lead: team.lead,
        members: team.members,
    }
}

impl App {
    /// Every team, by name.
    pub async fn teams(&self, caller: &Caller) -> Result<Vec<TeamView>, AppError> {
        caller.permit(Operation::ListPeople)?;
        let services = self.storage.services().await?;
        Ok(self.storage.teams().await?.into_iter().map(|it| view(it, &services)).collect())
    }

    /// Adds a team.
    pub async fn add_team(&self, caller: &Caller, new: TeamToAdd) -> Result<TeamView, AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let name = check_team_name(&new.name)?;
        let slug = checked_slug(new.slug.as_deref(), &name)?;
        let team = Team { id: new_id(), slug, name, lead: new.lead, members: new.members };
        self.check_team(&team).await?;
        self.storage.add_team(&team).await.map_err(taken)?;
        Ok(view(team, &[]))
    }

    /// Changes a team's name, lead and members.
    pub async fn change_team(
        &self,
        caller: &Caller,
        id: &str,
        read: &Precondition,
        patch: TeamPatch,
    ) -> Result<TeamView, AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let services = self.storage.services().await?;
        let before = self.team(id).await?;
        read.check(&[&tag(&before)], || serde_json::json!(view(before.clone(), &services)))?;
        let team = Team {
            name: check_team_name(patch.name.as_ref().unwrap_or(&before.name))?,
            lead: patch.lead.over(before.lead),
            members: patch.members.unwrap_or(before.members),
            ..before
        };
        self.check_team(&team).await?;
        let changed = self.storage.change_team(&team).await?;
        if changed { Ok(view(team, &services)) } else { Err(AppError::NotFound("team")) }
    }

    /// Removes a team; its services have no owner then.
    pub async fn remove_team(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let removed = self.storage.remove_team(id).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("team")) }
    }

    async fn team(&self, id: &str) -> Result<Team, AppError> {
        let found = self.storage.teams().await?.into_iter().find(|it| it.id == id);
        found.ok_or(AppError::NotFound("team"))
    }

    async fn check_team(&self, team: &Team) -> Result<(), AppError> {
        let people = self.storage.people().await?;
        check_people(&people, "lead", &team.lead)?;
        check_people(&people, "members", &team.members)
    }
}

fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => AppError::Conflict("there is such a team already".to_owned()),
        other => other.into(),
    }
}
