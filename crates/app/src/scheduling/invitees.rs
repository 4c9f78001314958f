//! Who is asked to a post-mortem's call, and who might be.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::people::Person;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// So many can be asked.
const MOST: usize = 200;
/// So many of a discipline are proposed, where nobody of it is asked.
const OF_A_DISCIPLINE: usize = 3;

/// Who is asked, and who might be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Invitees)]
pub struct InviteesView {
    /// Who is asked: first those whom the hour has to suit, by name.
    pub items: Vec<InviteeView>,
    /// Who might be, with the reason.
    pub proposals: Vec<ProposedInvitee>,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Invitee)]
pub struct InviteeView {
    /// Id of the person.
    pub person: String,
    /// As the person wants to be called.
    pub name: String,
    /// The slug of the discipline.
    pub discipline: String,
    /// An IANA time zone name.
    pub time_zone: String,
    /// Whether the hour has to suit them; otherwise they are welcome at whichever.
    pub needed: bool,
}

/// Somebody who might be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProposedInvitee)]
pub struct ProposedInvitee {
    /// Id of the person.
    pub person: String,
    /// As the person wants to be called.
    pub name: String,
    /// The slug of the discipline.
    pub discipline: String,
    /// Why, in a sentence.
    pub why: String,
    /// Whether the post-mortem's policy invites them.
    pub by_policy: bool,
}

impl App {
    /// Who is asked to a post-mortem, and who might be.
    pub async fn invitees(&self, caller: &Caller, id: &str) -> Result<InviteesView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let people = self.storage.people().await?;
        let by_id: BTreeMap<_, _> = people.iter().map(|it| (&it.id[..], it)).collect();
        let invitees = self.storage.invitees(id).await?;
        let view = |it: &afterword_storage::Invitee| {
            let person = by_id.get(&it.person_id[..])?;
            Some(InviteeView {
                person: person.id.clone(),
                name: person.name.clone(),
                discipline: person.discipline.to_string(),
                time_zone: person.time_zone.clone(),
                needed: it.needed,
            })
        };
        let mut items: Vec<_> = invitees.iter().filter_map(view).collect();
        items.sort_by(|a, b| (!a.needed, &a.name, &a.person).cmp(&(!b.needed, &b.name, &b.person)));
        let asked: BTreeSet<_> = items.iter().map(|it| it.person.clone()).collect();
        let proposals = self.proposed_invitees(&postmortem, &people, &asked).await?;
        let may_change = self.permitted(caller, id, Operation::SteerPostmortem).await.is_ok();
        Ok(InviteesView { items, proposals, may_change })
    }

    /// Asks somebody, or changes whether the hour has to suit them.
    pub async fn set_invitee(
        &self,
        caller: &Caller,
        id: &str,
        person: &str,
        needed: bool,
    ) -> Result<InviteesView, AppError> {
        self.permitted(caller, id, Operation::SteerPostmortem).await?;
        self.storage.person(person).await?.ok_or(AppError::NotFound("person"))?;
        let invitees = self.storage.invitees(id).await?;
        let is_new = !invitees.iter().any(|it| it.person_id == person);
        if is_new && invitees.len() >= MOST {
            return Err(too_many());
        }
        self.storage.set_invitee(id, person, needed, self.clock.now()).await?;
        // Whoever is asked to a call that is arranged already is told.
        self.queue.ring();
        self.invitees(caller, id).await
    }

    /// Asks everybody whom the post-mortem's policy invites.
    pub async fn invite_by_policy(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<InviteesView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::SteerPostmortem).await?;
        let policy = self.policy_of(&postmortem).await?;
        let invited = self.invited_by(&policy.terms.invite, &postmortem).await?;
        let invitees = self.storage.invitees(id).await?;
        let asked: BTreeSet<_> = invitees.into_iter().map(|it| it.person_id).collect();
        let new = invited.into_iter().map(|it| it.person).filter(|it| !asked.contains(it));
        let new: Vec<_> = new.collect();
        if asked.len() + new.len() > MOST {
            return Err(too_many());
        }
        self.storage.add_invitees(id, &new, self.clock.now()).await?;
        self.queue.ring();
        self.invitees(caller, id).await
    }

    /// Asks somebody no more.
    pub async fn remove_invitee(
        &self,
        caller: &Caller,
        id: &str,
        person: &str,
    ) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::SteerPostmortem).await?;
        let removed = self.storage.remove_invitee(id, person, self.clock.now()).await?;
        self.queue.ring();
        if removed { Ok(()) } else { Err(AppError::NotFound("invitee")) }
    }

    /// Those whom its policy invites, and somebody of each discipline of which nobody is asked; each
    /// once, by the first reason.
    async fn proposed_invitees(
        &self,
        postmortem: &Postmortem,
        people: &[Person],
        asked: &BTreeSet<String>,
    ) -> Result<Vec<ProposedInvitee>, AppError> {
        let mut proposals = Proposals { people, asked, named: BTreeSet::new(), all: Vec::new() };
        let policy = self.policy_of(postmortem).await?;
        for invited in self.invited_by(&policy.terms.invite, postmortem).await? {
            proposals.add(&invited.person, true, || sentence(&invited.because));
        }
        let labels = self.disciplines().await?;
        let heard = |slug: &str| {
            let mut known = people.iter().filter(|it| it.discipline.as_str() == slug);
            known.any(|it| asked.contains(&it.id) || proposals.named.contains(&it.id))
        };
        let silent: Vec<_> = labels.iter().filter(|it| !heard(it.slug.as_str())).collect();
        for discipline in silent.into_iter().filter(|it| it.slug.as_str() != "other") {
            let of_it = people.iter().filter(|it| it.discipline == discipline.slug);
            for person in of_it.take(OF_A_DISCIPLINE) {
                let why = || format!("Nobody of {} is asked yet.", discipline.label);
                proposals.add(&person.id, false, why);
            }
        }
        Ok(proposals.all)
    }
}

fn too_many() -> AppError {
    AppError::Conflict(format!("at most {MOST} people can be asked"))
}

/// `Took part; is in Shop, which owns a service of it.`
fn sentence(because: &[String]) -> String {
    let all = because.join("; ");
    let mut letters = all.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

struct Proposals<'a> {
    people: &'a [Person],
    asked: &'a BTreeSet<String>,
    named: BTreeSet<String>,
    all: Vec<ProposedInvitee>,
}

impl Proposals<'_> {
    fn add(&mut self, id: &str, by_policy: bool, why: impl FnOnce() -> String) {
        let Some(person) = self.people.iter().find(|it| it.id == id) else { return };
        if self.asked.contains(id) || !self.named.insert(id.to_owned()) {
            return;
        }
        self.all.push(ProposedInvitee {
            person: person.id.clone(),
            name: person.name.clone(),
            discipline: person.discipline.to_string(),
            why: why(),
            by_policy,
        });
    }
}
