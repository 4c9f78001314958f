//! A statement about events and its parameters, for both ways to ask.

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Database, Encode, Postgres, Type};

use crate::parameters::list;

pub(in crate::events) struct Statement {
    sql: String,
    parameters: Vec<Parameter>,
}

enum Parameter {
    Number(i64),
    Text(String),
}

impl Statement {
    pub(in crate::events) fn new(sql: String) -> Self {
        Self { sql, parameters: Vec::new() }
    }

    pub(in crate::events) fn number(mut self, number: i64) -> Self {
        self.parameters.push(Parameter::Number(number));
        self
    }

    pub(in crate::events) fn text(mut self, text: &str) -> Self {
        self.parameters.push(Parameter::Text(text.to_owned()));
        self
    }

    /// A list as [`crate::parameters::one_of`] reads it.
    pub(in crate::events) fn list(self, texts: &[String]) -> Self {
        self.text(&list(texts))
    }

    /// The list that [`super::lookback::named`] compares with.
    pub(in crate::events) fn names(self, names: Option<&[String]>) -> Self {
        match names {
            Some(names) => self.list(names),
            None => self,
        }
    }

    /// As either engine is asked.
    pub(in crate::events) fn query(&self) -> Query<'_, Any, <Any as Database>::Arguments> {
        self.bound()
    }

    /// As `PostgreSQL` is asked in its own terms.
    pub(in crate::events) fn query_in_its_own_terms(&self) -> Query<'_, Postgres, PgArguments> {
        self.bound()
    }

    fn bound<'q, D: Database>(&'q self) -> Query<'q, D, D::Arguments>
    where
        i64: Encode<'q, D> + Type<D>,
        &'q str: Encode<'q, D> + Type<D>,
    {
        let query = sqlx::query(AssertSqlSafe(self.sql.clone()));
        self.parameters.iter().fold(query, |query, parameter| match parameter {
            Parameter::Number(number) => query.bind(*number),
            Parameter::Text(text) => query.bind(&text[..]),
        })
    }
}
