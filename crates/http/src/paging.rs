//! Lists by cursor.

use afterword_app::{Page, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Which part of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// How many items, 1 to 200; 50 if absent.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl Paging {
    pub(crate) fn request(self) -> PageRequest {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
        PageRequest { limit, cursor: self.cursor }
    }
}

/// Part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// The items in order.
    items: Vec<T>,
    /// The `cursor` of the next page; null at the end.
    next: Option<String>,
}

impl<T> Listed<T> {
    /// A page with each item as it is shown.
    pub(crate) fn from_page<U>(page: Page<U>, show: impl FnMut(U) -> T) -> Self {
        let page = page.map(show);
        Self { items: page.items, next: page.next }
    }

    /// A list that always fits on one page.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
