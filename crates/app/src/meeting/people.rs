//! Who is in the room, who is named and not here, and who was not heard yet.

use std::collections::BTreeSet;

use afterword_domain::evidence::EventId;
use afterword_domain::policy::Operation;
use afterword_record::Projection;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::may_lead;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::people::Accounts;

/// Who is in the room and who might be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PeopleHere)]
pub struct PeopleHere {
    /// Who is here, by name.
    pub here: Vec<PersonHere>,
    /// Who is named in the record or in its evidence and is not here.
    pub named: Vec<NamedElsewhere>,
    /// Ids of those who are here and have not written in the record; for those who lead alone, to
    /// be invited.
    pub not_heard: Option<Vec<String>>,
    /// Ids of those for whom this is the first; for those who lead alone, and for whom it is.
    pub first_time: Vec<String>,
}

/// Somebody in the room.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PersonHere)]
pub struct PersonHere {
    /// Who it is.
    pub id: String,
    /// As the person wants to be called.
    pub name: String,
    /// The slug of the discipline.
    pub discipline: String,
}

/// Somebody who is named and not here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(as = NamedElsewhere)]
pub struct NamedElsewhere {
    /// The name, as it stands there or as the person wants to be called.
    pub name: String,
    /// The account, if there is one.
    pub person: Option<String>,
}

const MOST_NAMED: usize = 20;

impl App {
    /// Who is in the room and who might be.
    pub async fn people_here(&self, caller: &Caller, id: &str) -> Result<PeopleHere, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let record = self.current_record(id).await?.record;
        let mut here: Vec<_> = self.rooms.people(id).await?.into_iter().map(person).collect();
        here.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let named = self.named(&record, &here).await?;
        let ids: BTreeSet<_> = here.iter().map(|it| &it.id[..]).collect();
        let since = record.meeting.opened_at.unwrap_or(Timestamp::UNIX_EPOCH);
        let voices = self.storage.voices(id, since).await?;
        let leads = may_lead(caller, &record.meeting);
        let wrote: BTreeSet<_> =
            voices.iter().filter(|it| it.wrote).map(|it| &it.person_id[..]).collect();
        let not_heard = ids.iter().filter(|id| !wrote.contains(**id)).map(|id| (*id).to_owned());
        let not_heard = leads.then(|| not_heard.collect());
        let first = voices.iter().filter(|it| {
            let theirs = it.person_id == caller.person.id;
            it.first_time && (leads || theirs) && ids.contains(&it.person_id[..])
        });
        let first_time = first.map(|it| it.person_id.clone()).collect();
        Ok(PeopleHere { here, named, not_heard, first_time })
    }

    /// Names in the record and actors of the events that it cites, without those who are here.
    async fn named(
        &self,
        record: &Projection,
        here: &[PersonHere],
    ) -> Result<Vec<NamedElsewhere>, AppError> {
        let accounts = Accounts::new(self.storage.people().await?);
        let cited: Vec<EventId> = record
            .timeline
            .iter()
            .flat_map(|entry| entry.evidence.iter().filter_map(|it| it.event))
            .collect();
        let events = self.storage.events_with(&cited).await?;
        let actors = events.iter().filter_map(|event| event.actor.as_deref());
        let whos = record.timeline.iter().filter_map(|entry| entry.who.as_deref());
        let mut named = BTreeSet::new();
        for word in whos.chain(actors) {
            let account = accounts.find(word);
            let name = account.map_or(word, |it| &it.name).to_owned();
            let person = account.map(|it| it.id.clone());
            if !here.iter().any(|it| Some(&it.id) == person.as_ref() || it.name == name) {
                named.insert(NamedElsewhere { name, person });
            }
        }
        Ok(named.into_iter().take(MOST_NAMED).collect())
    }
}

fn person(visitor: afterword_rooms::Visitor) -> PersonHere {
    PersonHere { id: visitor.id, name: visitor.name, discipline: visitor.discipline }
}
