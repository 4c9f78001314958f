//! The organisation's channels, in which publications are announced; for administrators.

use afterword_domain::announcing::Topic;
use afterword_domain::policy::Operation;
use afterword_integrations::chat::ChatAddress;
use afterword_storage::Channel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::subscriptions::checked;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::evidence::{check_name, check_secret};
use crate::secrets::{new_id, new_secret};

/// Whose shape the messages of a channel take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKind {
    /// That of Slack's incoming webhooks, and of those who take the same.
    Slack,
    /// That of a workflow in Microsoft Teams.
    Teams,
    /// Our own, signed, for any program.
    Webhook,
}

impl ChannelKind {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
        }
    }

    /// That of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Slack, Self::Teams, Self::Webhook].into_iter().find(|it| it.as_str() == name)
    }
}

/// A channel to be set up.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelToAdd {
    /// Whose shape its messages take.
    pub kind: ChannelKind,
    /// For people.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// With which messages to a webhook are signed; made by the server if absent.
    #[serde(default)]
    pub secret: Option<String>,
    /// Of what it is told; of everything if empty.
    #[serde(default)]
    pub topics: Vec<Topic>,
}

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ChannelChange)]
pub struct ChannelPatch {
    /// For people.
    pub name: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// With which messages to a webhook are signed.
    pub secret: Option<String>,
    /// Of what it is told; of everything if empty.
    pub topics: Option<Vec<Topic>>,
}

impl App {
    /// Every channel, by name.
    pub async fn channels(&self, caller: &Caller) -> Result<Vec<Channel>, AppError> {
        caller.permit(Operation::ManageChannels)?;
        Ok(self.storage.channels().await?)
    }

    /// Sets up a channel.
    pub async fn add_channel(
        &self,
        caller: &Caller,
        new: ChannelToAdd,
    ) -> Result<Channel, AppError> {
        caller.permit(Operation::ManageChannels)?;
        let channel = Channel {
            id: new_id(),
            kind: new.kind.as_str().to_owned(),
            name: check_name(&new.name)?,
            url: new.url,
            secret: new.secret.filter(|it| !it.is_empty()).unwrap_or_else(new_secret),
            topics: new.topics,
            problem: None,
            created_at: self.clock.now(),
            version: 1,
        };
        let channel = checked_channel(channel)?;
        self.storage.add_channel(&channel).await?;
        Ok(channel)
    }

    /// Changes a channel, whose problem is thereby forgotten. `version`: the one that was read; any
    /// if absent.
    pub async fn change_channel(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: ChannelPatch,
    ) -> Result<Channel, AppError> {
        caller.permit(Operation::ManageChannels)?;
        let before = self.storage.channel(id).await?.ok_or(AppError::NotFound("channel"))?;
        let after = checked_channel(Channel {
            version: version.unwrap_or(before.version),
            name: check_name(&patch.name.unwrap_or(before.name))?,
            url: patch.url.filter(|it| !it.is_empty()).unwrap_or(before.url),
            secret: patch.secret.filter(|it| !it.is_empty()).unwrap_or(before.secret),
            topics: patch.topics.unwrap_or(before.topics),
            ..before
        })?;
        self.storage.change_channel(&after).await?;
        self.storage.channel(id).await?.ok_or(AppError::NotFound("channel"))
    }

    /// Removes a channel.
    pub async fn remove_channel(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::ManageChannels)?;
        let removed = self.storage.remove_channel(id).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("channel")) }
    }
}

fn checked_channel(channel: Channel) -> Result<Channel, AppError> {
    let url = channel.url.trim().to_owned();
    ChatAddress::of_organisation(&url)
        .map_err(|error| AppError::invalid("url", error.to_string()))?;
    check_secret(&channel.secret)?;
    Ok(Channel { url, topics: checked(channel.topics)?, ..channel })
}
