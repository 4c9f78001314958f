//! Reading a picture.

use afterword_domain::policy::Operation;
use afterword_storage::Picture;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// A picture and its bytes: for those in the room all, for readers those in the publication.
    pub async fn picture(
        &self,
        caller: &Caller,
        postmortem_id: &str,
        sha256: &str,
    ) -> Result<(Picture, Vec<u8>), AppError> {
        let missing = || AppError::NotFound("picture");
        match self.permitted(caller, postmortem_id, Operation::ReadRecord).await {
            Err(AppError::Forbidden(_)) => {
                let publication = self.storage.publication(postmortem_id).await?;
                publication.filter(|it| it.document.contains(sha256)).ok_or_else(missing)?;
            }
            other => drop(other?),
        }
        let picture = self.storage.picture(postmortem_id, sha256).await?.ok_or_else(missing)?;
        let bytes = self.blobs.get(sha256).await?.ok_or_else(missing)?;
        Ok((picture, bytes))
    }
}
