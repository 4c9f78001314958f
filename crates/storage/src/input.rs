//! Who was asked for input, and when the calls are before which it is wanted.

use afterword_domain::input::{Call, InputQuestion, Told};
use afterword_domain::job::Job;
use afterword_domain::people::Discipline;
use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputState {
    /// Nothing was said in the person's own name yet.
    Waiting,
    /// Something was said in the person's own name.
    Answered,
    /// The person is to be asked no more.
    Off,
}

impl InputState {
    /// The name used in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Off => "off",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Answered, Self::Off].into_iter().find(|it| it.as_str() == name)
    }
}

/// Somebody is asked for input about a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRequest {
    /// UUID.
    pub id: String,
    /// About which.
    pub postmortem_id: String,
    /// Who is asked.
    pub person_id: String,
    /// As which discipline.
    pub discipline: Discipline,
    /// What.
    pub questions: Vec<InputQuestion>,
    /// By whom.
    pub asked_by: String,
    /// When, and what was sent of it.
    pub told: Told,
    /// How far it is.
    pub state: InputState,
}

/// A post-mortem for which somebody's input is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputWanted {
    /// Its id.
    pub postmortem_id: String,
    /// Its title.
    pub title: String,
    /// As which discipline the person is asked.
    pub discipline: Discipline,
    /// The name of whoever asks.
    pub asked_by: String,
    /// When the next call about it begins, if one is arranged.
    pub call_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, postmortem_id, person_id, discipline, questions, asked_by, asked_at, \
     mailed_at, reminded_at, state";

fn request(row: &AnyRow) -> Result<InputRequest, StorageError> {
    let columns = Columns { table: "input_requests", row };
    Ok(InputRequest {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        person_id: columns.text("person_id")?,
        discipline: columns.parsed("discipline", |slug| slug.parse().ok())?,
        questions: columns.parsed("questions", |text| serde_json::from_str(text).ok())?,
        asked_by: columns.text("asked_by")?,
        told: Told {
            asked_at: columns.time("asked_at")?,
            mailed_at: columns.optional_time("mailed_at")?,
            reminded_at: columns.optional_time("reminded_at")?,
        },
        state: columns.parsed("state", InputState::parse)?,
    })
}

fn wanted(row: &AnyRow) -> Result<InputWanted, StorageError> {
    let columns = Columns { table: "input_requests", row };
    Ok(InputWanted {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        discipline: columns.parsed("discipline", |slug| slug.parse().ok())?,
        asked_by: columns.text("asked_by")?,
        call_at: columns.optional_time("call_at")?,
    })
}

fn call(row: &AnyRow) -> Result<Call, StorageError> {
    let columns = Columns { table: "appointments", row };
    let starts_at = columns.time("starts_at")?;
    let lasts = SignedDuration::from_mins(columns.integer("minutes")?);
    Ok(Call { starts_at, ends_at: starts_at.saturating_add(lasts).unwrap_or(starts_at) })
}

impl Storage {
    /// Asks people, and that they are told; whoever was asked about that post-mortem before is not
    /// asked again. Answers how many are asked now.
    pub async fn ask_for_input(&self, requests: &[InputRequest]) -> Result<u64, StorageError> {
        let mut transaction = self.begin().await?;
        let mut asked = 0;
        for it in requests {
            let done = sqlx::query(
                "INSERT INTO input_requests (id, postmortem_id, person_id, discipline, questions, \
                 asked_by, asked_at, mailed_at, reminded_at, state) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
            )
            .bind(&it.id)
            .bind(&it.postmortem_id)
            .bind(&it.person_id)
            .bind(it.discipline.as_str())
            .bind(serde_json::json!(it.questions).to_string())
            .bind(&it.asked_by)
            .bind(it.told.asked_at.as_microsecond())
            .bind(it.told.mailed_at.map(Timestamp::as_microsecond))
            .bind(it.told.reminded_at.map(Timestamp::as_microsecond))
            .bind(it.state.as_str())
            .execute(&mut *transaction)
            .await?;
            if done.rows_affected() > 0 {
                asked += 1;
                let job = Job::AskForInput { postmortem: it.postmortem_id.clone() };
                jobs::ask(&mut transaction, &job, it.told.asked_at).await?;
            }
        }
        transaction.commit().await?;
        Ok(asked)
    }

