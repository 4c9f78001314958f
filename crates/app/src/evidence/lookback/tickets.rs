//! Which tickets speak of the same thing.

use afterword_domain::evidence::EventKind;
use afterword_domain::evidence::lookback::{Answer, Subject, tickets};

use super::Asked;
use crate::error::AppError;

/// So many of the last tickets are read.
const MOST_TICKETS: u32 = 500;

impl Asked<'_> {
    pub(super) async fn tickets(&self) -> Result<Answer, AppError> {
        let offered = self.offered(EventKind::Ticket, &self.looked.scale, MOST_TICKETS).await?;
        let subject = Subject::new(
            &self.postmortem.title,
            self.alerts.iter().map(|it| it.title.as_str()),
            self.timeline.iter().map(|it| it.text.as_str()),
        );
        let offered = offered.into_iter().map(|(_, ticket)| ticket).collect();
        Ok(tickets(self.looked, &subject, offered))
    }
}
