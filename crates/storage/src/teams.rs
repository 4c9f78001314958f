//! Teams with their members, and services with their owners.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::organisation::{Organisation, Service, Team};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

fn team(
    row: &AnyRow,
    members: &mut BTreeMap<String, BTreeSet<String>>,
) -> Result<Team, StorageError> {
    let columns = Columns { table: "teams", row };
    let id = columns.text("id")?;
    Ok(Team {
        slug: columns.text("slug")?,
        name: columns.text("name")?,
        lead: columns.optional_text("lead_id")?,
        members: members.remove(&id).unwrap_or_default(),
        id,
    })
}

fn service(row: &AnyRow) -> Result<Service, StorageError> {
    let columns = Columns { table: "services", row };
    Ok(Service { name: columns.text("name")?, team: columns.optional_text("team_id")? })
}

impl Storage {
    /// Every team, by name.
    pub async fn teams(&self) -> Result<Vec<Team>, StorageError> {
        let rows = sqlx::query("SELECT id, slug, name, lead_id FROM teams ORDER BY name, id")
            .fetch_all(&self.readers)
            .await?;
        let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let belong = sqlx::query("SELECT team_id, person_id FROM team_members")
            .fetch_all(&self.readers)
            .await?;
        for row in &belong {
            let columns = Columns { table: "team_members", row };
            members.entry(columns.text("team_id")?).or_default().insert(columns.text("person_id")?);
        }
        rows.iter().map(|row| team(row, &mut members)).collect()
    }

    /// Every team and every service.
    pub async fn organisation(&self) -> Result<Organisation, StorageError> {
        Ok(Organisation { teams: self.teams().await?, services: self.services().await? })
    }

    /// Every service, by name.
    pub async fn services(&self) -> Result<Vec<Service>, StorageError> {
        let rows = sqlx::query("SELECT name, team_id FROM services ORDER BY name")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(service).collect()
    }

    /// Stores a new team; `Exists` if its slug is taken.
    pub async fn add_team(&self, new: &Team) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("INSERT INTO teams (id, slug, name, lead_id) VALUES ($1, $2, $3, $4)")
            .bind(&new.id)
            .bind(&new.slug)
            .bind(&new.name)
            .bind(new.lead.as_deref())
            .execute(&mut *transaction)
            .await?;
        fill(&mut transaction, new).await?;
        Ok(transaction.commit().await?)
    }

    /// Writes a team's name, lead and members; `false` if there is none. Its slug stays.
    pub async fn change_team(&self, changed: &Team) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query("UPDATE teams SET name = $1, lead_id = $2 WHERE id = $3")
            .bind(&changed.name)
            .bind(changed.lead.as_deref())
            .bind(&changed.id)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        fill(&mut transaction, changed).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a team; its services have no owner then. `false` if there was none.
    pub async fn remove_team(&self, id: &str) -> Result<bool, StorageError> {
        let done =
            sqlx::query("DELETE FROM teams WHERE id = $1").bind(id).execute(self.writer()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Writes who owns a service, which may be new.
    pub async fn save_service(&self, service: &Service) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        own(&mut transaction, service).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes a service off the list; `false` if it was not on it.
    pub async fn remove_service(&self, name: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM services WHERE name = $1")
            .bind(name)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Writes what an import brings, all or nothing: new teams and changed ones with everything in
    /// them, and who owns which service.
    pub async fn save_organisation(
        &self,
        teams: &[Team],
        services: &[Service],
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for team in teams {
            sqlx::query(
                "INSERT INTO teams (id, slug, name, lead_id) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, lead_id = excluded.lead_id",
            )
            .bind(&team.id)
            .bind(&team.slug)
            .bind(&team.name)
            .bind(team.lead.as_deref())
            .execute(&mut *transaction)
            .await?;
            fill(&mut transaction, team).await?;
        }
        for service in services {
            own(&mut transaction, service).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Makes a team's members those that it has.
async fn fill(
    transaction: &mut Transaction<'static, Any>,
    team: &Team,
) -> Result<(), StorageError> {
    sqlx::query("DELETE FROM team_members WHERE team_id = $1")
        .bind(&team.id)
        .execute(&mut **transaction)
        .await?;
    for person in &team.members {
        sqlx::query("INSERT INTO team_members (team_id, person_id) VALUES ($1, $2)")
            .bind(&team.id)
            .bind(person)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

async fn own(
    transaction: &mut Transaction<'static, Any>,
    service: &Service,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO services (name, team_id) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET team_id = excluded.team_id",
    )
    .bind(&service.name)
    .bind(service.team.as_deref())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
