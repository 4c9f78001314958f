//! The organisation's disciplines.

mod read;
mod set;

use std::sync::Arc;

use afterword_app::{App, DisciplineLabel};
use afterword_domain::people::Discipline;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A discipline and what it is called.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = DisciplineLabel)]
pub(crate) struct DisciplineDto {
    slug: Discipline,
    label: String,
}

impl From<DisciplineLabel> for DisciplineDto {
    fn from(it: DisciplineLabel) -> Self {
        Self { slug: it.slug, label: it.label }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(read::read_disciplines, set::set_disciplines))
}
