//! The sources and how they fare.

use std::sync::Arc;

use afterword_app::{App, Setting, Vendor, vendors};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceState;
use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// A system that can be set up as a source.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Vendor)]
pub(crate) struct VendorDto {
    slug: &'static str,
    name: &'static str,
    /// Whether it sends messages.
    sends: bool,
    /// Whether it can be asked, with a token.
    asked: bool,
    /// What can be set about what is asked of it, in the order of a form.
    settings: Vec<SettingDto>,
}

/// Something that can be set about what is asked of a source.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VendorSetting)]
pub(crate) struct SettingDto {
    /// Its key in a source's `settings`.
    key: &'static str,
    /// Its name for people.
    label: &'static str,
    /// What to write.
    hint: &'static str,
    /// Whether nothing can be asked without it.
    required: bool,
    /// Whether it is a list of texts; otherwise it is a text.
    many: bool,
}

impl From<&Setting> for SettingDto {
    fn from(it: &Setting) -> Self {
        Self { key: it.key(), label: it.label, hint: it.hint, required: it.required, many: it.many }
    }
}

impl From<Vendor> for VendorDto {
    fn from(it: Vendor) -> Self {
        Self {
            slug: it.slug,
            name: it.name,
            sends: it.sends,
            asked: it.asked,
            settings: it.settings.iter().map(Into::into).collect(),
        }
    }
}

/// Every source that is set up, and every name under which programs reported events; for
/// administrators.
#[utoipa::path(get, path = "/sources", tag = "evidence", operation_id = "listSources",
    responses(
    (status = OK, body = [SourceState]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_sources(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<SourceState>>, ApiError> {
    let sources = app.sources(&caller).await?;
    Ok(Json(sources.into_iter().map(|it| SourceState::new(&app, it)).collect()))
}

/// The systems that can be set up as a source.
#[utoipa::path(get, path = "/vendors", tag = "evidence", operation_id = "listVendors",
    responses(
    (status = OK, body = [VendorDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_vendors(
    State(_app): State<Arc<App>>,
    Signed(_reader): Signed,
) -> Result<Json<Vec<VendorDto>>, ApiError> {
    Ok(Json(vendors().into_iter().map(Into::into).collect()))
}
