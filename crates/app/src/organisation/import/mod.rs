//! Teams and owners from a file. It adds and changes; it takes nothing away.

mod resolve;

use afterword_domain::policy::Operation;
use afterword_integrations::catalog::{
    Catalog, CodeOwners, read_backstage, read_codeowners, read_table,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::documents::Skipped;
use crate::error::AppError;
use crate::record::in_background;
use resolve::Resolver;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrganisationFormat {
    /// A table with the columns service, team, lead email, members.
    Csv,
    /// Patterns of paths with their owners, as GitHub and GitLab have them.
    Codeowners,
    /// Entities of Backstage's catalog, in YAML.
    Backstage,
}

/// A file to be imported.
#[derive(Clone, Debug)]
pub struct OrganisationFile {
    /// How it is written.
    pub format: OrganisationFormat,
    /// What it says.
    pub text: String,
    /// `CODEOWNERS`: the service that the whole repository is.
    pub service: Option<String>,
    /// `CODEOWNERS`: the folder whose folders are services; the top if absent.
    pub below: Option<String>,
    /// Whether it is only looked at, and nothing stored.
    pub dry_run: bool,
}

/// What becomes of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportedTeam)]
pub struct TeamChange {
    /// For people.
    pub name: String,
    /// Whether it was not there before.
    pub new: bool,
    /// The name of its new lead, if that changes.
    pub lead: Option<String>,
    /// The names of whoever joins it.
    pub joined: Vec<String>,
}

/// What becomes of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportedService)]
pub struct ServiceChange {
    /// The line of the file.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// The team that owns it then.
    pub team: String,
    /// The team that owned it before.
    pub before: Option<String>,
    /// Whether it was not there before.
    pub new: bool,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct ImportedOrganisation {
    /// The teams that are new or change.
    pub teams: Vec<TeamChange>,
    /// The services that are new or change their owner.
    pub services: Vec<ServiceChange>,
    /// How many services have the owner already that the file names.
    pub unchanged: usize,
    /// What was not taken, and why.
    pub skipped: Vec<Skipped>,
}

impl App {
    /// Imports teams and owners: all that can be taken, in one step, with what was not.
    pub async fn import_organisation(
        &self,
        caller: &Caller,
        file: OrganisationFile,
    ) -> Result<ImportedOrganisation, AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let dry_run = file.dry_run;
        let catalog = in_background(move || read(file)).await??;
        let people = self.storage.people().await?;
        let mut resolver = Resolver::new(people, self.storage.organisation().await?);
        resolver.take(catalog);
        let done = resolver.done();
        if !dry_run {
            self.storage.save_organisation(&done.teams, &done.services).await?;
        }
        Ok(done.report)
    }
}

fn read(file: OrganisationFile) -> Result<Catalog, AppError> {
    let some =
        |text: Option<String>| text.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let read = match file.format {
        OrganisationFormat::Csv => read_table(&file.text),
        OrganisationFormat::Backstage => read_backstage(&file.text),
        OrganisationFormat::Codeowners => {
            let how = CodeOwners { service: some(file.service), below: some(file.below) };
            read_codeowners(&file.text, &how)
        }
    };
    let catalog = read.map_err(|no| AppError::invalid("body", no.to_string()))?;
    if catalog.teams.is_empty() && catalog.services.is_empty() {
        let why = catalog
            .skipped
            .first()
            .map_or_else(String::new, |it| format!("; line {}: {}", it.line, it.why));
        return Err(AppError::invalid("body", format!("nothing in it can be taken{why}")));
    }
    Ok(catalog)
}
