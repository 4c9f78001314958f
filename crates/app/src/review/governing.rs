//! The policy that governs a post-mortem.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::review::{CallTimes, Verdict};

use super::invited::InvitedPerson;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The tool whose message opened a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBy {
    /// The source's name for people; its slug where it was removed.
    pub source: String,
    /// Where to see the incident in the tool.
    pub url: Option<String>,
}

/// What the policies say of a post-mortem.
#[derive(Clone, Debug)]
pub struct PostmortemPolicy {
    /// Which policy decides, what it says and why.
    pub verdict: Verdict,
    /// When the call should be; `None` while the incident goes on.
    pub call: Option<CallTimes>,
    /// Who is invited.
    pub invited: Vec<InvitedPerson>,
    /// Which tool opened it, where none of the people did.
    pub opened_by: Option<OpenedBy>,
}

impl App {
    /// What the policies say of a post-mortem as it stands now.
    pub(crate) async fn policy_of(&self, it: &Postmortem) -> Result<Verdict, AppError> {
        let (_, policies) = self.storage.review_policies().await?;
        Ok(policies.decide(&self.facts_of(&policies, it).await?))
    }

    /// The same for those of the room, with what follows from it.
    pub async fn postmortem_policy(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<PostmortemPolicy, AppError> {
        let it = self.permitted(caller, id, Operation::ReadRecord).await?;
        let verdict = self.policy_of(&it).await?;
        Ok(PostmortemPolicy {
            call: verdict.terms.call_times(&it.incident),
            invited: self.invited_by(&verdict.terms.invite, &it).await?,
            opened_by: self.opened_by(&it.id).await?,
            verdict,
        })
    }

    async fn opened_by(&self, id: &str) -> Result<Option<OpenedBy>, AppError> {
        let Some(incident) = self.storage.incident(id).await? else { return Ok(None) };
        let source = self.storage.source(&incident.source).await?;
        Ok(Some(OpenedBy {
            source: source.map_or(incident.source, |source| source.name),
            url: incident.told.and_then(|told| told.url),
        }))
    }
}
