//! A disk on which nothing can be written, and later can again.
//!
//! The limit of a file's size stands for the disk: the system refuses the server's writes, in the
//! midst of the database's own work, and needs no permission to mount anything.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use afterword_testkit::client::Client;
use afterword_testkit::peer::{Heard, Peer};
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Starts the server so that a refused write is an error, as on a full disk, and not a signal.
fn binary(folder: &Path) -> Result<PathBuf> {
    let script = folder.join("afterword");
    let binary = env!("CARGO_BIN_EXE_afterword");
    std::fs::write(&script, format!("#!/bin/sh\ntrap '' XFSZ\nexec '{binary}' \"$@\"\n"))?;
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755))?;
    Ok(script)
}

struct Api<'a> {
    server: &'a Server,
    token: &'a str,
}

impl Api<'_> {
    async fn post(&self, path: &str, body: Value) -> Result<Response> {
        let url = format!("{}/api/v1/postmortems{path}", self.server.url());
        Ok(reqwest::Client::new().post(url).bearer_auth(self.token).json(&body).send().await?)
    }

    async fn timeline(&self, record: &str) -> Result<Vec<Value>> {
        let url = format!("{}/api/v1/postmortems/{record}/record", self.server.url());
        let read = reqwest::Client::new().get(url).bearer_auth(self.token).send().await?;
        let read: Value = read.error_for_status()?.json().await?;
        Ok(read["timeline"].as_array().context("a timeline")?.clone())
    }
}

async fn someone(server: &Server, record: &str, token: &str, client: u32) -> Result<Client> {
    let mut someone = Client::new(Peer::new(client));
    someone.connect(&server.url(), record, token).await?;
    someone.synced().await?;
    Ok(someone)
}

#[tokio::test]
async fn a_full_disk_stops_acknowledgements_and_not_the_reading_and_loses_nothing() -> Result<()> {
    let scripts = TempDir::new()?;
    let mut server = Server::start(binary(scripts.path())?).await?;
    let token = server.person("ada@example.org", "member").await?;
    let other = server.person("bob@example.org", "member").await?;
    let api = Api { server: &server, token: &token };
    let incident = json!({"started_at": "2026-03-01T18:43:00Z"});
    let opened = api.post("", json!({"title": "Outage", "incident": incident})).await?;
    let opened: Value = opened.error_for_status()?.json().await?;
    let record = opened["id"].as_str().context("an id")?.to_owned();
    let mut ada = someone(&server, &record, &token, 1).await?;
    let mut bob = someone(&server, &record, &token, 2).await?;
    let frame = ada.peer.add_entry("before", "words");
    ada.send(frame).await?;
    ada.until(Peer::is_saved).await?;
    bob.until(|peer| peer.entries().contains_key("before")).await?;

    server.limit_files(Some(1)).await?;
    let frame = ada.peer.add_entry("during", "words");
    ada.send(frame).await?;
    while !matches!(ada.hear().await?, Heard::NotStored(_)) {}
    ensure!(!ada.peer.is_saved());
    let entry = json!({"at": "2026-03-01T18:50:00Z", "text": "by a program"});
    let refused = api.post(&format!("/{record}/timeline"), entry.clone()).await?;
    ensure!(refused.status() == StatusCode::SERVICE_UNAVAILABLE, "{}", refused.status());
    ensure!(api.timeline(&record).await?.len() == 1, "reading goes on, of what is stored");
    let newcomer = someone(&server, &record, &other, 3).await?;
    ensure!(newcomer.peer.entries().keys().eq(["before"]), "nobody sees what is not stored");

    server.limit_files(None).await?;
    ada.until(Peer::is_saved).await?;
    bob.until(|peer| peer.entries().contains_key("during")).await?;
    api.post(&format!("/{record}/timeline"), entry).await?.error_for_status()?;

    server.kill().await?;
    server.start_again().await?;
    let witness = someone(&server, &record, &token, 4).await?;
    ensure!(witness.peer.entries().len() == 3, "{:?}", witness.peer.entries());
    Ok(())
}
