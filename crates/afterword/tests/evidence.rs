//! Evidence from real tools, to a post-mortem that asks for it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use afterword_testkit::alertmanager::Alertmanager;
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const BINARY: &str = env!("CARGO_BIN_EXE_afterword");
const SECRET: &str = "what only the two of us know";

/// Somebody who asks the server.
struct Someone {
    client: Client,
    api: String,
    token: String,
}

impl Someone {
    async fn arrives(server: &Server) -> Result<Self> {
        let token = server.person("ada@example.org", "admin").await?;
        Ok(Self { client: Client::new(), api: format!("{}/api/v1", server.url()), token })
    }

    fn ask(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.api)).bearer_auth(&self.token)
    }

    async fn get(&self, path: &str) -> Result<Value> {
        Ok(self.ask(path).send().await?.error_for_status()?.json().await?)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let request = self.client.post(format!("{}{path}", self.api)).bearer_auth(&self.token);
        Ok(request.json(body).send().await?.error_for_status()?.json().await?)
    }

    /// Opens a post-mortem of the service `checkout`; answers its path.
    async fn open(&self, started_at: jiff::Timestamp) -> Result<String> {
        let new = json!({
            "title": "Payments fail", "services": ["checkout"],
            "incident": {"started_at": started_at.to_string()},
        });
        let opened = self.post("/postmortems", &new).await?;
        Ok(format!("/postmortems/{}", opened["id"].as_str().context("an id")?))
    }

    async fn events(&self, query: &str) -> Result<Vec<Value>> {
        let listed = self.get(&format!("/events?{query}")).await?;
        Ok(listed["items"].as_array().context("a list")?.clone())
    }
}

#[expect(clippy::disallowed_methods, reason = "Alertmanager goes by the machine's clock, too")]
fn now() -> jiff::Timestamp {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn before(hours: i64) -> jiff::Timestamp {
    now() - jiff::SignedDuration::from_hours(hours)
}

/// A repository with a merge, made an hour before the incident.
fn repository(folder: &Path, at: jiff::Timestamp) -> Result<()> {
    let git = |arguments: &[&str]| -> Result<()> {
        let date = format!("{} +0000", at.as_second());
        let status = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .status()?;
        ensure!(status.success(), "git {arguments:?} ended with {status}");
        Ok(())
    };
    git(&["init", "--quiet", "--initial-branch=main"])?;
    git(&["commit", "--quiet", "--allow-empty", "-m", "Begin"])?;
    git(&["checkout", "--quiet", "-b", "pool"])?;
    git(&["commit", "--quiet", "--allow-empty", "-m", "Halve the connection pool"])?;
    git(&["checkout", "--quiet", "main"])?;
    git(&["merge", "--quiet", "--no-ff", "-m", "Merge the smaller pool", "pool"])
}

#[tokio::test]
async fn alertmanager_and_git_feed_a_postmortem_that_looks_a_week_back() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let ada = Someone::arrives(&server).await?;
    let source = json!({"vendor": "alertmanager", "name": "Alerts", "secret": SECRET});
    let source = ada.post("/sources", &source).await?;
    let hook = source["hook"].as_str().context("an address")?;
    let alertmanager = Alertmanager::start(hook, SECRET).await?;
    let postmortem = ada.open(before(1)).await?;
    let mut arrivals = ada.ask(&format!("{postmortem}/arrivals")).send().await?;

    let precursor = before(6 * 24);
    let alert = |name: &str, at: jiff::Timestamp| {
        json!({
            "labels": {"alertname": name, "service": "checkout", "severity": "page"},
            "annotations": {"summary": format!("{name} on checkout")},
            "startsAt": at.to_string(),
            "generatorURL": format!("https://prometheus.example.org/graph?g0.expr={name}"),
        })
    };
    let told = json!([alert("PoolNearlyExhausted", precursor), alert("PaymentsFail", before(1))]);
    alertmanager.tell(&told).await?;
    while ada.events("service=checkout&kind=alert").await?.len() < 2 {
        arrivals.chunk().await?.context("the server tells what arrives")?;
    }
    let events = ada.events("service=checkout&q=PoolNearlyExhausted").await?;
    ensure!(events[0]["at"] == precursor.to_string(), "{events:?}");
    ensure!(events[0]["state"] == "firing", "{events:?}");
    ensure!(events[0]["fingerprint"].is_string(), "{events:?}");

    let folder = tempfile::tempdir()?;
    repository(folder.path(), before(2))?;
    let path = folder.path().to_str().context("a path of text")?;
    let token = &ada.token;
    let import = ["import", "git", path, "--service", "checkout", "--token", token, "--json"];
    server.tell(&import).await?;
    // Safe to repeat.
    server.tell(&import).await?;
    let merges = ada.events("service=checkout&kind=change").await?;
    ensure!(merges.len() == 3, "{merges:?}");

    let lookback = ada.get(&format!("{postmortem}/lookback?window=7d")).await?.to_string();
    ensure!(lookback.contains("PoolNearlyExhausted"), "{lookback}");
    ensure!(lookback.contains("Merge the smaller pool"), "{lookback}");
    let proposals = ada.get(&format!("{postmortem}/proposals")).await?.to_string();
    ensure!(proposals.contains("PaymentsFail"), "{proposals}");
    Ok(())
}

#[tokio::test]
async fn what_a_sender_was_told_is_on_disk_survives_a_kill() -> Result<()> {
    let mut server = Server::start(BINARY).await?;
    let ada = Someone::arrives(&server).await?;
    let mut told = BTreeSet::new();
    for round in 0..5 {
        let mut answers = JoinSet::new();
        for number in 0..30 {
            let title = format!("Event {round}-{number}");
            let request = ada.client.post(format!("{}/events", ada.api)).bearer_auth(&ada.token);
            let request = request.json(&json!({"id": title, "title": title}));
            answers.spawn(async move { (title, request.send().await) });
        }
        // Some are answered when the server dies, and others are under way.
        let mut answered = 0;
        while let Some(answer) = answers.join_next().await {
            let (title, answer) = answer?;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                told.insert(title);
            }
            answered += 1;
            if answered == 10 {
                server.kill().await?;
            }
        }
        server.start_again().await?;
        let kept = ada.events("limit=200").await?;
        let kept = kept.iter().filter_map(|event| event["title"].as_str());
        let kept: BTreeSet<String> = kept.map(str::to_owned).collect();
        ensure!(told.is_subset(&kept), "lost: {:?}", told.difference(&kept));
    }
    ensure!(told.len() >= 50, "{} were told", told.len());
    Ok(())
}
