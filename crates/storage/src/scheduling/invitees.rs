//! Who is asked to a post-mortem's call.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::parameters;
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Id of the person.
    pub person_id: String,
    /// Whether an hour has to suit them.
    pub needed: bool,
    /// Since when.
    pub added_at: Timestamp,
}

/// Somebody of the team that owns a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceMember {
    /// Id of the person.
    pub person_id: String,
    /// The service's name.
    pub service: String,
    /// The team's name.
    pub team: String,
}

fn invitee(row: &AnyRow) -> Result<Invitee, StorageError> {
    let columns = Columns { table: "invitees", row };
    Ok(Invitee {
        person_id: columns.text("person_id")?,
        needed: columns.integer("needed")? != 0,
        added_at: columns.time("added_at")?,
    })
}

fn member(row: &AnyRow) -> Result<ServiceMember, StorageError> {
    let columns = Columns { table: "services", row };
    Ok(ServiceMember {
        person_id: columns.text("person_id")?,
        service: columns.text("service")?,
        team: columns.text("team")?,
    })
}

impl Storage {
    /// Who is asked to a post-mortem, in the order in which they were added.
    pub async fn invitees(&self, postmortem_id: &str) -> Result<Vec<Invitee>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, needed, added_at FROM invitees WHERE postmortem_id = $1 \
             ORDER BY added_at, person_id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(invitee).collect()
    }

    /// Who is in the teams that own these services.
    pub async fn members_of_services(
        &self,
        services: &[String],
    ) -> Result<Vec<ServiceMember>, StorageError> {
        if services.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT m.person_id, s.name AS service, t.name AS team FROM services s \
             JOIN teams t ON t.id = s.team_id JOIN team_members m ON m.team_id = t.id \
             WHERE s.name IN ({}) ORDER BY s.name, m.person_id",
            parameters(services.len())
        );
        let query =
            services.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql)), sqlx::query::Query::bind);
        query.fetch_all(&self.readers).await?.iter().map(member).collect()
    }
}
