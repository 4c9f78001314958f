//! Which secrets are masked.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::evidence::mask_rules;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// A form of secret that is masked before a message is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaskRule {
    /// What it is for.
    name: &'static str,
    /// A regular expression; its group `secret` is replaced, or the whole where there is none.
    pattern: &'static str,
}

/// The rules by which secrets in messages are masked before they are kept.
#[utoipa::path(get, path = "/mask-rules", tag = "evidence", operation_id = "listMaskRules",
    responses(
    (status = OK, body = [MaskRule]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_mask_rules(
    State(_app): State<Arc<App>>,
    Signed(_reader): Signed,
) -> Result<Json<Vec<MaskRule>>, ApiError> {
    let rules = mask_rules().iter().map(|it| MaskRule { name: it.name, pattern: it.pattern });
    Ok(Json(rules.collect()))
}
