//! From what a file says to the teams and services that are here.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::organisation::{Organisation, Service, Team};
use afterword_domain::people::Person;
use afterword_domain::postmortem::LONGEST_LABEL;
use afterword_integrations::catalog::{Catalog, Owner, ServiceFound, TeamFound};

use super::super::LONGEST_NAME;
use super::{ImportedOrganisation, ServiceChange, TeamChange};
use crate::documents::Skipped;
use crate::secrets::new_id;
use crate::slugs::checked_slug;

/// What is to be stored, and what is told of it.
pub(super) struct Done {
    pub(super) teams: Vec<Team>,
    pub(super) services: Vec<Service>,
    pub(super) report: ImportedOrganisation,
}

/// Follows a file through what is here.
pub(super) struct Resolver {
    /// By their addresses.
    people: BTreeMap<String, Person>,
    /// As it will be, but for the owners of services.
    here: Organisation,
    /// What changes about a team, by its id.
    changes: BTreeMap<String, TeamChange>,
    changed: Vec<Service>,
    report: ImportedOrganisation,
}

impl Resolver {
    pub(super) fn new(people: Vec<Person>, here: Organisation) -> Self {
        Self {
            people: people.into_iter().map(|it| (it.email.clone(), it)).collect(),
            here,
            changes: BTreeMap::new(),
            changed: Vec::new(),
            report: ImportedOrganisation::default(),
        }
    }

    pub(super) fn take(&mut self, catalog: Catalog) {
        for it in catalog.skipped {
            self.skip(it.line, &it.text, it.why);
        }
        for team in catalog.teams {
            self.take_team(&team);
        }
        let mut seen = BTreeSet::new();
        for service in catalog.services {
            if seen.insert(service.name.to_lowercase()) {
                self.take_service(&service);
            } else {
                self.skip(service.line, &service.name, "it stands there before, and that counts");
            }
        }
    }

    pub(super) fn done(mut self) -> Done {
        self.report.skipped.sort_by_key(|it| it.line);
        let changed = |team: &Team| self.changes.contains_key(&team.id);
        let teams: Vec<Team> = self.here.teams.iter().filter(|it| changed(it)).cloned().collect();
        self.report.teams =
            teams.iter().filter_map(|it| self.changes.get(&it.id).cloned()).collect();
        Done { teams, services: self.changed, report: self.report }
    }

    fn skip(&mut self, line: u64, text: &str, why: impl Into<String>) {
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        self.report.skipped.push(Skipped { line, text: text.to_owned(), why: why.into() });
    }

