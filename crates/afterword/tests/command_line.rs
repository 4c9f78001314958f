//! The command line: what it prints, and how it ends.

use std::process::Output;

use afterword_testkit::server::Server;
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_afterword");

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Result<Value> {
    Ok(serde_json::from_slice(&output.stdout)?)
}

#[tokio::test]
async fn misuse_ends_with_two_and_failure_with_one() -> Result<()> {
    let server = Server::start(BINARY).await?;
    for misused in [
        &[][..],
        &["nonsense"],
        &["person", "add"],
        &["person", "add", "a@example.org", "--name", "A", "--role", "emperor"],
    ] {
        let output = server.run(misused).await?;
        ensure!(output.status.code() == Some(2), "{misused:?}: {output:?}");
    }
    for failing in [
        &["token", "create", "nobody@example.org"][..],
        &["person", "add", "no address", "--name", "A"],
        &["restore", "no such folder"],
        &["check", "--listen", "nowhere"],
        &["check", "--database-url", "mysql://localhost/x"],
    ] {
        let output = server.run(failing).await?;
        ensure!(output.status.code() == Some(1), "{failing:?}: {output:?}");
        ensure!(said(&output).contains("afterword: "), "{failing:?}: {output:?}");
        ensure!(output.stdout.is_empty(), "{failing:?}: {output:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_account_and_its_token_are_made_beside_a_running_server() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let add = ["person", "add", "Ada@Example.org", "--name", "Ada", "--role", "admin", "--json"];
    let added = json(&server.run(&add).await?)?;
    ensure!(added["email"] == "ada@example.org" && added["role"] == "admin", "{added}");
    let again = server.run(&add).await?;
    ensure!(again.status.code() == Some(1), "{again:?}");

    let token = server.tell(&["token", "create", "ada@example.org"]).await?;
    ensure!(!token.is_empty() && !token.contains(char::is_whitespace), "{token}");
    let session = reqwest::Client::new()
        .get(format!("{}/api/v1/session", server.url()))
        .bearer_auth(&token)
        .send()
        .await?;
    let session: Value = session.error_for_status()?.json().await?;
    ensure!(session["person"]["id"] == added["id"], "{session}");
    Ok(())
}

#[tokio::test]
async fn a_backup_comes_back_whole() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let token = server.person("ada@example.org", "member").await?;
    let client = reqwest::Client::new();
    let new = json!({"title": "Kept", "incident": {"started_at": "2026-03-01T18:43:00Z"}});
    let postmortems = format!("{}/api/v1/postmortems", server.url());
    let opened = client.post(&postmortems).bearer_auth(&token).json(&new).send().await?;
    let opened: Value = opened.error_for_status()?.json().await?;

    let backup = server.folder().join("backup");
    let backup = backup.to_string_lossy();
    server.tell(&["backup", &backup]).await?;
    let twice = server.run(&["backup", &backup]).await?;
    ensure!(twice.status.code() == Some(1), "a backup was overwritten: {twice:?}");
    let over = server.run(&["restore", &backup]).await?;
    ensure!(over.status.code() == Some(1), "a database was overwritten: {over:?}");

    let elsewhere = server.folder().join("restored");
    let database = format!("sqlite://{}/afterword.db", elsewhere.display());
    let blobs = format!("file://{}/blobs", elsewhere.display());
    let place = ["--database-url", &database, "--blobs-url", &blobs];
    server.tell(&[&["restore", &backup][..], &place].concat()).await?;
    server.tell(&[&["check"][..], &place].concat()).await?;
    let read = server.run(&[&["reproject", "--json"][..], &place].concat()).await?;
    ensure!(json(&read)?["records"] == 1, "{read:?} {opened}");
    Ok(())
}
