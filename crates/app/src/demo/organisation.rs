//! Who belongs together in the demonstration organisation, and what they look after.

use afterword_domain::organisation::{Service, Team};

use super::people::Cast;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;
use crate::slugs::checked_slug;

/// A team: its name, its lead, its members and its services.
type Described = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const TEAMS: [Described; 3] = [
    ("Shop", "imani", &["wen", "tomas"], &["checkout", "search"]),
    ("Payments", "wen", &["tomas"], &["payments"]),
    ("Partners", "daniel", &["freya", "tomas"], &["partner-api"]),
];

impl App {
    pub(super) async fn add_demo_teams(&self, cast: &Cast) -> Result<(), AppError> {
        let (mut teams, mut services) = (Vec::new(), Vec::new());
        let id_of = |name: &str| Ok::<_, AppError>(cast.get(name)?.person.id.clone());
        for (name, lead, members, owned) in TEAMS {
            let team = Team {
                id: new_id(),
                slug: checked_slug(None, name)?,
                name: name.to_owned(),
                lead: Some(id_of(lead)?),
                members: members.iter().map(|it| id_of(it)).collect::<Result<_, _>>()?,
            };
            services.extend(owned.iter().map(|service| Service {
                name: (*service).to_owned(),
                team: Some(team.id.clone()),
            }));
            teams.push(team);
        }
        Ok(self.storage.save_organisation(&teams, &services).await?)
    }
}
