//! Reading columns: what cannot be read is an error that names table, column and row.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::error::StorageError;

/// A row with the name of its table, for errors.
pub(crate) struct Columns<'r> {
    pub(crate) table: &'static str,
    pub(crate) row: &'r AnyRow,
}

impl Columns<'_> {
    pub(crate) fn text(&self, column: &'static str) -> Result<String, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_text(
        &self,
        column: &'static str,
    ) -> Result<Option<String>, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn integer(&self, column: &'static str) -> Result<i64, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_integer(
        &self,
        column: &'static str,
    ) -> Result<Option<i64>, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn optional_bytes(
        &self,
        column: &'static str,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StorageError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, StorageError> {
        let micros = self.integer(column)?;
        Timestamp::from_microsecond(micros).map_err(|_| self.corrupt(column, &micros))
    }

    pub(crate) fn optional_time(
        &self,
        column: &'static str,
    ) -> Result<Option<Timestamp>, StorageError> {
        let micros: Option<i64> = self.row.try_get(column)?;
        let time =
            |micros| Timestamp::from_microsecond(micros).map_err(|_| self.corrupt(column, &micros));
        micros.map(time).transpose()
    }

    /// Reads a value by its name; `None` from `parse` is a corrupt row.
    pub(crate) fn parsed<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StorageError> {
        let text = self.text(column)?;
        parse(&text).ok_or_else(|| self.corrupt(column, &text))
    }

    /// The same where nothing may stand.
    pub(crate) fn optional_parsed<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StorageError> {
        let text = self.optional_text(column)?;
        text.map(|text| parse(&text).ok_or_else(|| self.corrupt(column, &text))).transpose()
    }

    pub(crate) fn corrupt(&self, column: &'static str, value: &impl ToString) -> StorageError {
        // Whichever of them the query asked for, the row's own key before the post-mortem's.
        let row = ["id", "slug", "postmortem_id"]
            .into_iter()
            .find_map(|key| self.row.try_get(key).ok())
            .or_else(|| self.row.try_get::<i64, _>("seq").ok().map(|seq| seq.to_string()));
        StorageError::Corrupt {
            table: self.table,
            column,
            row: row.unwrap_or_default(),
            value: value.to_string().chars().take(80).collect(),
        }
    }
}
