//! A store of one test's own, and what the tests put into it.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_storage::{NewPerson, PageRequest, Storage};
use afterword_testkit::postgres::PostgresDatabase;
use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;

/// An open store whose data goes away with this value.
pub(crate) struct Store {
    pub(crate) storage: Storage,
    pub(crate) url: String,
    _data: Data,
}

/// Where a store's data is, until this value is gone.
pub(crate) enum Data {
    Folder(TempDir),
    Database(PostgresDatabase),
}

impl Data {
    pub(crate) fn folder() -> Self {
        Self::Folder(TempDir::new().unwrap())
    }

    pub(crate) fn database() -> Self {
        Self::Database(PostgresDatabase::create().unwrap())
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Folder(folder) => {
                format!("sqlite://{}/new/afterword.db", folder.path().display())
            }
            Self::Database(database) => database.url(),
        }
    }
}

impl Store {
    pub(crate) async fn sqlite() -> Self {
        Self::open(Data::folder()).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::open(Data::database()).await
    }

    async fn open(data: Data) -> Self {
        let url = data.url();
        Self { storage: Storage::open(&url).await.unwrap(), url, _data: data }
    }

    /// The same data through connections of its own, as another process has it.
    pub(crate) async fn opened_again(&self) -> Storage {
        Storage::open(&self.url).await.unwrap()
    }

    /// Runs a statement that the store itself never would.
    pub(crate) async fn sql(&self, statement: &str) {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
    }

    /// An account with this id.
    pub(crate) async fn person(&self, id: &str) {
        self.storage.add_person(&person(id), at(0)).await.unwrap();
    }

    /// A post-mortem with this id, opened by a person of the same id.
    pub(crate) async fn postmortem(&self, id: &str) -> Postmortem {
        self.person(id).await;
        let new = postmortem(id, id);
        self.storage.add_postmortem(&new).await.unwrap();
        new
    }
}

/// So many seconds after the tests' beginning of time.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_772_390_580 + seconds).unwrap()
}

pub(crate) fn person(id: &str) -> NewPerson {
    NewPerson {
        id: id.to_owned(),
        email: format!("{id}@example.org"),
        name: format!("Person {id}"),
        discipline: "support".parse().unwrap(),
        time_zone: "Europe/Berlin".to_owned(),
        role: Role::Member,
        password_hash: None,
    }
}

pub(crate) fn postmortem(id: &str, by: &str) -> Postmortem {
    Postmortem {
        id: id.to_owned(),
        title: format!("Outage {id}"),
        incident: IncidentTimes {
            started_at: at(0),
            detected_at: None,
            stabilised_at: None,
            resolved_at: None,
        },
        severity: None,
        services: Vec::new(),
        near_miss: false,
        stage: Stage::Respond,
        naming: Naming::Names,
        created_by: by.to_owned(),
        created_at: at(0),
        published_at: None,
        version: 1,
    }
}

pub(crate) fn page(limit: u32, cursor: Option<String>) -> PageRequest {
    PageRequest { limit, cursor }
}

/// The ids in every page of a list, read to its end.
pub(crate) async fn pages<T, F>(
    limit: u32,
    read: impl Fn(PageRequest) -> F,
    id: fn(&T) -> &str,
) -> Vec<Vec<String>>
where
    F: Future<Output = afterword_storage::Page<T>>,
{
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let got = read(page(limit, cursor)).await;
        all.push(got.items.iter().map(|item| id(item).to_owned()).collect());
        cursor = got.next;
        if cursor.is_none() {
            return all;
        }
    }
}
