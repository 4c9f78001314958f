//! Teams, and the services that they own.

use std::collections::BTreeSet;

use crate::evidence::service_key;

/// People who belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// UUID.
    pub id: String,
    /// Lower-case letters, digits and hyphens: how files name it.
    pub slug: String,
    /// For people.
    pub name: String,
    /// Whose reports its members are: a person's id.
    pub lead: Option<String>,
    /// The ids of its members.
    pub members: BTreeSet<String>,
}

/// A service, and who owns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// As post-mortems and events name it.
    pub name: String,
    /// The id of the team.
    pub team: Option<String>,
}

impl Team {
    /// The ids of everybody in it, its lead included.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let members = self.members.iter().filter(|it| Some(*it) != self.lead.as_ref());
        self.lead.iter().chain(members).map(String::as_str)
    }
}

/// Everybody's teams, and everything that is looked after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// By name.
    pub teams: Vec<Team>,
    /// By name.
    pub services: Vec<Service>,
}

impl Organisation {
    /// The service of that name, however it is spelled.
    pub fn service(&self, name: &str) -> Option<&Service> {
        let key = service_key(name);
        self.services.iter().find(|it| service_key(&it.name) == key)
    }

    /// The teams that own any of these services, however they are spelled.
    pub fn owners(&self, involved: &[String]) -> Vec<&Team> {
        let owned = involved.iter().filter_map(|it| self.service(it)?.team.as_deref());
        let ids: BTreeSet<&str> = owned.collect();
        self.teams.iter().filter(|team| ids.contains(&team.id[..])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(id: &str, lead: Option<&str>, members: &[&str]) -> Team {
        Team {
            id: id.to_owned(),
            slug: id.to_owned(),
            name: id.to_owned(),
            lead: lead.map(ToOwned::to_owned),
            members: members.iter().map(|&it| it.to_owned()).collect(),
        }
    }

    #[test]
    fn a_service_is_owned_however_it_is_spelled() {
        let service = |name: &str, team: Option<&str>| Service {
            name: name.to_owned(),
            team: team.map(ToOwned::to_owned),
        };
        let here = Organisation {
            teams: vec![team("shop", None, &["ada"]), team("payments", None, &[])],
            services: vec![
                service("Check Out", Some("shop")),
                service("pay", Some("payments")),
                service("x", None),
            ],
        };
        let owned = |involved: &[&str]| {
            let involved: Vec<_> = involved.iter().map(|&it| it.to_owned()).collect();
            here.owners(&involved).iter().map(|it| &it.id[..]).collect::<Vec<_>>()
        };
        assert_eq!(owned(&["check-out", "x"]), ["shop"]);
        assert_eq!(owned(&["check-out", "PAY"]), ["shop", "payments"]);
        assert!(owned(&["search"]).is_empty());
        assert_eq!(here.service("CHECK_OUT").map(|it| &it.name[..]), Some("Check Out"));
    }

    #[test]
    fn a_lead_is_in_the_team_once() {
        let all = team("shop", Some("ada"), &["ada", "bob"]);
        assert_eq!(all.people().collect::<Vec<_>>(), ["ada", "bob"]);
    }
}
