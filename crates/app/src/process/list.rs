//! Proposals to handbooks, as facilitators see them.

use afterword_domain::handbook::Suggestion;
use afterword_domain::policy::Operation;
use afterword_domain::process::{Source, State};
use afterword_storage::HandbookProposal;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::feedback::seconds;

/// The most that are listed.
const MOST: i64 = 200;

/// A change of a handbook that is proposed. By whom is kept nowhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HandbookProposal)]
pub struct ProposalView {
    /// Its id.
    pub id: String,
    /// Id of the handbook.
    pub handbook: String,
    /// Where it comes from.
    pub from: Source,
    /// Id of the post-mortem.
    pub postmortem: Option<String>,
    /// The title of that.
    pub postmortem_title: Option<String>,
    /// Seconds into its recording, or into its meeting.
    pub at: Option<f64>,
    /// What is proposed, in words.
    pub text: String,
    /// Which change that would be.
    pub change: Option<Suggestion>,
    /// How far it is.
    pub state: State,
    /// Why it was declined.
    pub reason: Option<String>,
    /// Which version it became.
    pub accepted_as: Option<i64>,
    /// When it was proposed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was decided.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// Its tag.
    pub etag: String,
}

impl From<HandbookProposal> for ProposalView {
    fn from(it: HandbookProposal) -> Self {
        let (postmortem, postmortem_title) = it.postmortem.unzip();
        Self {
            id: it.id,
            handbook: it.handbook_id,
            from: it.source,
            postmortem,
            postmortem_title,
            at: it.at_ms.map(seconds),
            text: it.text,
            change: it.change,
            state: it.state,
            reason: it.reason,
            accepted_as: it.accepted_as,
            created_at: it.created_at,
            decided_at: it.decided_at,
            etag: it.version.to_string(),
        }
    }
}

impl App {
    /// The proposals: the open ones first, then those decided last.
    pub async fn handbook_proposals(&self, caller: &Caller) -> Result<Vec<ProposalView>, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        let all = self.storage.proposals(MOST).await?;
        Ok(all.into_iter().map(Into::into).collect())
    }

    pub(super) async fn kept_proposal(&self, id: &str) -> Result<HandbookProposal, AppError> {
        self.storage.proposal(id).await?.ok_or(AppError::NotFound("proposal"))
    }
}
