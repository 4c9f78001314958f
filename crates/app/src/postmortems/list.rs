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
        Ok(self.storage.postmortems(filter, page).await?)
    }
}
