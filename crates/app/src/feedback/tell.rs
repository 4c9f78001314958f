//! Tells a facilitator by mail what they are asked for: all of it in one message.

use afterword_domain::chasing::Often;
use afterword_storage::FeedbackRequest;

use crate::app::App;
use crate::jobs::queue::{Ended, Fault};

impl App {
    /// The job. Without mail, or for whoever wants none, what is asked stands in the app alone.
    pub(crate) async fn tell_of_requests(&self, person: &str) -> Result<Ended, Fault> {
        let (Some(mailer), Some(person)) = (&self.mailer, self.storage.person(person).await?)
        else {
            return Ok(Ended::Done);
        };
        let wanted = self.storage.reminder_preferences(&person.id).await?;
        let mut asked = self.storage.feedback_asked_of(&person.id).await?;
        asked.retain(|it| it.told_at.is_none());
        if asked.is_empty() || !wanted.mail || wanted.rhythm.often == Often::Off {
            return Ok(Ended::Done);
        }
        let text = self.request_text(&person.name, &asked);
        mailer.send(&person.email, &subject(&asked), text).await.map_err(|error| {
            let why = error.to_string();
            if error.is_for_good() { Fault::Never(why) } else { Fault::Later(why) }
        })?;
        self.storage.note_told_of_requests(&asked, self.clock.now()).await?;
        Ok(Ended::Done)
    }

    fn request_text(&self, name: &str, asked: &[FeedbackRequest]) -> String {
        let url = &self.settings.public_url;
        let one = |it: &FeedbackRequest| {
            format!("{}\n  {url}/postmortems/{}/feedback", it.title, it.postmortem_id)
        };
        let all: Vec<_> = asked.iter().map(one).collect();
        format!(
            "Hello {name},\n\nanother facilitator would be glad of your eyes on how they led:\n\n\
             {}\n\nTwo or three comments help: a question that could have been asked, something \
             that worked. They are about facilitation and not about the incident, and only \
             facilitators see them.\n\nNot this time? Say so on that page, and somebody else is \
             asked.\n\nWhen and whether you get such mail: {url}/me#reminders\n",
            all.join("\n\n")
        )
    }
}

fn subject(asked: &[FeedbackRequest]) -> String {
    match asked {
        [only] => format!("Your feedback, please: {}", only.title),
        all => format!("Your feedback, please, on {} meetings", all.len()),
    }
}
