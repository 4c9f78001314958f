//! What readers would see.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Naming;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Document;

impl App {
    /// The document as it would be published now; for those who take part.
    pub async fn preview(
        &self,
        caller: &Caller,
        id: &str,
        naming: Naming,
    ) -> Result<Document, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        self.document(&postmortem, naming).await
    }
}
