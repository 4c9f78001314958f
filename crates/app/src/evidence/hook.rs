//! Messages that a source sends by itself.

use afterword_domain::evidence::{Delivery, Reported, mask};
use afterword_integrations::evidence::{Message, Reading, Refused, Unreadable, Webhook};
use afterword_integrations::vendor;
use afterword_storage::{NewTrouble, Source, TroubleKind};
use http::HeaderMap;

use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// What a sender is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookAnswer {
    /// What it sent is on disk, or is no evidence.
    Taken,
    /// The answer to a test of the connection.
    Text(String),
}

/// Why a message is not taken.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// It is not believed.
    #[error("{0}")]
    Refused(#[from] Refused),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl App {
    /// Takes a message of a source. It is answered only once its events, or the message itself
    /// where it cannot be read, are on disk.
    pub async fn take_message(
        &self,
        source: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<HookAnswer, HookError> {
        let (source, webhook) = self.hook(source).await?;
        let message = Message { headers, body, received_at: self.clock.now() };
        if let Err(refused) = webhook.verify(&message, &source.secret) {
            self.note_refusal(&source, &message, refused).await?;
            return Err(refused.into());
        }
        match webhook.read(&message) {
            Ok(Reading::Events(events)) => {
                let pages = events.iter().any(Reported::tells_of_incident);
                let delivery = Delivery { source: source.id, body: body.to_vec(), events };
                self.intake.store(vec![delivery], message.received_at).await?;
                if pages {
                    // The job was asked for with the events.
                    self.queue.ring();
                }
                Ok(HookAnswer::Taken)
            }
            Ok(Reading::Answer(text)) => Ok(HookAnswer::Text(text)),
            Ok(Reading::Nothing(_)) => Ok(HookAnswer::Taken),
            Err(unreadable) => {
                self.keep_unreadable(&source, webhook, &message, unreadable).await?;
                Ok(HookAnswer::Taken)
            }
        }
    }

    pub(super) async fn hook(
        &self,
        name: &str,
    ) -> Result<(Source, &'static dyn Webhook), AppError> {
        let source = self.storage.source(name).await?.ok_or(AppError::NotFound("source"))?;
        let webhook = vendor(&source.vendor).and_then(|vendor| vendor.webhook());
        Ok((source, webhook.ok_or(AppError::NotFound("source"))?))
    }

    /// Notes some of them: whoever floods must not keep the disk busy.
    async fn note_refusal(
        &self,
        source: &Source,
        message: &Message<'_>,
        refused: Refused,
    ) -> Result<(), AppError> {
        if self.refusals.attempt(&source.id).is_err() {
            return Ok(());
        }
        let trouble = NewTrouble {
            id: new_id(),
            source: source.id.clone(),
            received_at: message.received_at,
            kind: TroubleKind::Refused,
            reason: refused.to_string(),
            headers: None,
            body: None,
        };
        Ok(self.storage.add_trouble(&trouble).await?)
    }

    async fn keep_unreadable(
        &self,
        source: &Source,
        webhook: &dyn Webhook,
        message: &Message<'_>,
        unreadable: Unreadable,
    ) -> Result<(), AppError> {
        let kept = webhook.kept_headers().iter();
        let headers: serde_json::Map<_, _> = kept
            .filter_map(|name| Some(((*name).to_owned(), message.header(name)?.into())))
            .collect();
        let trouble = NewTrouble {
            id: new_id(),
            source: source.id.clone(),
            received_at: message.received_at,
            kind: TroubleKind::Unreadable,
            reason: unreadable.to_string(),
            headers: Some(serde_json::Value::from(headers).to_string()),
            body: Some(mask(message.body).body),
        };
        Ok(self.storage.add_trouble(&trouble).await?)
    }
}
