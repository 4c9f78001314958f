//! Answering a message about an action by the link in it, without a sign-in.

mod confirm;
mod read;

pub use confirm::Answered;
pub use read::AnswerView;

use afterword_domain::action::Action;
use afterword_domain::chasing::Purpose;
use afterword_domain::people::Person;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::time::zone_named;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::error::AppError;
use crate::links::Claims;
use crate::secrets::sha256;

/// A link that works, and all that it is about.
struct Asked {
    claims: Claims,
    hash: String,
    person: Person,
    postmortem: Postmortem,
    action: Action,
}

impl Asked {
    /// The day where the person is.
    fn today(&self, app: &App) -> Date {
        let zone = zone_named(&self.person.time_zone).unwrap_or(TimeZone::UTC);
        app.clock.now().to_zoned(zone).date()
    }
}

/// Refuses what is not this person's to answer any more.
fn still_asked(action: Option<&Action>, person: &str) -> Result<Action, AppError> {
    let action = action.ok_or_else(|| {
        AppError::Conflict(
            "this action was taken out of its post-mortem: nobody waits for it any more".to_owned(),
        )
    })?;
    if action.owner.as_deref() == Some(person) {
        Ok(action.clone())
    } else {
        Err(AppError::Conflict(
            "this action is not yours any more: nothing is asked of you".to_owned(),
        ))
    }
}

fn used() -> AppError {
    AppError::Conflict(
        "this link was used already, and is good for one answer: open the post-mortem to change it"
            .to_owned(),
    )
}

impl App {
    /// What a link asks about; changes nothing.
    async fn asked_by(&self, token: &str) -> Result<Asked, AppError> {
        let claims = self.signer().await?.read(token, self.clock.now())?;
        if !Purpose::ANSWERS.contains(&claims.purpose) {
            return Err(AppError::invalid(
                "token",
                "this link is good for something else; it answers nothing about an action",
            ));
        }
        let hash = sha256(token.trim().as_bytes());
        if self.storage.is_link_used(&hash).await? {
            return Err(used());
        }
        let person = self.storage.person(&claims.person).await?;
        let person = person.ok_or(AppError::NotFound("person"))?;
        let postmortem = self.storage.postmortem(&claims.postmortem).await?;
        let postmortem = postmortem.ok_or(AppError::NotFound("post-mortem"))?;
        let record = self.current_record(&claims.postmortem).await?.record;
        let action = record.actions.iter().find(|it| it.id == claims.action);
        let action = still_asked(action, &person.id)?;
        Ok(Asked { claims, hash, person, postmortem, action })
    }
}
