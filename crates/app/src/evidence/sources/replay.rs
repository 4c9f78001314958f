//! Reading a kept message again, after what reads it was mended.

use afterword_domain::evidence::Delivery;
use afterword_domain::policy::Operation;
use afterword_integrations::evidence::{Message, Reading};
use afterword_storage::Trouble;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Reads a message again that could not be read; answers how many events were new.
    pub async fn replay_message(
        &self,
        caller: &Caller,
        source: &str,
        trouble: &str,
    ) -> Result<usize, AppError> {
        caller.permit(Operation::ManageSources)?;
        let found = self.storage.trouble(source, trouble).await?;
        let trouble = found.ok_or(AppError::NotFound("message"))?;
        let Some(body) = trouble.body.clone() else {
            let why = "nothing of this message was kept: it has to be sent again";
            return Err(AppError::Conflict(why.to_owned()));
        };
        let (source, webhook) = self.hook(source).await?;
        let headers = headers(&trouble);
        let message = Message { headers: &headers, body: &body, received_at: trouble.received_at };
        let new = match webhook.read(&message) {
            Ok(Reading::Events(events)) => {
                let delivery = Delivery { source: source.id, body: body.clone(), events };
                self.intake.store(vec![delivery], trouble.received_at).await?
            }
            Ok(Reading::Answer(_) | Reading::Nothing(_)) => 0,
            Err(unreadable) => return Err(AppError::Conflict(unreadable.to_string())),
        };
        self.storage.set_replayed(&trouble.id, self.clock.now()).await?;
        Ok(new)
    }
}

fn headers(trouble: &Trouble) -> HeaderMap {
    let kept = trouble.headers.as_deref().unwrap_or("{}");
    let kept: std::collections::BTreeMap<String, String> =
        serde_json::from_str(kept).unwrap_or_default();
    let read = |(name, value): (String, String)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    kept.into_iter().filter_map(read).collect()
}
