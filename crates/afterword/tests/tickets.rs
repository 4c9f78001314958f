//! The server is killed between the call that makes a ticket and its answer, again and again: each
//! action has exactly one ticket in the end.
//!
//! `AFTERWORD_TEST_KILLS=N` kills that often; `AFTERWORD_TEST_SEED=N` replays the choices of a run.

use std::collections::BTreeMap;

use afterword_testkit::issues::{IssueTracker, Making};
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::time::{Duration, MissedTickBehavior, interval};

const KILLS: usize = 25;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

struct Desk {
    server: Server,
    token: String,
    client: Client,
    postmortem: String,
}

impl Desk {
    async fn open(tracker: &IssueTracker) -> Result<Self> {
        let server = Server::start(env!("CARGO_BIN_EXE_afterword")).await?;
        let token = server.person("ada@example.org", "admin").await?;
        let mut desk = Self { server, token, client: Client::new(), postmortem: String::new() };
        let incident = json!({
            "started_at": "2026-03-01T18:43:00Z", "stabilised_at": "2026-03-01T19:43:00Z",
        });
        let new = json!({"title": "A long night", "incident": incident});
        let opened = desk.ask(Method::POST, "/postmortems", Some(new)).await?;
        opened["id"].as_str().context("an id")?.clone_into(&mut desk.postmortem);
        let new = json!({
            "id": "issues", "vendor": "github", "name": "Issues", "token": "a token",
            "settings": {"repository": "acme/checkout", "base_url": tracker.url()},
        });
        desk.ask(Method::POST, "/trackers", Some(new)).await?;
        Ok(desk)
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let url = format!("{}/api/v1{path}", self.server.url());
        let mut request = self.client.request(method, url).bearer_auth(&self.token);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await?.error_for_status()?;
        let text = answer.text().await?;
        Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
    }

    /// Adds an action and asks for its ticket.
    async fn add_action(&self, title: &str) -> Result<()> {
        let path = format!("/postmortems/{}/actions", self.postmortem);
        let action = self.ask(Method::POST, &path, Some(json!({"title": title}))).await?;
        let id = action["id"].as_str().context("an id")?;
        let asked = json!({"tracker": "issues"});
        self.ask(Method::POST, &format!("{path}/{id}/ticket"), Some(asked)).await?;
        Ok(())
    }

    /// Waits until every action says where its ticket is; answers title and ticket of each.
    async fn linked(&self) -> Result<Vec<(String, String)>> {
        let path = format!("/postmortems/{}/record", self.postmortem);
        let mut look = interval(Duration::from_millis(200));
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            look.tick().await;
            let record = self.ask(Method::GET, &path, None).await?;
            let actions = record["actions"].as_array().context("actions")?;
            let linked = actions.iter().map(|action| {
                let text = |value: &Value| value.as_str().map(str::to_owned);
                Some((text(&action["title"])?, text(&action["ticket"]["name"])?))
            });
            if let Some(all) = linked.collect::<Option<Vec<_>>>() {
                return Ok(all);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_action_has_exactly_one_ticket_whenever_the_server_dies() -> Result<()> {
    let kills = number("AFTERWORD_TEST_KILLS").map_or(KILLS, |it| it.try_into().expect("small"));
    let seed = number("AFTERWORD_TEST_SEED").unwrap_or_else(rand::random);
    println!("AFTERWORD_TEST_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let tracker = IssueTracker::start(&["ada"]).await?;
    let mut desk = Desk::open(&tracker).await?;
    let mut calls = tracker.calls();

    for kill in 0..kills {
        // Of ten calls seven are made and not answered, two never arrive, one arrives late.
        tracker.making(match random.random_range(0..10) {
            0..7 => Making::MadeAndSilent,
            7..9 => Making::Lost,
            _ => Making::MadeLate,
        });
        calls.borrow_and_update();
        desk.add_action(&format!("Action {kill}")).await?;
        calls.changed().await?;
        desk.server.kill().await?;
        desk.server.start_again().await?;
    }
    tracker.making(Making::Answered);
    let linked = desk.linked().await?;

    ensure!(linked.len() == kills, "{} actions", linked.len());
    let issues = tracker.issues();
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in issues.values() {
        *titles.entry(issue["title"].as_str().unwrap_or_default()).or_default() += 1;
    }
    let twice: Vec<_> = titles.iter().filter(|(_, count)| **count != 1).collect();
    ensure!(twice.is_empty(), "more than one ticket: {twice:?}");
    ensure!(titles.len() == kills, "{} tickets", titles.len());
    for (title, ticket) in linked {
        let number = ticket.rsplit('#').next().and_then(|it| it.parse().ok());
        let issue = number.and_then(|number: u64| issues.get(&number));
        let says = issue.context("the ticket is there")?["title"].as_str();
        ensure!(says == Some(&title), "{title} leads to {says:?}");
    }
    Ok(())
}
