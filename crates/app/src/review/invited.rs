//! Whom a policy invites.

use std::collections::BTreeMap;

use afterword_domain::postmortem::Postmortem;
use afterword_domain::review::Invited;

use crate::app::App;
use crate::error::AppError;

/// Somebody whom a policy invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitedPerson {
    /// The person's id.
    pub person: String,
    /// Why, each without a full stop: "took part".
    pub because: Vec<String>,
}

/// Who is invited, in the order in which they were found.
#[derive(Default)]
struct List {
    people: Vec<InvitedPerson>,
    places: BTreeMap<String, usize>,
}

impl List {
    fn add(&mut self, person: &str, because: &str) {
        let end = self.people.len();
        let place = *self.places.entry(person.to_owned()).or_insert(end);
        if place == end {
            self.people.push(InvitedPerson { person: person.to_owned(), because: Vec::new() });
        }
        if let Some(it) = self.people.get_mut(place) {
            it.because.push(because.to_owned());
        }
    }
}

impl App {
    /// Whom a policy invites to the call about a post-mortem.
    pub(crate) async fn invited_by(
        &self,
        invite: &Invited,
        it: &Postmortem,
    ) -> Result<Vec<InvitedPerson>, AppError> {
        let mut list = List::default();
        if invite.participants {
            for person in self.storage.participants(&it.id).await? {
                list.add(&person, "took part");
            }
        }
        if invite.owners {
            let organisation = self.storage.organisation().await?;
            for team in organisation.owners(&it.services) {
                let because = format!("is in {}, which owns a service of it", team.name);
                team.people().for_each(|person| list.add(person, &because));
            }
        }
        if !invite.disciplines.is_empty() {
            let labels = self.disciplines().await?;
            for person in self.storage.people().await? {
                if invite.disciplines.contains(&person.discipline) {
                    let known = labels.iter().find(|it| it.slug == person.discipline);
                    let label = known.map_or(person.discipline.as_str(), |it| &it.label);
                    list.add(&person.id, &format!("is in {label}"));
                }
            }
        }
        Ok(list.people)
    }
}
