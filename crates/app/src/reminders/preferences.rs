//! When and where somebody wants to be told of their actions.

use afterword_domain::chasing::{Often, QuietHours, Rhythm, RhythmRefused};
use afterword_integrations::chat::{ChatAddress, ChatKind};
use afterword_storage::{ChatWebhook, ReminderPreferences};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderWishes {
    /// How often.
    pub often: Often,
    /// At which hour, 0 to 23, in the person's zone.
    pub hour: i8,
    /// When not, in the person's zone.
    pub quiet: Option<QuietHours>,
    /// Whether by mail.
    pub mail: bool,
    /// In which channel.
    pub chat: Option<ChatWish>,
}

/// A person's own incoming webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatWish {
    /// Whose shape it takes.
    pub kind: ChatKind,
    /// Its address.
    pub url: String,
}

/// How somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Reminders)]
pub struct RemindersView {
    /// How often.
    pub often: Often,
    /// At which hour, 0 to 23, in the person's zone.
    pub hour: i8,
    /// When not, in the person's zone.
    pub quiet: Option<QuietHours>,
    /// Whether by mail.
    pub mail: bool,
    /// In which channel.
    pub chat: Option<ChatWish>,
    /// Why nothing is sent to the channel any more.
    pub chat_problem: Option<String>,
    /// Whether this server sends mail at all.
    pub sends_mail: bool,
    /// Counts changes.
    pub etag: String,
}

fn own(caller: &Caller, id: &str) -> Result<(), AppError> {
    if caller.person.id == id {
        Ok(())
    } else {
        Err(AppError::Forbidden("when and where somebody is reminded is for them alone"))
    }
}

fn refused(error: RhythmRefused) -> AppError {
    let field = if error == RhythmRefused::NoLength { "quiet" } else { "hour" };
    AppError::invalid(field, error.to_string())
}

impl App {
    /// When and where the caller is told.
    pub async fn reminders(&self, caller: &Caller, id: &str) -> Result<RemindersView, AppError> {
        own(caller, id)?;
        Ok(self.reminders_view(self.storage.reminder_preferences(id).await?))
    }

    /// Changes when and where the caller is told. `version`: the one that was read; any if absent.
    pub async fn change_reminders(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        wishes: ReminderWishes,
    ) -> Result<RemindersView, AppError> {
        own(caller, id)?;
        let stands = self.storage.reminder_preferences(id).await?.version;
        if version.is_some_and(|read| read != stands) {
            return Err(AppError::Stale { current: None });
        }
        let wanted = ReminderPreferences { version: stands, ..self.checked_wishes(wishes)? };
        self.storage.save_reminder_preferences(id, &wanted, self.clock.now()).await?;
        self.queue.ring();
        self.reminders(caller, id).await
    }

    fn checked_wishes(&self, wishes: ReminderWishes) -> Result<ReminderPreferences, AppError> {
        let ReminderWishes { often, hour, quiet, mail, chat } = wishes;
        let rhythm = Rhythm { often, hour, quiet };
        rhythm.check().map_err(refused)?;
        if let Some(chat) = &chat {
            ChatAddress::parse(&chat.url, self.is_for_this_machine())
                .map_err(|error| AppError::invalid("chat", error.to_string()))?;
        }
        let webhook = |it: ChatWish| ChatWebhook {
            kind: it.kind.as_str().to_owned(),
            url: it.url.trim().to_owned(),
        };
        let (chat, chat_problem) = (chat.map(webhook), None);
        Ok(ReminderPreferences { rhythm, mail, chat, chat_problem, version: 0 })
    }

    fn reminders_view(&self, it: ReminderPreferences) -> RemindersView {
        let chat = it
            .chat
            .and_then(|chat| Some(ChatWish { kind: ChatKind::parse(&chat.kind)?, url: chat.url }));
        RemindersView {
            often: it.rhythm.often,
            hour: it.rhythm.hour,
            quiet: it.rhythm.quiet,
            mail: it.mail,
            chat,
            chat_problem: it.chat_problem,
            sends_mail: self.sends_mail(),
            etag: it.version.to_string(),
        }
    }
}
