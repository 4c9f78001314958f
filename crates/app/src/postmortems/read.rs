//! Reading a post-mortem.

use afterword_domain::policy::{Operation, may};
use afterword_domain::postmortem::Postmortem;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A post-mortem as somebody sees it.
#[derive(Clone, Debug)]
pub struct PostmortemView {
    /// The post-mortem.
    pub postmortem: Postmortem,
    /// The ids of who takes part, in the order in which they came.
    pub participants: Vec<String>,
    /// Whether the reader may read and write the record and steer.
    pub may_write: bool,
    /// Whether the reader may publish it.
    pub may_publish: bool,
}

impl App {
    /// One post-mortem, without its record.
    pub async fn postmortem(&self, caller: &Caller, id: &str) -> Result<PostmortemView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::Browse).await?;
        let known = self.titled_for(caller, vec![postmortem]).await?.pop();
        self.view(caller, known.ok_or(AppError::NotFound("post-mortem"))?).await
    }

    pub(crate) async fn view(
        &self,
        caller: &Caller,
        postmortem: Postmortem,
    ) -> Result<PostmortemView, AppError> {
        let standing = self.standing(caller, &postmortem).await?;
        let role = caller.person.role;
        Ok(PostmortemView {
            participants: self.storage.participants(&postmortem.id).await?,
            may_write: may(role, standing, Operation::WriteRecord),
            may_publish: may(role, standing, Operation::Publish),
            postmortem,
        })
    }
}
