//! Teams and owners from a file.

use std::sync::Arc;

use afterword_app::{
    App, AppError, ImportedOrganisation, OrganisationFile, OrganisationFormat, ServiceChange,
    TeamChange,
};
use axum::Json;
use axum::extract::State;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};
use crate::routes::documents::SkippedDto;

/// How the file is to be read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// How it is written.
    #[param(inline)]
    format: OrganisationFormat,
    /// `codeowners`: the service that the whole repository is. Without it each folder is one.
    service: Option<String>,
    /// `codeowners`: the folder whose folders are services; those at the top if absent.
    below: Option<String>,
    /// Only says what would become of it, and stores nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportedOrganisation)]
pub(crate) struct ImportedDto {
    /// The teams that are new or change.
    teams: Vec<TeamChange>,
    /// The services that are new or change their owner.
    services: Vec<ServiceChange>,
    /// How many services have the owner already that the file names.
    unchanged: usize,
    /// What was not taken, and why.
    skipped: Vec<SkippedDto>,
}

impl From<ImportedOrganisation> for ImportedDto {
    fn from(it: ImportedOrganisation) -> Self {
        Self {
            teams: it.teams,
            services: it.services,
            unchanged: it.unchanged,
            skipped: it.skipped.into_iter().map(Into::into).collect(),
        }
    }
}

/// Import teams and owners of services: all that can be taken, in one step. It adds and changes, and
/// takes nothing away; the same file again changes nothing. For administrators.
#[utoipa::path(post, path = "/import/organisation", tag = "organisation",
    operation_id = "importOrganisation", params(How),
    request_body(content = String, content_type = "text/plain"), responses(
    (status = OK, body = ImportedDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_organisation(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(How { format, service, below, dry_run }): Query<How>,
    body: Bytes,
) -> Result<Json<ImportedDto>, ApiError> {
    let text = std::str::from_utf8(&body)
        .map_err(|_| AppError::invalid("body", "this is not UTF-8 text; save it as such"))?;
    let file = OrganisationFile { format, text: text.to_owned(), service, below, dry_run };
    Ok(Json(app.import_organisation(&caller, file).await?.into()))
}
