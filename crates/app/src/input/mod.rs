//! Asking people for what they saw, before the call, and taking what they say.

mod ask;
mod give;
mod letter;
mod link;
mod send;
mod view;

pub use ask::{InputAsk, InputAsked, InputToAsk};
pub use give::{InputAnswer, InputToGive};
pub use link::InputLinkView;
pub use view::{InputDiscipline, InputMine, InputView};

use afterword_domain::input::{Call, Over, over};
use afterword_domain::postmortem::Postmortem;
use jiff::Timestamp;

use crate::app::App;
use crate::error::AppError;

/// A post-mortem, and whether input for it is still welcome.
struct Inquiry {
    postmortem: Postmortem,
    calls: Vec<Call>,
    /// Why it is not.
    over: Option<Over>,
}

impl Inquiry {
    /// When the next call begins.
    fn call_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.calls.iter().map(|call| call.starts_at).find(|at| *at > now)
    }

    fn is_open(&self) -> Result<(), AppError> {
        self.over.map_or(Ok(()), |over| Err(AppError::Conflict(over.to_string())))
    }
}

impl App {
    async fn inquiry(&self, postmortem: Postmortem) -> Result<Inquiry, AppError> {
        let calls = self.storage.calls_about(&postmortem.id).await?;
        let meeting = self.current_meeting(&postmortem.id).await?;
        let published = postmortem.published_at.is_some();
        let over = over(published, &meeting, &calls, self.clock.now());
        Ok(Inquiry { postmortem, calls, over })
    }

    /// What people call a discipline; a slug that is not on the list stands for itself.
    async fn discipline_label(&self, slug: &str) -> Result<String, AppError> {
        let known = self.disciplines().await?.into_iter().find(|it| it.slug.as_str() == slug);
        Ok(known.map_or_else(|| slug.to_owned(), |it| it.label))
    }
}

#[cfg(test)]
mod tests;
