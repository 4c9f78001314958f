//! A proposal becomes a version of its handbook: seen and worded by somebody first.

use afterword_domain::handbook::Handbook;
use afterword_domain::policy::Operation;
use afterword_domain::process::reason;
use afterword_storage::HandbookVersion;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::handbooks::NextVersion;

/// A handbook with a proposal taken over, to be looked at before it is saved.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HandbookProposalDraft)]
pub struct ProposalDraft {
    /// Id of the proposal.
    pub proposal: String,
    /// Id of the handbook.
    pub id: String,
    /// The version that it would be made from.
    pub version: i64,
    /// The handbook with the change; as it stands, where nobody has said the change.
    pub handbook: Handbook,
    /// What the new version would say of where it came from.
    pub reason: String,
}

impl App {
    /// What a proposal would make of its handbook. Nothing is saved.
    pub async fn proposal_draft(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<ProposalDraft, AppError> {
        let proposal = self.open_proposal(caller, id, None).await?;
        let newest = self.kept_handbook(&proposal.handbook_id, None).await?;
        let handbook = match &proposal.change {
            Some(change) => newest
                .content
                .with(change)
                .map_err(|unfit| AppError::Conflict(unfit.to_string()))?,
            None => newest.content,
        };
        let meeting = proposal.postmortem.as_ref().map(|(_, title)| (&title[..], proposal.at_ms));
        Ok(ProposalDraft {
            reason: reason(proposal.source, meeting, &proposal.text),
            proposal: proposal.id,
            id: newest.id,
            version: newest.version,
            handbook,
        })
    }

    /// Makes the next version of the handbook out of a proposal: the words as somebody has seen and
    /// worded them. `read`: the version that they changed; the newest if absent.
    pub async fn accept_proposal(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        handbook: Handbook,
        reason: &str,
    ) -> Result<HandbookVersion, AppError> {
        caller.permit(Operation::EditHandbooks)?;
        let proposal = self.open_proposal(caller, id, None).await?;
        let handbook_id = &proposal.handbook_id;
        match self.next_version(caller, handbook_id, read, handbook, reason).await? {
            NextVersion::Same(_) => Err(AppError::Conflict(
                "nothing would change: take the proposal over, or decline it".to_owned(),
            )),
            NextVersion::New(new, read) => {
                let version = self.storage.accept_proposal(id, &new, read).await?;
                self.kept_handbook(handbook_id, Some(version)).await
            }
        }
    }
}
