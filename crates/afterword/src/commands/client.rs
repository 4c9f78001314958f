//! Speaking to a running server.

use std::fmt;

use anyhow::Context as _;
use clap::Args;
use reqwest::StatusCode;
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

/// What the server does not do, in its words.
#[derive(Debug)]
pub(crate) struct Refused {
    status: StatusCode,
    detail: Option<String>,
}

impl Refused {
    /// Whether what was sent cannot be taken, and nothing else is wrong.
    pub(crate) fn is_about_the_content(&self) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => f.write_str(detail),
            None => write!(f, "the server answered {}", self.status),
        }
    }
}

impl std::error::Error for Refused {}

/// The answer, or what the server says is wrong, as [`Refused`].
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> anyhow::Result<reqwest::Response> {
    let response = request.send().await.context("the server cannot be reached")?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let problem: Value = response.json().await.unwrap_or_default();
    let detail = problem.get("detail").and_then(Value::as_str).map(str::to_owned);
    Err(Refused { status, detail }.into())
}
