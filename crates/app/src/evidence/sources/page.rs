//! How a tool is switched on.

use afterword_integrations::page;

use crate::error::AppError;

/// How a tool is switched on, or a file is imported, as Markdown.
pub fn source_page(name: &str) -> Result<&'static str, AppError> {
    page(name).ok_or(AppError::NotFound("page"))
}
