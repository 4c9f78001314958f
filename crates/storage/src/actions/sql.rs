//! Conditions of a statement that depend on what is asked for, with their values.

use std::fmt::Write as _;

use sqlx::query::Query;
use sqlx::{Any, Database};

type AnyQuery<'q> = Query<'q, Any, <Any as Database>::Arguments>;

/// A value for a placeholder.
enum Value {
    Text(String),
    Number(i64),
}

/// The conditions behind a `WHERE`, all of which have to hold.
#[derive(Default)]
pub(super) struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// A placeholder for a text.
    pub(super) fn text(&mut self, value: impl Into<String>) -> String {
        self.placeholder(Value::Text(value.into()))
    }

    /// A placeholder for a number.
    pub(super) fn number(&mut self, value: i64) -> String {
        self.placeholder(Value::Number(value))
    }

    /// Placeholders for some texts, as a list.
    pub(super) fn texts<T: Into<String>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        values.into_iter().map(|value| self.text(value)).collect::<Vec<_>>().join(", ")
    }

    /// One more condition.
    pub(super) fn and(&mut self, condition: &str) {
        let word = if self.sql.is_empty() { "" } else { " AND " };
        // Writing to a String cannot fail.
        let _ = write!(self.sql, "{word}({condition})");
    }

    /// The conditions as SQL.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The query with the values in their places.
    pub(super) fn bind<'q>(&'q self, query: AnyQuery<'q>) -> AnyQuery<'q> {
        self.values.iter().fold(query, |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(*number),
        })
    }

    fn placeholder(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}
