//! Asking Linear: one address for all questions, and errors that come with whatever status.
//!
//! <https://linear.app/developers/graphql>, <https://linear.app/developers/rate-limiting>

use http::Method;
use http::header::AUTHORIZATION;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::evidence::{Address, Answer, send};
use crate::tickets::{Desk, TicketError};

/// Tokens that people make begin so; the others are of applications.
const PERSONAL: &str = "lin_api_";
/// How it begins when there is no such issue, in whichever words it goes on.
const NO_ISSUE: &str = "Entity not found: Issue";
/// What asking again does not mend.
const REFUSALS: [&str; 7] = [
    "INPUT_ERROR",
    "INVALID_INPUT",
    "BAD_USER_INPUT",
    "GRAPHQL_VALIDATION_FAILED",
    "FORBIDDEN",
    "FEATURE_NOT_ACCESSIBLE",
    "USAGE_LIMIT_EXCEEDED",
];

#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

#[derive(Deserialize)]
struct Failed {
    #[serde(default)]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Extensions {
    code: String,
    user_error: bool,
    user_presentable_message: Option<String>,
}

/// Asks a question with its variables.
pub(super) async fn ask<T: DeserializeOwned>(
    desk: &Desk<'_>,
    address: &Address,
    question: &str,
    variables: Value,
) -> Result<T, TicketError> {
    let authorization = if desk.token.starts_with(PERSONAL) {
        desk.token.to_owned()
    } else {
        format!("Bearer {}", desk.token)
    };
    let headers = [(AUTHORIZATION, &*authorization)];
    let url = address.below(&["graphql"], &[]);
    let body = json!({"query": question, "variables": variables});
    let answer = send(desk.client, Method::POST, url, &headers, Some(&body)).await?;
    let failed = serde_json::from_slice::<Failed>(&answer.body).ok();
    if let Some(problem) = failed.and_then(|it| it.errors.into_iter().next()) {
        return Err(problem.told(&answer));
    }
    answer.check()?;
    Ok(answer.json::<Data<T>>()?.data)
}

impl Problem {
    fn told(self, answer: &Answer) -> TicketError {
        let Extensions { code, user_error, user_presentable_message } = self.extensions;
        if code == "RATELIMITED" || answer.status.as_u16() == 429 {
            return TicketError::TooOften(answer.wait());
        }
        if code == "AUTHENTICATION_ERROR" {
            return TicketError::Refused("Linear does not accept the token".to_owned());
        }
        if is_no_issue(&self.message) {
            return TicketError::Gone;
        }
        let why = user_presentable_message.unwrap_or(self.message);
        if user_error || REFUSALS.contains(&&*code) {
            return TicketError::Refused(format!("Linear does not take it: {why}"));
        }
        TicketError::Unavailable(format!("Linear answers: {why}"))
    }
}

/// No other sort of thing, whose name only begins alike.
fn is_no_issue(message: &str) -> bool {
    let rest = message.strip_prefix(NO_ISSUE);
    rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_issue_that_is_not_there_is_gone() {
        assert!(is_no_issue("Entity not found: Issue"));
        assert!(is_no_issue("Entity not found: Issue - Could not find referenced Issue."));
        assert!(!is_no_issue("Entity not found: IssueLabel"));
        assert!(!is_no_issue("Entity not found: Team"));
    }
}
