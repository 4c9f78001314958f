//! What stands around a published post-mortem: how many it reached, what belongs to it, what is
//! like it.

use afterword_domain::policy::Operation;
use afterword_storage::Reach;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::similar::Similar;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::parse;
use crate::secrets::{hexadecimal, new_secret};

/// What stands around one.
#[derive(Clone, Debug)]
pub struct Around {
    /// How many people read it.
    pub reach: Reach,
    /// Those that somebody said belong to it.
    pub links: Vec<LinkedPostmortem>,
    /// Those that share what tells it from the others.
    pub similar: Vec<Similar>,
    /// Whether the caller may say what belongs to it, and answer questions about it.
    pub may_answer: bool,
}

/// A published post-mortem that belongs to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedPostmortem {
    /// Which one.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl App {
    /// What stands around a published post-mortem.
    pub async fn around(&self, caller: &Caller, id: &str) -> Result<Around, AppError> {
        let document = self.published(caller, id).await?;
        let links = self.storage.linked_publications(id).await?;
        let links: Vec<LinkedPostmortem> = links
            .into_iter()
            .map(|(id, document)| Ok(LinkedPostmortem { id, title: parse(&document)?.title }))
            .collect::<Result<_, AppError>>()?;
        let mut similar = self.similar(&document).await?;
        similar.retain(|it| links.iter().all(|link| link.id != it.id));
        let may_answer = self.permitted(caller, id, Operation::AnswerReaders).await.is_ok();
        let reach = self.storage.reach(id, document.published_at).await?;
        Ok(Around { reach, links, similar, may_answer })
    }

    /// Notes that somebody reads a published post-mortem, without keeping who.
    pub(crate) async fn note_reader(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        let key = self.storage.signing_key("readers", &new_secret()).await?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(AppError::internal)?;
        mac.update(id.as_bytes());
        mac.update(caller.person.id.as_bytes());
        let reader = hexadecimal(&mac.finalize().into_bytes());
        Ok(self.storage.read_by(id, &reader, self.clock.now()).await?)
    }
}
