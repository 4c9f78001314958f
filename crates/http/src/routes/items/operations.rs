//! The operations that every kind of item has.

use std::sync::Arc;

use afterword_app::{App, AppError, Caller, Edit, Guard, Moment, Part, Precondition, Projection};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::etag::Tagged;
use crate::problem::ApiError;
use crate::routes::items::{WithTag, typed_times};

/// Makes a module with the handlers of one kind of item: add, read, change, delete, restore.
///
/// A macro, because utoipa wants each path and each schema as a literal at the handler, while
/// what the handlers do is the same for every kind.
macro_rules! item_operations {
    (
        $module:ident: $part:expr, $domain:ident::$item:ident, $new:ident => $add:ident,
        $patch:ident => $change:ident;
        $list_path:literal, $item_path:literal, $restore_path:literal;
        $add_id:literal, $read_id:literal, $change_id:literal, $delete_id:literal,
        $restore_id:literal
    ) => {
        pub(crate) mod $module {
            use std::sync::Arc;

            use afterword_app::{$new, $patch, App, Edit, Part};
            use afterword_domain::$domain::$item;
            use axum::extract::State;
            use axum::http::StatusCode;
            use serde_json::{Map, Value};
            use utoipa_axum::router::OpenApiRouter;
            use utoipa_axum::routes;

            use crate::auth::Signed;
            use crate::etag::Tagged;
            use crate::extract::{IfMatch, Json, Path};
            use crate::problem::{ApiError, Problem};
            use crate::routes::items::WithTag;
            use crate::routes::items::operations as item;

            const PART: Part = $part;

            /// Add one.
            #[utoipa::path(post, path = $list_path, tag = "record", operation_id = $add_id,
                params(("id" = String, Path)), request_body = $new, responses(
                (status = CREATED, body = WithTag<$item>),
                (status = "default", body = Problem, content_type = "application/problem+json"),
            ))]
            async fn add(
                State(app): State<Arc<App>>,
                Signed(caller): Signed,
                Path(id): Path<String>,
                Json(body): Json<Map<String, Value>>,
            ) -> Result<Tagged<WithTag<$item>>, ApiError> {
                let body = item::prepared(&app, &caller, &id, PART, body).await?;
                let new = $new { id: item::new_id(), ..item::read(body)? };
                let item_id = new.id.clone();
                let edit = Edit::$add(new);
                let added = item::write(&app, &caller, &id, Vec::new(), edit).await?;
                item::created(added.$module, |it| it.id == item_id)
            }

            /// Read one.
            #[utoipa::path(get, path = $item_path, tag = "record", operation_id = $read_id,
                params(("id" = String, Path), ("item" = String, Path)), responses(
                (status = OK, body = WithTag<$item>),
                (status = "default", body = Problem, content_type = "application/problem+json"),
            ))]
            async fn read(
                State(app): State<Arc<App>>,
                Signed(caller): Signed,
                Path((id, item_id)): Path<(String, String)>,
            ) -> Result<Tagged<WithTag<$item>>, ApiError> {
                let record = item::current(&app, &caller, &id).await?;
                item::found(record.$module, PART, |it| it.id == item_id)
            }

            /// Change one: absent stays, null clears; what stays the same keeps its authors.
            #[utoipa::path(patch, path = $item_path, tag = "record", operation_id = $change_id,
                params(("id" = String, Path), ("item" = String, Path),
                    ("If-Match" = String, Header)),
                request_body = $patch, responses(
                (status = OK, body = WithTag<$item>),
                (status = "default", body = Problem, content_type = "application/problem+json"),
            ))]
            async fn change(
                State(app): State<Arc<App>>,
                Signed(caller): Signed,
                Path((id, item_id)): Path<(String, String)>,
                IfMatch(seen): IfMatch,
                Json(body): Json<Map<String, Value>>,
            ) -> Result<Tagged<WithTag<$item>>, ApiError> {
                let body = item::prepared(&app, &caller, &id, PART, body).await?;
                let patch: $patch = item::read(body)?;
                let guard = item::guard(PART, &item_id, seen);
                let edit = Edit::$change(item_id.clone(), patch);
                let record = item::write(&app, &caller, &id, vec![guard], edit).await?;
                item::found(record.$module, PART, |it| it.id == item_id)
            }

            /// Delete one; it can be brought back with all its words.
            #[utoipa::path(delete, path = $item_path, tag = "record", operation_id = $delete_id,
                params(("id" = String, Path), ("item" = String, Path),
                    ("If-Match" = String, Header)),
                responses(
                (status = NO_CONTENT),
                (status = "default", body = Problem, content_type = "application/problem+json"),
            ))]
            async fn delete(
                State(app): State<Arc<App>>,
                Signed(caller): Signed,
                Path((id, item_id)): Path<(String, String)>,
                IfMatch(seen): IfMatch,
            ) -> Result<StatusCode, ApiError> {
                let guard = item::guard(PART, &item_id, seen);
                let edit = Edit::Delete(PART, item_id);
                item::write(&app, &caller, &id, vec![guard], edit).await?;
                Ok(StatusCode::NO_CONTENT)
            }

            /// Bring a deleted one back.
            #[utoipa::path(post, path = $restore_path, tag = "record", operation_id = $restore_id,
                params(("id" = String, Path), ("item" = String, Path)), responses(
                (status = OK, body = WithTag<$item>),
                (status = "default", body = Problem, content_type = "application/problem+json"),
            ))]
            async fn restore(
                State(app): State<Arc<App>>,
                Signed(caller): Signed,
                Path((id, item_id)): Path<(String, String)>,
            ) -> Result<Tagged<WithTag<$item>>, ApiError> {
                let written = app.restore(&caller, &id, PART, &item_id).await?;
                item::found(written.record.$module, PART, |it| it.id == item_id)
            }

            pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
                OpenApiRouter::new()
                    .routes(routes!(add))
                    .routes(routes!(read, change, delete))
                    .routes(routes!(restore))
            }
        }
    };
}

