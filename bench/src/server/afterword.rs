//! Afterword as an operator runs it: the release binary, configured by the environment.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use tokio::process::Command;

const EMAIL: &str = "bench@example.org";

/// One installation: the binary and where its data is.
pub(super) struct Setting<'a> {
    pub(super) binary: &'a Path,
    pub(super) data: &'a Path,
    /// `sqlite://…` or `postgres://…`.
    pub(super) database: &'a str,
}

/// The database of an installation that is configured like most: a file beside its data.
pub(super) fn beside(data: &Path) -> String {
    format!("sqlite://{}/afterword.db", data.display())
}

impl Setting<'_> {
    pub(super) fn serve(&self, port: u16) -> Command {
        let mut command = self.command();
        command.env("AFTERWORD_LISTEN", format!("127.0.0.1:{port}")).arg("serve");
        command
    }

    /// Adds the person in whose name all clients connect if nobody did, and returns their bearer
    /// token.
    pub(super) async fn sign_in(&self) -> Result<String> {
        if let Ok(token) = run(self.command().args(["token", "create", EMAIL])).await {
            return Ok(token);
        }
        let person = ["person", "add", EMAIL, "--name", "Bench", "--role", "facilitator"];
        run(self.command().args(person)).await?;
        run(self.command().args(["token", "create", EMAIL])).await
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.binary);
        command
            .env("AFTERWORD_DATABASE_URL", self.database)
            .env("AFTERWORD_BLOBS_URL", format!("file://{}/blobs", self.data.display()));
        command
    }
}

pub(super) async fn create_postmortem(
    http: &reqwest::Client,
    port: u16,
    token: &str,
) -> Result<String> {
    #[derive(Deserialize)]
    struct Created {
        id: String,
    }
    let body = json!({
        "title": "Checkout was down",
        "incident": {
            "started_at": "2026-03-01T18:43:00Z",
            "stabilised_at": "2026-03-01T19:20:00Z",
        },
    });
    let answer = http
        .post(format!("http://127.0.0.1:{port}/api/v1/postmortems"))
        .bearer_auth(token)
        .json(&body)
        .send()
        .await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "no post-mortem was made: {status} {text}");
    Ok(serde_json::from_str::<Created>(&text)?.id)
}

/// Asks for acknowledgements, which say that an edit is on disk.
pub(super) fn sync_url(port: u16, document: &str, token: &str) -> String {
    format!("ws://127.0.0.1:{port}/sync/{document}?token={token}&acks=1")
}

async fn run(command: &mut Command) -> Result<String> {
    let output = command.output().await.with_context(|| format!("cannot start {command:?}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {complaint}");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