    /// The place of the team of that key, which is made if there is none; `None` if it cannot be.
    fn team(&mut self, line: u64, key: &str, name: Option<&str>) -> Option<usize> {
        let name = name.unwrap_or(key).trim();
        let slug = checked_slug(None, key).ok()?;
        let is_it = |team: &Team| team.slug == slug || team.name.eq_ignore_ascii_case(key);
        if let Some(place) = self.here.teams.iter().position(is_it) {
            return Some(place);
        }
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            self.skip(line, key, "the name of a team has 1 to 100 characters");
            return None;
        }
        let team = Team {
            id: new_id(),
            slug,
            name: name.to_owned(),
            lead: None,
            members: BTreeSet::new(),
        };
        self.change(&team).new = true;
        self.here.teams.push(team);
        Some(self.here.teams.len() - 1)
    }

    fn change(&mut self, team: &Team) -> &mut TeamChange {
        self.changes.entry(team.id.clone()).or_insert_with(|| TeamChange {
            name: team.name.clone(),
            new: false,
            lead: None,
            joined: Vec::new(),
        })
    }

    /// Whoever has an account with that address.
    fn person(&mut self, line: u64, address: &str) -> Option<Person> {
        let found = self.people.get(address).cloned();
        if found.is_none() {
            self.skip(line, address, "nobody has an account with this address yet: add them first");
        }
        found
    }

    fn take_team(&mut self, found: &TeamFound) {
        let Some(place) = self.team(found.line, &found.key, found.name.as_deref()) else { return };
        let Some(mut team) = self.here.teams.get(place).cloned() else { return };
        if let Some(lead) = found.lead.as_ref().and_then(|it| self.person(found.line, it))
            && team.lead.as_ref() != Some(&lead.id)
        {
            self.change(&team).lead = Some(lead.name);
            team.lead = Some(lead.id);
        }
        for address in &found.members {
            if let Some(member) = self.person(found.line, address)
                && team.members.insert(member.id)
            {
                self.change(&team).joined.push(member.name);
            }
        }
        if let Some(stands) = self.here.teams.get_mut(place) {
            *stands = team;
        }
    }

    fn take_service(&mut self, found: &ServiceFound) {
        let length = found.name.chars().count();
        if !(1..=LONGEST_LABEL).contains(&length) {
            let why = format!("the name of a service has 1 to {LONGEST_LABEL} characters");
            return self.skip(found.line, &found.name, why);
        }
        let Some(team) = self.owner(found) else { return };
        let stands = self.here.service(&found.name).cloned();
        if stands.as_ref().is_some_and(|it| it.team.as_ref() == Some(&team.id)) {
            self.report.unchanged += 1;
            return;
        }
        let before = stands.as_ref().and_then(|it| it.team.as_ref());
        let before = before.and_then(|id| self.here.teams.iter().find(|it| it.id == *id));
        let name = stands.as_ref().map_or(&found.name, |it| &it.name).clone();
        self.report.services.push(ServiceChange {
            line: found.line,
            name: name.clone(),
            team: team.name,
            before: before.map(|it| it.name.clone()),
            new: stands.is_none(),
        });
        self.changed.push(Service { name, team: Some(team.id) });
    }

    /// The team that owns it; of somebody alone the one team that they are in.
    fn owner(&mut self, found: &ServiceFound) -> Option<Team> {
        match &found.owner {
            Owner::Team(key) => {
                let place = self.team(found.line, key, None)?;
                self.here.teams.get(place).cloned()
            }
            Owner::Person(address) => {
                let person = self.person(found.line, address)?;
                let is_in = |team: &&Team| team.people().any(|id| id == person.id);
                let mut of: Vec<Team> = self.here.teams.iter().filter(is_in).cloned().collect();
                if of.len() == 1 {
                    return of.pop();
                }
                let many = if of.is_empty() { "in no team" } else { "in several" };
                let why = format!(
                    "a service is owned by a team, and {} is {many}: name the team",
                    person.name
                );
                self.skip(found.line, &found.name, why);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use afterword_domain::people::{Discipline, Role};

    use super::*;

    fn person(name: &str) -> Person {
        Person {
            id: name.to_owned(),
            email: format!("{name}@acme.example"),
            name: name.to_owned(),
            discipline: Discipline::default(),
            time_zone: "UTC".to_owned(),
            role: Role::Member,
            version: 1,
        }
    }

    fn resolved(text: &str, teams: Vec<Team>, services: Vec<Service>) -> Done {
        let people = vec![person("ada"), person("grace")];
        let mut resolver = Resolver::new(people, Organisation { teams, services });
        resolver.take(afterword_integrations::catalog::read_table(text).expect("a table"));
        resolver.done()
    }

    const FILE: &str = "service,team,lead,members\n\
        Check-Out,The Shop,ada@acme.example,grace@acme.example;linus@acme.example\n\
        search,the-shop,,\n\
        search,Other,,\n";

    #[test]
    fn what_is_new_is_made_and_what_is_unknown_is_told() {
        let done = resolved(FILE, Vec::new(), Vec::new());
        let names: Vec<_> = done.teams.iter().map(|it| (&it.slug[..], &it.name[..])).collect();
        assert_eq!(names, [("the-shop", "The Shop"), ("other", "Other")]);
        assert_eq!(done.teams[0].lead.as_deref(), Some("ada"));
        assert!(done.teams[0].members.contains("grace"));
        assert_eq!(done.services.len(), 2);
        assert!(done.report.services.iter().all(|it| it.new && it.team == "The Shop"));
        let skipped: Vec<_> = done.report.skipped.iter().map(|it| it.line).collect();
        assert_eq!(skipped, [2, 4], "linus has no account, and search stands there twice");
    }

    #[test]
    fn the_same_again_changes_nothing() {
        let first = resolved(FILE, Vec::new(), Vec::new());
        let again = resolved(FILE, first.teams, first.services);
        assert!(again.teams.is_empty() && again.services.is_empty());
        assert_eq!(again.report.unchanged, 2);
    }

    #[test]
    fn who_was_there_stays_and_the_owner_before_is_told() {
        let team = |id: &str, members: &[&str]| Team {
            id: id.to_owned(),
            slug: id.to_owned(),
            name: id.to_uppercase(),
            lead: None,
            members: members.iter().map(|&it| it.to_owned()).collect(),
        };
        let service = Service { name: "check out".to_owned(), team: Some("old".to_owned()) };
        let teams = vec![team("the-shop", &["linus"]), team("old", &[])];
        let done = resolved(FILE, teams, vec![service]);
        assert!(done.teams[0].members.contains("linus"), "nothing is taken away");
        let change = &done.report.services[0];
        assert_eq!((&change.name[..], change.before.as_deref()), ("check out", Some("OLD")));
        assert!(!change.new);
    }
}
