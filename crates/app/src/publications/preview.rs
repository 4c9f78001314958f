//! What readers would see.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Naming;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Reading;

impl App {
    /// The page as it would be published now; for those who take part.
    pub async fn preview(
        &self,
        caller: &Caller,
        id: &str,
        naming: Naming,
    ) -> Result<Reading, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        self.reading_of(self.document(&postmortem, naming).await?).await
    }
}
