//! A real Prometheus Alertmanager, from Debian's `prometheus-alertmanager`.

use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// An Alertmanager that sends what it is told to one address; gone with this value.
#[derive(Debug)]
pub struct Alertmanager {
    address: String,
    _running: Child,
    _folder: TempDir,
}

impl Alertmanager {
    /// Starts one and waits until it listens. `hook` is where it sends, with the secret as a
    /// bearer token.
    pub async fn start(hook: &str, secret: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        let configuration = folder.path().join("alertmanager.yml");
        std::fs::write(&configuration, written(hook, secret))?;
        let mut running = Command::new("prometheus-alertmanager")
            .arg(format!("--config.file={}", configuration.display()))
            .arg(format!("--storage.path={}", folder.path().join("data").display()))
            .args(["--web.listen-address=127.0.0.1:0", "--cluster.listen-address="])
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("Debian's prometheus-alertmanager is missing; bin/test installs it")?;
        let errors = running.stderr.take().context("Alertmanager's standard error")?;
        let mut lines = BufReader::new(errors).lines();
        let address = loop {
            let line = lines.next_line().await?.context("Alertmanager ended")?;
            if let Some((_, address)) = line.split_once("msg=\"Listening on\" address=") {
                break address.trim().to_owned();
            }
        };
        // A pipe that nobody reads would stop it at last.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { address, _running: running, _folder: folder })
    }

    /// Tells it alerts, as Prometheus does.
    pub async fn tell(&self, alerts: &Value) -> Result<()> {
        let address = format!("http://{}/api/v2/alerts", self.address);
        let answer = reqwest::Client::new().post(address).json(alerts).send().await?;
        ensure!(answer.status().is_success(), "Alertmanager answered {}", answer.status());
        Ok(())
    }
}

fn written(hook: &str, secret: &str) -> String {
    format!(
        "route:\n  receiver: afterword\n  group_by: [alertname]\n  group_wait: 0s\n  \
         group_interval: 1s\n  repeat_interval: 1h\nreceivers:\n  - name: afterword\n    \
         webhook_configs:\n      - url: {hook}\n        http_config:\n          \
         authorization: {{credentials: {secret}}}\n"
    )
}
