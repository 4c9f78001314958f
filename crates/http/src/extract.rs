//! What handlers read from a request, with refusals as problems.

use afterword_app::Precondition;
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use axum::response::Response;

use crate::problem::{Unreadable, precondition_required};

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(Unreadable))]
pub(crate) struct Json<T>(pub(crate) T);

/// The query.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Unreadable))]
pub(crate) struct Query<T>(pub(crate) T);

/// Parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Unreadable))]
pub(crate) struct Path<T>(pub(crate) T);

/// The `If-Match` header, without which a write to one thing is refused.
pub(crate) struct IfMatch(pub(crate) Precondition);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let header = parts.headers.get(IF_MATCH).and_then(|value| value.to_str().ok());
        header.map(read_if_match).map(Self).ok_or_else(precondition_required)
    }
}

fn read_if_match(header: &str) -> Precondition {
    if header.trim() == "*" {
        return Precondition::Any;
    }
    let tag = |tag: &str| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    Precondition::OneOf(header.split(',').map(tag).collect())
}

impl IfMatch {
    /// The version that the writer read, for things that count their versions; `None`: any.
    pub(crate) fn version(&self) -> Option<i64> {
        match &self.0 {
            Precondition::Any => None,
            // A tag that is no number was never given out: no version is -1.
            Precondition::OneOf(tags) => {
                Some(tags.iter().find_map(|tag| tag.parse().ok()).unwrap_or(-1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_is_read() {
        let tags =
            |tags: &[&str]| Precondition::OneOf(tags.iter().map(|&t| t.to_owned()).collect());
        assert_eq!(read_if_match("*"), Precondition::Any);
        assert_eq!(read_if_match("\"a\""), tags(&["a"]));
        assert_eq!(read_if_match("\"a\", W/\"b\""), tags(&["a", "b"]));
    }

    #[test]
    fn versions() {
        assert_eq!(IfMatch(Precondition::Any).version(), None);
        assert_eq!(IfMatch(read_if_match("\"7\"")).version(), Some(7));
        assert_eq!(IfMatch(read_if_match("\"seven\"")).version(), Some(-1));
    }
}
