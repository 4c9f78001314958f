//! Taking a passage off the record.

use afterword_domain::recording::Span;
use afterword_storage::Passage;

use super::read::RecordingView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

impl App {
    /// Takes a passage off the record, for good: from now on nobody gets it. Times in seconds.
    pub async fn take_off_the_record(
        &self,
        caller: &Caller,
        id: &str,
        from: f64,
        until: f64,
    ) -> Result<RecordingView, AppError> {
        self.entered(caller, id).await?;
        let recording = self.kept_recording(id).await?;
        let span = Span::between(from, until).ok_or_else(|| {
            AppError::invalid("until", "say from when until when, in seconds; the end comes later")
        })?;
        if recording.length_ms.is_some_and(|length| span.from_ms > length) {
            return Err(AppError::invalid("from", "the recording has ended by then"));
        }
        let passage = Passage { id: new_id(), span, cut: false };
        self.storage.add_passage(id, &passage, self.clock.now()).await?;
        self.renew_reader_cues(id).await?;
        self.queue.ring();
        self.recording(caller, id).await
    }
}
