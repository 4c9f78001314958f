//! Seeded random sessions: people edit, go offline and come back while the server is killed.
//!
//! What anybody was shown or told is saved must be there after every kill, before anyone who
//! has it comes back; at the end all have the same, and all of it.
//! `AFTERWORD_TEST_SEED=N` replays the choices of one run.

#![expect(clippy::unwrap_used, reason = "a poisoned lock or a closed channel fails the test")]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use afterword_testkit::client::Client;
use afterword_testkit::peer::{Heard, Peer};
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::sync::watch;
use tokio::task::JoinSet;

const CLIENTS: u32 = 5;
const KILLS: usize = 20;

/// What all clients of one run have in common.
struct Session {
    url: String,
    record: String,
    token: String,
    /// Entries that somebody was shown or told are saved.
    promised: Mutex<BTreeSet<String>>,
    /// How many have been promised so far.
    progress: watch::Sender<usize>,
    connected: watch::Sender<usize>,
    stage: watch::Sender<Stage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Down,
    Open,
    Ending,
}

impl Session {
    fn promise(&self, entries: impl IntoIterator<Item = String>) {
        let mut promised = self.promised.lock().unwrap();
        promised.extend(entries);
        self.progress.send_replace(promised.len());
    }

    fn promised(&self) -> BTreeSet<String> {
        self.promised.lock().unwrap().clone()
    }

    async fn stage(&self, wanted: impl FnMut(&Stage) -> bool) -> Stage {
        *self.stage.subscribe().wait_for(wanted).await.unwrap()
    }

    async fn connect(&self, client: &mut Client) -> Result<()> {
        client.connect(&self.url, &self.record, &self.token).await
    }
}

/// Somebody who writes, loses the connection and comes back, until the session ends.
struct Writer {
    session: Arc<Session>,
    random: StdRng,
    name: u32,
    written: usize,
}

impl Writer {
    async fn run(mut self) -> (Client, usize) {
        let mut client = Client::new(Peer::new(self.name + 1));
        while self.session.stage(|stage| *stage != Stage::Down).await == Stage::Open {
            for _ in 0..self.random.random_range(0..3) {
                self.write(&mut client);
            }
            // Counted before looking, so that nobody slips in between a kill and the witness.
            self.session.connected.send_modify(|connected| *connected += 1);
            if *self.session.stage.borrow() == Stage::Open {
                // That the server goes away is what this is about.
                let _ = self.visit(&mut client).await;
                client.disconnect();
            }
            self.session.connected.send_modify(|connected| *connected -= 1);
        }
        (client, self.written)
    }

    fn write(&mut self, client: &mut Client) -> Vec<u8> {
        self.written += 1;
        let id = format!("{}-{}", self.name, self.written);
        client.peer.add_entry(&id, &format!("words of {id}"))
    }

    /// One stay in the record, ended by the server or by leaving.
    async fn visit(&mut self, client: &mut Client) -> Result<()> {
        self.session.connect(client).await?;
        for _ in 0..self.random.random_range(1..60) {
            self.step(client).await?;
        }
        Ok(())
    }

    async fn step(&mut self, client: &mut Client) -> Result<()> {
        let frame = self.write(client);
        client.send(frame).await?;
        // Sometimes the next edit does not wait for this one.
        if self.random.random_bool(0.3) {
            return Ok(());
        }
        while !client.peer.is_saved() {
            let before = client.peer.entries().len();
            let heard = client.hear().await?;
            self.note(client, &heard, before);
        }
        Ok(())
    }

    /// What was heard is promised from now on.
    fn note(&self, client: &Client, heard: &Heard, before: usize) {
        if let Heard::Saved(_) = heard {
            self.session.promise(client.peer.saved().iter().cloned());
        }
        let entries = client.peer.entries();
        if entries.len() > before {
            let own = format!("{}-", self.name);
            self.session.promise(entries.into_keys().filter(|id| !id.starts_with(&own)));
        }
    }
}

fn seed() -> u64 {
    let given = std::env::var("AFTERWORD_TEST_SEED");
    given.map_or_else(|_| rand::random(), |seed| seed.parse().expect("a number"))
}

async fn open_record(server: &Server, token: &str) -> Result<String> {
    let new = serde_json::json!({
        "title": "A long night",
        "incident": {"started_at": "2026-03-01T18:43:00Z"},
    });
    let answer = reqwest::Client::new()
        .post(format!("{}/api/v1/postmortems", server.url()))
        .bearer_auth(token)
        .json(&new)
        .send()
        .await?
        .error_for_status()?;
    let opened: serde_json::Value = answer.json().await?;
    Ok(opened["id"].as_str().context("an id")?.to_owned())
}

/// Somebody who had nothing, and has what the server has.
async fn witness(session: &Session) -> Result<Client> {
    let mut client = Client::new(Peer::new(1000));
    session.connect(&mut client).await?;
    client.synced().await?;
    Ok(client)
}

/// Somebody who has nothing comes first after a kill, and finds all that was promised.
async fn assert_nothing_is_lost(session: &Session, kill: usize) -> Result<()> {
    let witness = witness(session).await?;
    let there: BTreeSet<_> = witness.peer.entries().into_keys().collect();
    let lost: Vec<_> = session.promised().difference(&there).cloned().collect();
    ensure!(lost.is_empty(), "after kill {kill} these are gone: {lost:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_anyone_was_shown_is_lost() -> Result<()> {
    let seed = seed();
    println!("replay with AFTERWORD_TEST_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let mut server = Server::start(env!("CARGO_BIN_EXE_afterword")).await?;
    let token = server.person("ada@example.org", "member").await?;
    let session = Arc::new(Session {
        url: server.url(),
        record: open_record(&server, &token).await?,
        token,
        promised: Mutex::default(),
        progress: watch::Sender::new(0),
        connected: watch::Sender::new(0),
        stage: watch::Sender::new(Stage::Open),
    });
    let mut writers = JoinSet::new();
    for name in 0..CLIENTS {
        let random = StdRng::seed_from_u64(random.random());
        writers.spawn(Writer { session: session.clone(), random, name, written: 0 }.run());
    }

    for kill in 0..KILLS {
        let enough = session.promised().len() + random.random_range(1..80);
        session.progress.subscribe().wait_for(|promised| *promised >= enough).await?;
        session.stage.send_replace(Stage::Down);
        server.kill().await?;
        session.connected.subscribe().wait_for(|connected| *connected == 0).await?;
        server.start_again().await?;
        assert_nothing_is_lost(&session, kill).await?;
        session.stage.send_replace(Stage::Open);
    }
    session.stage.send_replace(Stage::Ending);
    assert_all_have_all(&session, writers.join_all().await).await
}

async fn assert_all_have_all(session: &Session, writers: Vec<(Client, usize)>) -> Result<()> {
    let written: usize = writers.iter().map(|(_, written)| written).sum();
    let mut clients: Vec<_> = writers.into_iter().map(|(client, _)| client).collect();
    for client in &mut clients {
        session.connect(client).await?;
        // Everything of this one is on the server before the next is asked for all.
        client.until(Peer::is_saved).await?;
    }
    for client in &mut clients {
        client.until(|peer| peer.entries().len() == written).await?;
    }
    let there = witness(session).await?.peer.entries();
    ensure!(there.iter().all(|(id, typed)| *typed == format!("words of {id}")));
    ensure!(clients.iter().all(|client| client.peer.entries() == there), "they differ");
    Ok(())
}
