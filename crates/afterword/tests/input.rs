//! What is said without a name is in the database, and who said it is not: read as a thief of the
//! file would, byte by byte.

use afterword_testkit::server::Server;
use anyhow::{Context as _, Result};
use reqwest::{Client, Method};
use serde_json::{Value, json};

const WORDS: &str = "xylophone";

async fn ask(
    server: &Server,
    token: &str,
    method: Method,
    path: &str,
    body: Value,
) -> Result<Value> {
    let url = format!("{}/api/v1{path}", server.url());
    let mut request = Client::new().request(method, url).bearer_auth(token);
    if !body.is_null() {
        request = request.json(&body);
    }
    let text = request.send().await?.error_for_status()?.text().await?;
    Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
}

/// The database as one file that holds nothing but what stands in it.
async fn file(server: &Server, name: &str) -> Result<Vec<u8>> {
    server.tell(&["backup", name]).await?;
    Ok(std::fs::read(server.folder().join(name).join("afterword.db"))?)
}

fn count(file: &[u8], word: &str) -> usize {
    file.windows(word.len()).filter(|bytes| *bytes == word.as_bytes()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_byte_of_the_database_tells_who_said_something_without_a_name() -> Result<()> {
    let server = Server::start(env!("CARGO_BIN_EXE_afterword")).await?;
    let flo = server.person("flo@example.org", "facilitator").await?;
    let ana = server.person("ana@example.org", "member").await?;
    let session = ask(&server, &ana, Method::GET, "/session", Value::Null).await?;
    let id = session["person"]["id"].as_str().context("an id")?.to_owned();
    let incident =
        json!({"started_at": "2026-03-01T18:43:00Z", "stabilised_at": "2026-03-01T19:43:00Z"});
    let new = json!({"title": "A long night", "incident": incident});
    let opened = ask(&server, &flo, Method::POST, "/postmortems", new).await?;
    let path = format!("/postmortems/{}/input", opened["id"].as_str().context("an id")?);
    let questions = json!([{"text": "What did you hear?", "timed": true}]);
    let asks = json!({"asks": [{"discipline": "support", "people": [id], "questions": questions}]});
    ask(&server, &flo, Method::POST, &format!("{path}/requests"), asks).await?;

    let before = file(&server, "before").await?;
    let answer = json!({
        "id": "0198c5a2-6b1e-4c3a-9d55-000000000001", "question": 0, "text": WORDS,
        "when": "18:50 UTC",
    });
    let given = json!({"anonymous": true, "answers": [answer]});
    ask(&server, &ana, Method::POST, &path, given).await?;
    let after = file(&server, "after").await?;

    assert_eq!(count(&before, WORDS), 0);
    assert!(count(&after, WORDS) > 0, "the words are there");
    for who in [&id[..], "ana@example.org"] {
        assert!(count(&before, who) > 0, "{who} has an account");
        assert_eq!(count(&after, who), count(&before, who), "{who} stands in another row");
    }
    Ok(())
}
