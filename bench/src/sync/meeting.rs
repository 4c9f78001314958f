//! What a meeting asks of a server while people type: votes, and a facilitator who gives time.

use std::convert::Infallible;
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use crate::server::Server;

/// Fifty people who change their votes once in ten seconds each.
const BETWEEN_VOTES: Duration = Duration::from_millis(200);
/// After so many votes the facilitator gives a minute, which every page counts down.
const VOTES_A_MINUTE: u64 = 25;

/// A room that votes with dots on one theme.
pub(crate) struct Meeting {
    path: String,
    ballot: String,
    theme: String,
}

impl Meeting {
    pub(crate) async fn open(server: &Server<'_>, document: &str) -> Result<Self> {
        let path = format!("/postmortems/{document}");
        let meeting = format!("{path}/meeting");
        let theme = format!("{path}/themes");
        let theme = send(server, Method::POST, &theme, &json!({"title": "Alerts"})).await?;
        let open = json!({"do": "open", "handbook": "60-minutes"});
        send(server, Method::POST, &meeting, &open).await?;
        let vote = json!({"do": "open_ballot", "kind": "dots"});
        let asked = send(server, Method::POST, &meeting, &vote).await?;
        let text = |value: &Value| value.as_str().map(str::to_owned).context("no id");
        Ok(Self { path, ballot: text(&asked["ballot"]["id"])?, theme: text(&theme["id"])? })
    }

    /// Votes and gives time until it is dropped.
    pub(crate) async fn go_on(&self, server: &Server<'_>) -> Result<Infallible> {
        let votes = format!("{}/ballots/{}/votes", self.path, self.ballot);
        let meeting = format!("{}/meeting", self.path);
        let mut ticks = interval(BETWEEN_VOTES);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for number in 1_u64.. {
            ticks.tick().await;
            let dots = json!({"votes": {&self.theme: {"dots": 1 + number % 3}}});
            send(server, Method::PUT, &votes, &dots).await?;
            if number.is_multiple_of(VOTES_A_MINUTE) {
                let minute = json!({"do": "add_minutes", "minutes": 1, "of": "step"});
                send(server, Method::POST, &meeting, &minute).await?;
            }
        }
        anyhow::bail!("nobody meets for so long")
    }
}

async fn send(server: &Server<'_>, method: Method, path: &str, body: &Value) -> Result<Value> {
    let answer = server.request(method, path).json(body).send().await?;
    let text = answer.error_for_status()?.text().await?;
    Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
}
