//! Tells of a publication whoever wants to hear of it, each once.

use afterword_domain::announcing::concerns;
use afterword_domain::people::Person;
use afterword_integrations::chat::{self, ChatAddress, ChatError, ChatKind};
use afterword_integrations::mail::MailError;
use afterword_storage::{Channel, Target};

use super::channels::ChannelKind;
use super::letter::{Chapter, Draft};
use super::story::Story;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::publications::{Document, read};

/// So many are told in one run, which has its time limit; the next run goes on.
const MOST_AT_ONCE: usize = 40;

/// Somebody who is to be told.
enum Listener {
    Channel(Channel),
    Person(Box<Person>),
}

impl Listener {
    fn target(&self) -> Target<'_> {
        match self {
            Self::Channel(channel) => Target::Channel(&channel.id),
            Self::Person(person) => Target::Person(&person.id),
        }
    }
}

/// What is told, in which round.
struct News {
    story: Story,
    postmortem: String,
    edition: i64,
    round: i64,
}

impl App {
    /// Tells of a publication whoever was not told yet; nobody if it was taken back.
    pub(crate) async fn announce(&self, postmortem: &str) -> Result<Ended, Fault> {
        let Some(stored) = self.storage.publication(postmortem).await? else {
            return Ok(Ended::Done);
        };
        let Some(round) = self.storage.announcement_round(postmortem).await? else {
            return Ok(Ended::Done);
        };
        let document = read(&stored)?;
        let news = News {
            story: Story::of(&document, &self.settings.public_url),
            postmortem: postmortem.to_owned(),
            edition: document.edition,
            round,
        };
        let mut waiting = self.listeners(&document, &news).await?;
        let more = waiting.len() > MOST_AT_ONCE;
        waiting.truncate(MOST_AT_ONCE);
        let mut fault = None;
        for listener in &waiting {
            if self.storage.edition(postmortem).await? != Some(news.edition) {
                // Whoever published anew, or took it back, has asked for what is to be done.
                return Ok(Ended::Again(self.clock.now()));
            }
            match self.tell_listener(listener, &news).await {
                Ok(()) => {
                    let (target, now) = (listener.target(), self.clock.now());
                    self.storage.save_announced(postmortem, round, target, now).await?;
                }
                // The others are told all the same; what may work later is tried again.
                Err(it) if matches!(fault, None | Some(Fault::Never(_))) => fault = Some(it),
                Err(_) => {}
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None if more => Ok(Ended::Again(self.clock.now())),
            None => Ok(Ended::Done),
        }
    }

    /// Those who want to hear of it and were not told in this round.
    async fn listeners(&self, document: &Document, news: &News) -> Result<Vec<Listener>, AppError> {
        let organisation = self.storage.organisation().await?;
        let facts = document.facts(&organisation);
        let mut all = Vec::new();
        let channels = self.storage.channels().await?.into_iter();
        let open = channels.filter(|it| it.problem.is_none() && concerns(&it.topics, &facts));
        all.extend(open.map(Listener::Channel));
        if self.mailer.is_some() {
            for (id, wanted) in self.storage.subscribers_at_once().await? {
                if concerns(&wanted.topics, &facts)
                    && let Some(person) = self.storage.person(&id).await?
                {
                    all.push(Listener::Person(Box::new(person)));
                }
            }
        }
        let mut waiting = Vec::new();
        for listener in all {
            let target = listener.target();
            if !self.storage.was_announced(&news.postmortem, news.round, target).await? {
                waiting.push(listener);
            }
        }
        Ok(waiting)
    }

    async fn tell_listener(&self, listener: &Listener, news: &News) -> Result<(), Fault> {
        match listener {
            Listener::Person(person) => self.mail_news(person, news).await,
            Listener::Channel(channel) => match self.post_news(channel, news).await {
                Ok(()) => Ok(()),
                Err(ChatError::Unavailable(why)) => Err(Fault::Later(why)),
                Err(error @ ChatError::TooOften(wait)) => {
                    Err(Fault::After(wait, error.to_string()))
                }
                Err(ChatError::Refused(why)) => {
                    // It is left alone until an administrator saves it anew.
                    let (id, version) = (&channel.id, channel.version);
                    self.storage.save_channel_problem(id, version, &why).await?;
                    Err(Fault::Never(format!("{}: {why}", channel.name)))
                }
            },
        }
    }

    async fn mail_news(&self, person: &Person, news: &News) -> Result<(), Fault> {
        let Some(mailer) = &self.mailer else { return Ok(()) };
        let draft = Draft {
            subject: format!("Published: {}", news.story.title),
            chapters: &[Chapter {
                heading: "A post-mortem was published that you may want to read:",
                stories: std::slice::from_ref(&news.story),
            }],
            occasion: format!("{} {}", news.postmortem, news.round),
        };
        let letter = self.letter(&person.email, &person.id, &draft).await?;
        match mailer.send_letter(&letter).await {
            Ok(()) => Ok(()),
            // Nobody can be written to at such an address; the others must not wait for it.
            Err(error @ MailError::Address(_)) => {
                tracing::warn!(%error, person = person.id, "somebody cannot be told by mail");
                Ok(())
            }
            Err(error) if error.is_for_good() => Err(Fault::Never(error.to_string())),
            Err(error) => Err(Fault::Later(error.to_string())),
        }
    }

    async fn post_news(&self, channel: &Channel, news: &News) -> Result<(), ChatError> {
        let unavailable = |error: AppError| ChatError::Unavailable(error.to_string());
        let address = ChatAddress::of_organisation(&channel.url)?;
        let client = self.tracker_client.get().map_err(unavailable)?;
        let card = async |kind| chat::send_card(client, kind, &address, &news.story.card()).await;
        match ChannelKind::parse(&channel.kind) {
            Some(ChannelKind::Slack) => card(ChatKind::Slack).await,
            Some(ChannelKind::Teams) => card(ChatKind::Teams).await,
            Some(ChannelKind::Webhook) => {
                let id = format!("{}.{}", news.postmortem, news.round);
                let (now, message) = (self.clock.now(), news.story.message());
                chat::send_signed(client, &address, &channel.secret, &id, now, &message).await
            }
            None => Err(ChatError::Refused("choose Slack, Teams or a webhook".to_owned())),
        }
    }
}
