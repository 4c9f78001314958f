//! Speaking to a running server.

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::Value;

/// Which server, and as whom.
#[derive(Args, Clone, Debug)]
pub(crate) struct Server {
    /// The server's address
    #[arg(
        long,
        env = "AFTERWORD_URL",
        default_value = "http://127.0.0.1:8787",
        value_name = "URL"
    )]
    url: String,
    /// A bearer token, as `afterword token create` prints it
    #[arg(long, env = "AFTERWORD_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    token: Option<String>,
}

/// A server that can be asked several times, at once too.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Server {
    /// Makes ready to ask; nothing is sent yet.
    pub(crate) fn connect(&self) -> anyhow::Result<Connection> {
        let token = self.token.clone();
        let token = token.context("AFTERWORD_TOKEN is missing: afterword token create EMAIL")?;
        let base = format!("{}/api/v1", self.url.trim_end_matches('/'));
        Ok(Connection { client: reqwest::Client::new(), base, token })
    }
}

impl Connection {
    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }
}

/// The answer, or what the server says is wrong.
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> anyhow::Result<reqwest::Response> {
    let response = request.send().await.context("the server cannot be reached")?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let problem: Value = response.json().await.unwrap_or_default();
    match problem.get("detail").and_then(Value::as_str) {
        Some(detail) => bail!("{detail}"),
        None => bail!("the server answered {status}"),
    }
}
