//! What the store promises, asked of both engines with the same questions.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

/// Makes each check a test on either engine, with a store of its own.
macro_rules! on_both_engines {
    ($($check:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::store::Store::sqlite().await).await;
                }
            )+
        }

        mod on_postgres {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::store::Store::postgres().await).await;
                }
            )+
        }
    };
}

mod actions;
mod announcements;
mod appointments;
mod corruption;
mod credentials;
mod disciplines;
mod events;
mod feedback;
mod handbooks;
mod incidents;
mod jobs;
mod library;
mod lookback;
mod meetings;
mod partitions;
mod people;
mod pictures;
mod postmortems;
mod process;
mod projections;
mod publications;
mod recordings;
mod reminders;
mod review;
mod schema;
mod sources;
mod sqlite;
mod store;
mod tally;
mod teams;
mod tickets;
mod updates;
mod watch;
mod wording;
