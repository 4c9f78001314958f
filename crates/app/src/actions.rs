//! The actions of all post-mortems.

use afterword_domain::policy::{Operation, Standing, may};
use afterword_storage::{ActionFilter, ActionRow, Page, PageRequest};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Actions of every post-mortem whose record the caller may read.
    pub async fn actions(
        &self,
        caller: &Caller,
        filter: &ActionFilter,
        page: &PageRequest,
    ) -> Result<Page<ActionRow>, AppError> {
        caller.permit(Operation::Browse)?;
        self.projector.project_due().await;
        let reads_all = may(caller.person.role, Standing::Reader, Operation::ReadRecord);
        let reader = (!reads_all).then_some(caller.person.id.as_str());
        Ok(self.storage.actions(filter, reader, page).await?)
    }
}
