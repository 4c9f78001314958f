//! The list of post-mortems.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_storage::{Page, PageRequest, PostmortemFilter};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Post-mortems by the beginning of their incident, newest first.
    pub async fn postmortems(
        &self,
        caller: &Caller,
        filter: &PostmortemFilter,
        page: &PageRequest,
    ) -> Result<Page<Postmortem>, AppError> {
        caller.permit(Operation::Browse)?;
        let Page { items, next } = self.storage.postmortems(filter, page).await?;
        let mut items = self.titled_for(caller, items).await?;
        if let Some(words) = &filter.title {
            // Nobody finds out by searching what a title does not tell them.
            let words = words.to_lowercase();
            items.retain(|it| it.title.to_lowercase().contains(&words));
        }
        Ok(Page { items, next })
    }
}
