//! The items of a record: entries, nodes, themes and actions, each read and written alike.

mod batch;
#[macro_use]
mod operations;
mod typed_times;

use std::sync::Arc;

use afterword_app::{App, tag_of};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// An item with the tag to be sent as `If-Match` when it is written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithTag<T> {
    #[serde(flatten)]
    item: T,
    etag: String,
}

impl<T: Serialize> WithTag<T> {
    pub(crate) fn new(item: T) -> Self {
        Self { etag: tag_of(&item), item }
    }
}

item_operations! {
    timeline: Part::Timeline, timeline::Entry, NewEntry => AddEntry, EntryPatch => PatchEntry;
    "/postmortems/{id}/timeline", "/postmortems/{id}/timeline/{item}",
    "/postmortems/{id}/timeline/{item}/restore";
    "addEntry", "readEntry", "changeEntry", "deleteEntry", "restoreEntry"
}
item_operations! {
    analysis: Part::Analysis, analysis::Node, NewNode => AddNode, NodePatch => PatchNode;
    "/postmortems/{id}/analysis", "/postmortems/{id}/analysis/{item}",
    "/postmortems/{id}/analysis/{item}/restore";
    "addNode", "readNode", "changeNode", "deleteNode", "restoreNode"
}
item_operations! {
    themes: Part::Themes, analysis::Theme, NewTheme => AddTheme, ThemePatch => PatchTheme;
    "/postmortems/{id}/themes", "/postmortems/{id}/themes/{item}",
    "/postmortems/{id}/themes/{item}/restore";
    "addTheme", "readTheme", "changeTheme", "deleteTheme", "restoreTheme"
}
item_operations! {
    actions: Part::Actions, action::Action, NewAction => AddAction, ActionPatch => PatchAction;
    "/postmortems/{id}/actions", "/postmortems/{id}/actions/{item}",
    "/postmortems/{id}/actions/{item}/restore";
    "addAction", "readAction", "changeAction", "deleteAction", "restoreAction"
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(batch::add_entries))
        .merge(timeline::routes())
        .merge(analysis::routes())
        .merge(themes::routes())
        .merge(actions::routes())
}
