//! Who works in the demonstration organisation.

use std::collections::HashMap;

use afterword_domain::people::Role;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::people::PersonToAdd;

/// Somebody in the demonstration organisation.
#[derive(Debug)]
pub struct DemoPerson {
    /// To sign in with.
    pub email: &'static str,
    /// As the person wants to be called.
    pub name: &'static str,
    /// What the account may do.
    pub role: Role,
    discipline: &'static str,
    time_zone: &'static str,
}

/// The password of all of them: this organisation has nothing to hide.
pub const DEMO_PASSWORD: &str = "calm after the storm";

/// All of them; the facilitator first, since the demonstration is best seen from there.
pub const DEMO_PEOPLE: [DemoPerson; 6] = [
    DemoPerson {
        email: "imani@demo.example",
        name: "Imani Okafor",
        role: Role::Facilitator,
        discipline: "product",
        time_zone: "Europe/Berlin",
    },
    DemoPerson {
        email: "tomas@demo.example",
        name: "Tomás Rivera",
        role: Role::Member,
        discipline: "sre",
        time_zone: "America/Los_Angeles",
    },
    DemoPerson {
        email: "wen@demo.example",
        name: "Wen Zhao",
        role: Role::Member,
        discipline: "engineering",
        time_zone: "Asia/Singapore",
    },
    DemoPerson {
        email: "freya@demo.example",
        name: "Freya Lindqvist",
        role: Role::Member,
        discipline: "support",
        time_zone: "Europe/Stockholm",
    },
    DemoPerson {
        email: "daniel@demo.example",
        name: "Daniel Mwangi",
        role: Role::Member,
        discipline: "sales",
        time_zone: "Africa/Nairobi",
    },
    DemoPerson {
        email: "priya@demo.example",
        name: "Priya Nair",
        role: Role::Admin,
        discipline: "leadership",
        time_zone: "Asia/Kolkata",
    },
];

/// The people by the first part of their address.
pub(super) struct Cast(HashMap<&'static str, Caller>);

impl Cast {
    /// Somebody who is known to play in the demonstration.
    pub(super) fn get(&self, name: &str) -> Result<&Caller, AppError> {
        self.0.get(name).ok_or(AppError::NotFound("person in the demonstration"))
    }
}

impl App {
    pub(super) async fn add_demo_people(&self) -> Result<Cast, AppError> {
        let mut cast = HashMap::new();
        for person in &DEMO_PEOPLE {
            let discipline = person.discipline.parse();
            let new = PersonToAdd {
                email: person.email.to_owned(),
                name: person.name.to_owned(),
                discipline: discipline.map_err(|error: String| AppError::internal(error))?,
                time_zone: person.time_zone.to_owned(),
                role: person.role,
                password: Some(DEMO_PASSWORD.to_owned()),
            };
            let person_added = self.add_account(new).await?;
            let name = person.email.split('@').next().unwrap_or_default();
            cast.insert(name, Caller { person: person_added, session: None });
        }
        Ok(Cast(cast))
    }
}
