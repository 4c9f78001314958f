//! How a tool is switched on.

use std::sync::Arc;

use afterword_app::{App, source_page};
use axum::Json;
use axum::extract::State;
use pulldown_cmark::{Event, Options, Parser, Tag, html};
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// A page of the documentation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourcePage)]
pub(crate) struct PageDto {
    title: String,
    /// What stands below the title; HTML of our own.
    html: String,
}

/// How a tool is switched on, or a file is imported: the page `docs/sources/{name}.md`.
#[utoipa::path(get, path = "/source-pages/{name}", tag = "evidence",
    operation_id = "readSourcePage", params(("name" = String, Path)), responses(
    (status = OK, body = PageDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_source_page(
    State(_app): State<Arc<App>>,
    Signed(_reader): Signed,
    Path(name): Path<String>,
) -> Result<Json<PageDto>, ApiError> {
    Ok(Json(rendered(source_page(&name)?)))
}

fn rendered(markdown: &str) -> PageDto {
    let (first, rest) = markdown.split_once('\n').unwrap_or((markdown, ""));
    let mut html = String::with_capacity(rest.len() * 2);
    html::push_html(&mut html, Parser::new_ext(rest, Options::ENABLE_TABLES).map(linked));
    PageDto { title: first.trim_start_matches('#').trim().to_owned(), html }
}

/// Links between these pages lead to where the web app shows them.
fn linked(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = match dest_url.strip_suffix(".md") {
                Some(name) if !name.contains('/') => format!("/docs/sources/{name}").into(),
                _ => dest_url,
            };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_title_its_tables_and_its_links() {
        let page = rendered(
            "# Tool\n\nSee [git](git.md) and [it](https://a.example/b.md).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(page.title, "Tool");
        assert!(page.html.contains(r#"<a href="/docs/sources/git">git</a>"#), "{}", page.html);
        assert!(page.html.contains(r#"<a href="https://a.example/b.md">"#), "{}", page.html);
        assert!(page.html.contains("<td>2</td>"), "{}", page.html);
    }
}
