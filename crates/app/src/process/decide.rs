//! Wording a proposal, and declining it.

use afterword_domain::handbook::Suggestion;
use afterword_domain::policy::Operation;
use afterword_domain::process::State;
use afterword_storage::{HandbookProposal, StorageError};

use super::list::ProposalView;
use super::words;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is to be different; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ProposalPatch {
    /// Id of the handbook.
    pub handbook: Option<String>,
    /// In words.
    pub text: Option<String>,
    /// Which change it would be.
    pub change: Option<Suggestion>,
}

impl App {
    /// Changes an open proposal.
    pub async fn change_proposal(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        patch: ProposalPatch,
    ) -> Result<ProposalView, AppError> {
        let mut proposal = self.open_proposal(caller, id, read).await?;
        if let Some(text) = &patch.text {
            proposal.text = words("text", text)?;
        }
        if let Some(handbook) = patch.handbook {
            proposal.handbook_id = handbook;
        }
        proposal.change = patch.change.or(proposal.change);
        let content = self.kept_handbook(&proposal.handbook_id, None).await?.content;
        if let Some(change) = &proposal.change {
            content.with(change).map_err(|unfit| AppError::invalid("change", unfit.to_string()))?;
        }
        self.written(proposal).await
    }

    /// Declines an open proposal. The reason is kept.
    pub async fn decline_proposal(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        reason: &str,
    ) -> Result<ProposalView, AppError> {
        let mut proposal = self.open_proposal(caller, id, read).await?;
        proposal.reason = Some(words("reason", reason)?);
        proposal.state = State::Declined;
        proposal.decided_at = Some(self.clock.now());
        self.written(proposal).await
    }

    async fn written(&self, mut proposal: HandbookProposal) -> Result<ProposalView, AppError> {
        match self.storage.change_proposal(&proposal).await {
            Err(StorageError::Stale) => Err(stale(self.kept_proposal(&proposal.id).await?)),
            other => {
                other?;
                proposal.version += 1;
                Ok(proposal.into())
            }
        }
    }

    pub(super) async fn open_proposal(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
    ) -> Result<HandbookProposal, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        let proposal = self.kept_proposal(id).await?;
        if read.is_some_and(|read| read != proposal.version) {
            return Err(stale(proposal));
        }
        if proposal.state == State::Open {
            Ok(proposal)
        } else {
            Err(AppError::Conflict("this proposal is decided already".to_owned()))
        }
    }
}

fn stale(current: HandbookProposal) -> AppError {
    AppError::Stale { current: Some(serde_json::json!(ProposalView::from(current))) }
}
