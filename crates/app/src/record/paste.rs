//! Reading a timeline that somebody pastes; stores nothing.

use afterword_domain::paste::{self, Pasted};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::TimeContext;
use crate::record::read::in_background;

/// A day of busy chat is far below this.
const LONGEST: usize = 1024 * 1024;

impl App {
    /// Reads a pasted timeline into rows, for people to look over.
    pub async fn read_paste(
        &self,
        caller: &Caller,
        id: &str,
        text: String,
        zone: Option<String>,
    ) -> Result<Pasted, AppError> {
        if text.len() > LONGEST {
            return Err(AppError::invalid("text", "paste at most 1 MB at once"));
        }
        let around = TimeContext { postmortem: Some(id.to_owned()), near: None, zone };
        let context = self.time_context(caller, &around).await?;
        in_background(move || paste::rows(&text, &context)).await
    }
}
