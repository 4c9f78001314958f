//! The list of actions as a file.

use std::sync::Arc;

use afterword_app::{ActionsWanted, App, AppError, Caller, ListedAction, Page, PageRequest};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use futures_util::stream::{self, Stream, StreamExt as _};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::list::ActionDto;
use super::table;
use super::wanted::Wanted;
use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// So many are in memory at once.
const AT_ONCE: u32 = 500;

/// In which form.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// A table for a spreadsheet.
    Csv,
    /// A list, as `GET /actions` answers its items.
    Json,
}

/// In which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Form {
    /// CSV if absent.
    #[param(inline)]
    format: Option<Format>,
}

/// What is asked for page by page.
struct Reading {
    app: Arc<App>,
    caller: Caller,
    wanted: ActionsWanted,
}

impl Reading {
    async fn page(&self, cursor: Option<String>) -> Result<Page<ListedAction>, AppError> {
        self.app.actions(&self.caller, &self.wanted, &PageRequest { limit: AT_ONCE, cursor }).await
    }

    /// Every page from this one on.
    fn pages(
        self,
        first: Page<ListedAction>,
    ) -> impl Stream<Item = Result<Vec<ListedAction>, AppError>> {
        let later = stream::try_unfold((self, first.next), |(reading, next)| async move {
            let Some(cursor) = next else { return Ok(None) };
            let page = reading.page(Some(cursor)).await?;
            Ok(Some((page.items, (reading, page.next))))
        });
        stream::iter([Ok(first.items)]).chain(later)
    }
}

/// All actions of a list as a file, however many: CSV for a spreadsheet, or JSON.
#[utoipa::path(get, path = "/actions/export", tag = "actions", operation_id = "exportActions",
    params(Wanted, Form), responses(
    (status = OK, body = String, content_type = "text/csv"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn export_actions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(form): Query<Form>,
) -> Result<impl IntoResponse, ApiError> {
    let public_url = app.settings().public_url.clone();
    let reading = Reading { app, caller, wanted: wanted.read()? };
    // What is refused is refused before anything is sent.
    let first = reading.page(None).await?;
    let pages = reading.pages(first);
    let (media_type, name, body) = match form.format.unwrap_or(Format::Csv) {
        Format::Csv => {
            let rows = pages.map(move |page| table::rows(&page?, &public_url));
            let body = stream::iter([table::head()]).chain(rows);
            ("text/csv; charset=utf-8", "actions.csv", Body::from_stream(body))
        }
        Format::Json => ("application/json", "actions.json", Body::from_stream(json(pages))),
    };
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body))
}

/// The pages as one list.
fn json(
    pages: impl Stream<Item = Result<Vec<ListedAction>, AppError>>,
) -> impl Stream<Item = Result<String, AppError>> {
    let mut any = false;
    let items = pages.map(move |page| -> Result<String, AppError> {
        let mut text = String::new();
        for action in page? {
            text.push_str(if std::mem::replace(&mut any, true) { ",\n" } else { "\n" });
            text += &serde_json::to_string(&ActionDto::from(action)).map_err(AppError::internal)?;
        }
        Ok(text)
    });
    stream::iter([Ok("[".to_owned())]).chain(items).chain(stream::iter([Ok("\n]\n".to_owned())]))
}
