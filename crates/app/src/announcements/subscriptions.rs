//! What somebody wants to hear of, and when.

use afterword_domain::announcing::Topic;
use afterword_storage::{CredentialKind, Subscription};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionWishes {
    /// Of what; of everything if empty. At most 50.
    pub topics: Vec<Topic>,
    /// Whether by mail when it is published.
    pub at_once: bool,
    /// Whether by mail once a week, on Monday.
    pub weekly: bool,
    /// At which hour of Monday, 0 to 23, in the person's zone.
    pub hour: i8,
}

/// What somebody hears of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Subscription)]
pub struct SubscriptionView {
    /// Of what; of everything if empty.
    pub topics: Vec<Topic>,
    /// Whether by mail when it is published.
    pub at_once: bool,
    /// Whether by mail once a week, on Monday.
    pub weekly: bool,
    /// At which hour of Monday, 0 to 23, in the person's zone.
    pub hour: i8,
    /// Whether this server sends mail at all.
    pub sends_mail: bool,
    /// Since when there is an address for a feed reader; null if there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub feed_since: Option<Timestamp>,
    /// Counts changes.
    pub etag: String,
}

fn own(caller: &Caller, id: &str) -> Result<(), AppError> {
    if caller.person.id == id {
        Ok(())
    } else {
        Err(AppError::Forbidden("what somebody wants to hear of is for them alone"))
    }
}

impl App {
    /// What the caller hears of.
    pub async fn subscription(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<SubscriptionView, AppError> {
        own(caller, id)?;
        let it = self.storage.subscription(id).await?;
        Ok(SubscriptionView {
            topics: it.topics,
            at_once: it.at_once,
            weekly: it.weekly,
            hour: it.hour,
            sends_mail: self.sends_mail(),
            feed_since: self.address_since(id, CredentialKind::Feed).await?,
            etag: it.version.to_string(),
        })
    }

    /// Changes what the caller hears of. `version`: the one that was read; any if absent.
    pub async fn change_subscription(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        wishes: SubscriptionWishes,
    ) -> Result<SubscriptionView, AppError> {
        own(caller, id)?;
        let stands = self.storage.subscription(id).await?;
        if version.is_some_and(|read| read != stands.version) {
            return Err(AppError::Stale { current: None });
        }
        if !(0..24).contains(&wishes.hour) {
            return Err(AppError::invalid("hour", "hours go from 0 to 23"));
        }
        let wanted = Subscription {
            topics: checked(wishes.topics)?,
            at_once: wishes.at_once,
            weekly: wishes.weekly,
            hour: wishes.hour,
            // Who begins to want it is told of the week before, and not of all since long ago.
            told_until: stands.told_until.filter(|_| stands.weekly),
            version: stands.version,
        };
        self.storage.save_subscription(id, &wanted, self.clock.now()).await?;
        self.queue.ring();
        self.subscription(caller, id).await
    }
}

/// Topics as they are kept.
pub(super) fn checked(topics: Vec<Topic>) -> Result<Vec<Topic>, AppError> {
    Topic::checked(topics).map_err(|refused| AppError::invalid("topics", refused.to_string()))
}
