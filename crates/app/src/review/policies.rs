//! The policies: read by everybody, changed by administrators.

use afterword_domain::policy::Operation;
use afterword_domain::review::ReviewPolicies;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// The policies and their version.
    pub async fn review_policies(
        &self,
        caller: &Caller,
    ) -> Result<(i64, ReviewPolicies), AppError> {
        caller.permit(Operation::Browse)?;
        Ok(self.storage.review_policies().await?)
    }

    /// Replaces the policies; they hold for what is decided from now on. `version`: the one that was
    /// read; any if absent.
    pub async fn set_review_policies(
        &self,
        caller: &Caller,
        version: Option<i64>,
        policies: ReviewPolicies,
    ) -> Result<(i64, ReviewPolicies), AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        let policies = self.checked_policies(policies).await?;
        let read = match version {
            Some(version) => version,
            None => self.storage.review_policies().await?.0,
        };
        let (by, at) = (&caller.person.id, self.clock.now());
        let version = self.storage.set_review_policies(read, &policies, by, at).await?;
        Ok((version, policies))
    }

    /// Policies as they are kept, if they can be.
    pub(super) async fn checked_policies(
        &self,
        policies: ReviewPolicies,
    ) -> Result<ReviewPolicies, AppError> {
        let refused = |detail: String| AppError::invalid("policies", detail);
        let policies = policies.checked().map_err(|no| refused(no.to_string()))?;
        for (name, terms) in policies.all() {
            let handbook = match self.kept_handbook(&terms.handbook, None).await {
                Err(AppError::NotFound(_)) => None,
                found => Some(found?).filter(|it| it.retired_at.is_none()),
            };
            if handbook.is_none() {
                let id = &terms.handbook;
                let detail = format!("“{name}”: there is no handbook “{id}” that is still offered");
                return Err(refused(detail));
            }
        }
        Ok(policies)
    }
}
