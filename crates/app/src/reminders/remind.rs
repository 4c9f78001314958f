//! Tells somebody of their actions, when they want to be told, and says when to look again.

use afterword_domain::chasing::{
    Chased, MOST_IN_A_DIGEST, Often, Owned, Purpose, Told, next_digest,
};
use afterword_domain::people::Person;
use afterword_domain::time::zone_named;
use afterword_integrations::chat::{self, ChatAddress, ChatError, ChatKind};
use afterword_storage::{
    ChatWebhook, OwnedAction, ReminderPreferences, StorageError, ToldRow, Way,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::digest::{Digest, DigestItem};
use crate::app::App;
use crate::jobs::queue::{Ended, Fault};
use crate::links::{Claims, Signer};

/// Somebody who can be told in no way is looked at again, since a mail server may be set up.
const WITHOUT_A_WAY: SignedDuration = SignedDuration::from_hours(24);

/// Whom to tell, of what.
struct Reader {
    person: Person,
    zone: TimeZone,
    wanted: ReminderPreferences,
    actions: Vec<OwnedAction>,
}

impl Reader {
    fn chased(&self, it: &OwnedAction, now: Timestamp) -> Chased {
        let decided = it.seen_at.unwrap_or(now).to_zoned(self.zone.clone()).date();
        Chased { state: it.action.state, due: it.action.due, decided }
    }

    /// The actions, each with what was told of it.
    fn owned(&self, told: &[ToldRow], now: Timestamp) -> Vec<Owned> {
        let told_of = |it: &OwnedAction| {
            let of_it = told.iter().filter(|told| {
                told.postmortem_id == it.postmortem_id && told.action_id == it.action.id
            });
            let told = |it: &ToldRow| Told {
                occasion: it.occasion.clone(),
                on: it.told_at.to_zoned(self.zone.clone()).date(),
            };
            of_it.map(told).collect()
        };
        let owned = |it| Owned { action: self.chased(it, now), told: told_of(it) };
        self.actions.iter().map(owned).collect()
    }

    fn next(&self, owned: &[Owned], now: Timestamp, last: Option<Timestamp>) -> Option<Timestamp> {
        next_digest(&self.wanted.rhythm, &self.zone, now, last, owned)
    }
}

impl App {
    /// Tells somebody of their actions if it is time, once by each of their ways.
    pub(crate) async fn remind(&self, person: &str) -> Result<Ended, Fault> {
        self.projector.project_due().await;
        let Some(reader) = self.reader(person).await? else { return Ok(Ended::Done) };
        let ways = self.ways(&reader.wanted);
        if ways.is_empty() && reader.wanted.mail {
            let later = self.clock.now().saturating_add(WITHOUT_A_WAY);
            return Ok(later.map_or(Ended::Done, Ended::Again));
        }
        let (mut next, mut fault) = (None::<Timestamp>, None);
        for way in ways {
            match self.tell(&reader, way).await {
                Ok(at) => next = next.into_iter().chain(at).min(),
                // What may work later is tried again, also if another way is closed for good.
                Err(it) if matches!(fault, None | Some(Fault::Never(_))) => fault = Some(it),
                Err(_) => {}
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(next.map_or(Ended::Done, Ended::Again)),
        }
    }

    async fn reader(&self, person: &str) -> Result<Option<Reader>, StorageError> {
        let Some(person) = self.storage.person(person).await? else { return Ok(None) };
        let wanted = self.storage.reminder_preferences(&person.id).await?;
        let actions = self.storage.open_actions_of(&person.id).await?;
        if wanted.rhythm.often == Often::Off || actions.is_empty() {
            return Ok(None);
        }
        let zone = zone_named(&person.time_zone).unwrap_or(TimeZone::UTC);
        Ok(Some(Reader { person, zone, wanted, actions }))
    }

    fn ways(&self, wanted: &ReminderPreferences) -> Vec<Way> {
        let mail = (wanted.mail && self.mailer.is_some()).then_some(Way::Mail);
        let chat = (wanted.chat.is_some() && wanted.chat_problem.is_none()).then_some(Way::Chat);
        mail.into_iter().chain(chat).collect()
    }

    /// Tells by one way; answers when to look again.
    async fn tell(&self, reader: &Reader, way: Way) -> Result<Option<Timestamp>, Fault> {
        let person = &reader.person.id;
        let mut told = self.storage.told(person, way).await?;
        let last = self.storage.told_last(person, way).await?;
        let now = self.clock.now();
        let owned = reader.owned(&told, now);
        let due = reader.next(&owned, now, last);
        if due.is_none_or(|at| at > now) {
            return Ok(due);
        }
        let digest = self.digest(reader, &owned, now).await?;
        match way {
            Way::Mail => self.send_mail(reader, &digest).await?,
            Way::Chat => {
                if !self.send_chat(reader, &digest).await? {
                    return Ok(None);
                }
            }
        }
        // Noted at once: whoever dies in between tells it again, with the same id.
        let news: Vec<_> = digest.items.into_iter().map(|it| it.told).collect();
        self.storage.save_told(person, way, &news).await?;
        told.extend(news);
        Ok(reader.next(&reader.owned(&told, now), now, Some(now)))
    }

    async fn digest(
        &self,
        reader: &Reader,
        owned: &[Owned],
        now: Timestamp,
    ) -> Result<Digest, Fault> {
        let signer = self.signer().await?;
        let today = now.to_zoned(reader.zone.clone()).date();
        let due = reader.actions.iter().zip(owned).filter_map(|(it, owned)| {
            let occasion = owned.occasion(today)?;
            let told = ToldRow {
                postmortem_id: it.postmortem_id.clone(),
                action_id: it.action.id.clone(),
                occasion: occasion.key(),
                told_at: now,
            };
            Some(self.item(reader, it, owned.action.why(today), told, &signer))
        });
        let url = &self.settings.public_url;
        let off = signer.sign(&Claims::off(&reader.person.id, now));
        Ok(Digest {
            name: reader.person.name.clone(),
            items: due.take(MOST_IN_A_DIGEST).collect(),
            preferences: format!("{url}/me#reminders"),
            off: format!("{url}/reminders/off#{off}"),
            one_click: format!("{url}/api/v1/reminders/off?token={off}"),
        })
    }

    fn item(
        &self,
        reader: &Reader,
        it: &OwnedAction,
        why: String,
        told: ToldRow,
        signer: &Signer,
    ) -> DigestItem {
        let (postmortem, action) = (&it.postmortem_id, &it.action.id);
        let answer = |purpose: Purpose| {
            let claims =
                Claims::answer(purpose, postmortem, action, &reader.person.id, told.told_at);
            // Behind `#`, so that it stays out of logs and of the addresses that scanners fetch.
            (purpose, format!("{}/answer#{}", self.settings.public_url, signer.sign(&claims)))
        };
        DigestItem {
            title: it.action.title.clone(),
            why,
            done_when: it.action.done_when.clone(),
            postmortem: it.postmortem_title.clone(),
            room: self.place_of_action(postmortem, action),
            answers: Purpose::ANSWERS.map(answer).into(),
            told,
        }
    }

    /// The address at which people see an action.
    pub(crate) fn place_of_action(&self, postmortem: &str, action: &str) -> String {
        format!("{}/postmortems/{postmortem}#actions/{action}", self.settings.public_url)
    }

    async fn send_mail(&self, reader: &Reader, digest: &Digest) -> Result<(), Fault> {
        let Some(mailer) = &self.mailer else { return Ok(()) };
        let letter = digest.letter(&reader.person.email, &reader.person.id);
        mailer.send_letter(&letter).await.map_err(|error| {
            let why = error.to_string();
            if error.is_for_good() { Fault::Never(why) } else { Fault::Later(why) }
        })
    }

    /// Whether it was sent. A webhook that refuses for good is left alone until its owner saves it
    /// anew, and nobody else has to care.
    async fn send_chat(&self, reader: &Reader, digest: &Digest) -> Result<bool, Fault> {
        let Some(webhook) = &reader.wanted.chat else { return Ok(false) };
        match self.post_card(webhook, digest).await {
            Ok(()) => Ok(true),
            Err(ChatError::Unavailable(why)) => Err(Fault::Later(why)),
            Err(error @ ChatError::TooOften(wait)) => Err(Fault::After(wait, error.to_string())),
            Err(ChatError::Refused(why)) => {
                let wanted =
                    ReminderPreferences { chat_problem: Some(why), ..reader.wanted.clone() };
                let saved = self
                    .storage
                    .save_reminder_preferences(&reader.person.id, &wanted, self.clock.now())
                    .await;
                match saved {
                    // Its owner was quicker.
                    Ok(()) | Err(StorageError::Stale) => Ok(false),
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    async fn post_card(&self, webhook: &ChatWebhook, digest: &Digest) -> Result<(), ChatError> {
        let refused = |why: &str| ChatError::Refused(why.to_owned());
        let kind =
            ChatKind::parse(&webhook.kind).ok_or_else(|| refused("choose Slack or Teams"))?;
        let address = ChatAddress::parse(&webhook.url, self.is_for_this_machine())?;
        let client = chat::client().map_err(|it| ChatError::Unavailable(it.to_string()))?;
        chat::send_card(&client, kind, &address, &digest.card()).await
    }

    /// Whether the whole installation is reached from this machine alone, as where it is tried out.
    pub(crate) fn is_for_this_machine(&self) -> bool {
        let host = self.settings.public_url.split_once("://").map_or("", |(_, host)| host);
        ["localhost", "127.0.0.1", "[::1]"].iter().any(|here| {
            host.strip_prefix(here).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }
}