/// A new item's id.
pub(crate) fn new_id() -> String {
    afterword_app::new_id()
}

/// The body with its times as the record wants them.
pub(crate) async fn prepared(
    app: &App,
    caller: &Caller,
    id: &str,
    part: Part,
    body: Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    match part {
        Part::Timeline => typed_times::read(app, caller, id, body).await,
        _ => Ok(body),
    }
}

/// The body as what it describes.
pub(crate) fn read<T: DeserializeOwned>(body: Map<String, Value>) -> Result<T, ApiError> {
    serde_json::from_value(Value::Object(body))
        .map_err(|error| AppError::invalid("body", error.to_string()).into())
}

pub(crate) fn guard(part: Part, item: &str, read: Precondition) -> Guard {
    Guard { part, id: item.to_owned(), read }
}

pub(crate) async fn write(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    guards: Vec<Guard>,
    edit: Edit,
) -> Result<Projection, ApiError> {
    Ok(app.write_record(caller, id, guards, vec![edit]).await?.record)
}

pub(crate) async fn current(app: &App, caller: &Caller, id: &str) -> Result<Projection, ApiError> {
    Ok(app.record(caller, id, Moment::Now).await?.record)
}

/// The item, or that there is none.
pub(crate) fn found<T: Serialize>(
    items: Vec<T>,
    part: Part,
    is_it: impl Fn(&T) -> bool,
) -> Result<Tagged<WithTag<T>>, ApiError> {
    let item = items.into_iter().find(is_it).ok_or(AppError::NotFound(part.item()))?;
    let item = WithTag::new(item);
    Ok(Tagged::ok(item.etag.clone(), item))
}

/// The item that was just added.
pub(crate) fn created<T: Serialize>(
    items: Vec<T>,
    is_it: impl Fn(&T) -> bool,
) -> Result<Tagged<WithTag<T>>, ApiError> {
    let item = items.into_iter().find(is_it);
    let item = item.ok_or_else(|| AppError::internal("what was added is not there"))?;
    let item = WithTag::new(item);
    Ok(Tagged::created(item.etag.clone(), item))
}
