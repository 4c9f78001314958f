//! Bringing back what was deleted.

use afterword_record::{Edit, Part};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::Written;

impl App {
    /// Brings an item back with its words, also those written after it was deleted.
    pub async fn restore(
        &self,
        caller: &Caller,
        id: &str,
        part: Part,
        item: &str,
    ) -> Result<Written, AppError> {
        let edit = Edit::Restore(part, item.to_owned());
        self.write_record(caller, id, Vec::new(), vec![edit]).await
    }
}
