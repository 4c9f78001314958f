//! What trackers tell by themselves.

use afterword_domain::job::Job;
use afterword_integrations::evidence::Message;
use afterword_integrations::tickets::News;
use http::HeaderMap;

use super::capability_of;
use crate::app::App;
use crate::error::AppError;
use crate::evidence::HookError;

impl App {
    /// Takes a message of a tracker. Its tickets are read in the background: what the message says
    /// of them is believed only where they cannot be read.
    pub async fn take_tracker_message(
        &self,
        tracker: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), HookError> {
        let tracker = self.storage.tracker(tracker).await.map_err(AppError::from)?;
        let tracker = tracker.ok_or(AppError::NotFound("tracker"))?;
        let vendor = capability_of(&tracker)?;
        let message = Message { headers, body, received_at: self.clock.now() };
        vendor.verify(&message, &tracker.secret)?;
        let news = vendor.news(&message);
        let news = news.map_err(|error| AppError::invalid("body", error.to_string()))?;
        let (key, says) = match news {
            News::Nothing => return Ok(()),
            News::Look(key) => (key, None),
            News::Says(key, facts) => (key, Some(facts)),
        };
        let ticket = self.storage.ticket_by_key(&tracker.id, &key).await.map_err(AppError::from)?;
        let Some(mut ticket) = ticket else { return Ok(()) };
        if says.is_some() {
            ticket.theirs = says;
            self.keep_ticket(&mut ticket).await?;
        }
        let job = Job::Ticket { id: ticket.id };
        self.storage.ask_job(&job, message.received_at).await.map_err(AppError::from)?;
        self.queue.ring();
        Ok(())
    }
}
