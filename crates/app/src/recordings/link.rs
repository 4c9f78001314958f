//! A recording that is elsewhere.

use afterword_domain::recording::RecordingState;
use afterword_storage::Recording;

use super::add::RecordingFacts;
use super::read::RecordingView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

const LONGEST_URL: usize = 2000;

impl App {
    /// Links a recording that is elsewhere, or says anew where it is. Whoever links one says that
    /// what is off the record is not in it.
    pub async fn link_recording(
        &self,
        caller: &Caller,
        id: &str,
        url: &str,
        facts: &RecordingFacts,
    ) -> Result<RecordingView, AppError> {
        self.entered(caller, id).await?;
        let url = check_url(url)?;
        let linked = match self.storage.recording(id).await? {
            Some(it) if it.state == RecordingState::Linked => it,
            _ => {
                let before = self.room_for_recording(id).await?;
                self.new_recording(caller, id, facts, before.as_ref()).await?
            }
        };
        let linked = Recording {
            state: RecordingState::Linked,
            url: Some(url),
            cut_problem: None,
            ..linked
        };
        self.storage.save_recording(&linked, None).await?;
        self.storage.passages_are_cut(id).await?;
        self.renew_reader_cues(id).await?;
        self.recording(caller, id).await
    }
}

fn check_url(url: &str) -> Result<String, AppError> {
    let url = url.trim();
    let read = reqwest::Url::parse(url).ok().filter(|it| {
        matches!(it.scheme(), "http" | "https") && it.has_host() && url.len() <= LONGEST_URL
    });
    let detail = "paste the address at which the recording is watched, with https:// before it";
    read.map(String::from).ok_or_else(|| AppError::invalid("url", detail))
}
