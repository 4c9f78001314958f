//! One channel on one day.

use afterword_domain::evidence::{Reported, ReportedTime};
use serde_json::value::RawValue;

use super::names::Names;
use crate::slack::message::Said;

/// The file of a channel's day.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its name in the archive.
    pub(super) file: String,
    /// The channel's name.
    pub(super) channel: String,
    /// The channel's id.
    pub(super) id: String,
}

impl Place {
    /// Reads a message; none where it is Slack's own about people coming and going.
    pub(super) fn message(
        &self,
        message: &RawValue,
        names: &Names,
    ) -> Result<Option<Reported>, String> {
        let said: Said = serde_json::from_str(message.get())
            .map_err(|error| format!("it does not have the form of a message: {error}"))?;
        let fill_in = |text: &str| names.fill_in(text).into_owned();
        let reported = said.exported(&self.id, |person| names.person(person), fill_in);
        let Some(mut reported) = reported else { return Ok(None) };
        if reported.at == ReportedTime::Missing {
            return Err("it has no time".to_owned());
        }
        reported.labels.insert("channel".to_owned(), self.channel.clone());
        reported.labels.insert("channel_id".to_owned(), self.id.clone());
        Ok(Some(reported))
    }
}
