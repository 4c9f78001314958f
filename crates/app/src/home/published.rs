//! What was published lately that concerns somebody.

use afterword_domain::announcing::{Topic, TopicKind, concerns};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::parse;

/// How long it is news.
const LATELY: SignedDuration = SignedDuration::from_hours(24 * 21);
/// So many of the newest are looked at.
const MOST_LOOKED_AT: i64 = 30;
const MOST: usize = 5;

/// A post-mortem that was published.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomePublished {
    /// Its id.
    pub id: String,
    /// Its title, as its readers know it.
    pub title: String,
    /// When it was published.
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
    /// The services involved.
    pub services: Vec<String>,
}

impl App {
    /// What was published lately about services of the caller's teams, or about what they
    /// subscribe to; newest first.
    pub(super) async fn published_for(
        &self,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<Vec<HomePublished>, AppError> {
        let me = &caller.person.id;
        let services = self.storage.services_of(me).await?.into_iter();
        let topic = |value| Topic { kind: TopicKind::Service, value };
        let services: Vec<_> = services.map(topic).collect();
        let subscription = self.storage.subscription(me).await?;
        let subscribed = subscription.at_once || subscription.weekly;
        if services.is_empty() && !subscribed {
            return Ok(Vec::new());
        }
        let organisation = self.storage.organisation().await?;
        let from = now.saturating_sub(LATELY).unwrap_or(now);
        let mut published = Vec::new();
        for hit in self.storage.announced_between(from, now, MOST_LOOKED_AT).await? {
            let document = parse(&hit.document)?;
            let facts = document.facts(&organisation);
            // Without topics a subscription is to everything; a team without services is not.
            let concerned = (!services.is_empty() && concerns(&services, &facts))
                || (subscribed && concerns(&subscription.topics, &facts));
            if concerned {
                published.push(HomePublished {
                    id: hit.postmortem_id,
                    title: document.title,
                    published_at: hit.published_at,
                    services: document.services,
                });
            }
        }
        published.truncate(MOST);
        Ok(published)
    }
}