    /// Who was asked about a post-mortem, whoever was asked first comes first.
    pub async fn input_requests(
        &self,
        postmortem_id: &str,
    ) -> Result<Vec<InputRequest>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM input_requests WHERE postmortem_id = $1 \
             ORDER BY asked_at, person_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(request).collect()
    }

    /// The request with that id.
    pub async fn input_request(&self, id: &str) -> Result<Option<InputRequest>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM input_requests WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(request).transpose()
    }

    /// What somebody was asked about a post-mortem.
    pub async fn input_asked_of(
        &self,
        postmortem_id: &str,
        person_id: &str,
    ) -> Result<Option<InputRequest>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM input_requests WHERE postmortem_id = $1 AND person_id = $2"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .bind(person_id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(request).transpose()
    }

    /// Notes what was sent to somebody.
    pub async fn note_told_of_input(&self, id: &str, told: &Told) -> Result<(), StorageError> {
        sqlx::query("UPDATE input_requests SET mailed_at = $1, reminded_at = $2 WHERE id = $3")
            .bind(told.mailed_at.map(Timestamp::as_microsecond))
            .bind(told.reminded_at.map(Timestamp::as_microsecond))
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Notes that somebody said something in their own name, or is to be asked no more. Who is to
    /// be asked no more stays so.
    pub async fn settle_input(&self, id: &str, state: InputState) -> Result<(), StorageError> {
        sqlx::query("UPDATE input_requests SET state = $1 WHERE id = $2 AND state <> 'off'")
            .bind(state.as_str())
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// The calls about a post-mortem that were arranged and not cancelled, in their order.
    pub async fn calls_about(&self, postmortem_id: &str) -> Result<Vec<Call>, StorageError> {
        let rows = sqlx::query(
            "SELECT starts_at, minutes FROM appointments \
             WHERE postmortem_id = $1 AND state = 'standing' ORDER BY starts_at, id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(call).collect()
    }

    /// Where somebody's input is wanted since `since`: they have not answered in their own name,
    /// and the call is not over. What has a call comes first, in the order of those.
    pub async fn input_wanted_of(
        &self,
        person_id: &str,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<InputWanted>, StorageError> {
        let ahead = "FROM appointments a WHERE a.postmortem_id = p.id AND a.state = 'standing' \
             AND a.starts_at + a.minutes * 60000000 > $2";
        let sql = format!(
            "SELECT q.postmortem_id, p.title, q.discipline, asker.name AS asked_by, \
             (SELECT MIN(a.starts_at) {ahead}) AS call_at \
             FROM input_requests q JOIN postmortems p ON p.id = q.postmortem_id \
             JOIN people asker ON asker.id = q.asked_by \
             LEFT JOIN projections r ON r.postmortem_id = p.id \
             WHERE q.person_id = $1 AND q.state = 'waiting' AND q.asked_at > $3 \
             AND p.published_at IS NULL AND (EXISTS (SELECT 1 {ahead}) \
             OR (r.closed_at IS NULL AND (r.opened_at IS NOT NULL OR NOT EXISTS \
             (SELECT 1 FROM appointments b WHERE b.postmortem_id = p.id \
             AND b.state = 'standing')))) ORDER BY q.asked_at, q.postmortem_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(person_id)
            .bind(now.as_microsecond())
            .bind(since.as_microsecond())
            .fetch_all(&self.readers)
            .await?;
        let mut all = rows.iter().map(wanted).collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|it| (it.call_at.is_none(), it.call_at));
        Ok(all)
    }

    /// Which services are owned by whose team: the name of each, and the id of each member.
    pub async fn owners_of_services(&self) -> Result<Vec<(String, String)>, StorageError> {
        let rows = sqlx::query(
            "SELECT s.name, m.person_id FROM services s \
             JOIN team_members m ON m.team_id = s.team_id ORDER BY s.name, m.person_id",
        )
        .fetch_all(&self.readers)
        .await?;
        let one = |row: &AnyRow| {
            let columns = Columns { table: "services", row };
            Ok((columns.text("name")?, columns.text("person_id")?))
        };
        rows.iter().map(one).collect()
    }

    /// The ids of those who are asked to a post-mortem's call.
    pub async fn invited_to(&self, postmortem_id: &str) -> Result<Vec<String>, StorageError> {
        let ids = sqlx::query_scalar(
            "SELECT person_id FROM invitees WHERE postmortem_id = $1 ORDER BY person_id",
        );
        Ok(ids.bind(postmortem_id).fetch_all(&self.readers).await?)
    }
}
