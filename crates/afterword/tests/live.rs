//! Live editing over the network: who is let in, and how a connection ends.

use afterword_testkit::client::Client;
use afterword_testkit::peer::{Heard, Peer, update_frame};
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_afterword");

async fn open_record(server: &Server, token: &str) -> Result<String> {
    let incident = json!({
        "started_at": "2026-03-01T18:43:00Z",
        "stabilised_at": "2026-03-01T19:43:00Z",
    });
    let opened = reqwest::Client::new()
        .post(format!("{}/api/v1/postmortems", server.url()))
        .bearer_auth(token)
        .json(&json!({"title": "Outage", "incident": incident}))
        .send()
        .await?;
    let opened: Value = opened.error_for_status()?.json().await?;
    Ok(opened["id"].as_str().context("an id")?.to_owned())
}

/// Takes what comes until the connection ends; answers how it ended.
async fn end_of(client: &mut Client) -> String {
    loop {
        if let Err(error) = client.hear().await {
            return format!("{error:#}");
        }
    }
}

async fn refused(server: &Server, record: &str, token: &str) -> Result<String> {
    let mut client = Client::new(Peer::new(9));
    client.connect(&server.url(), record, token).await?;
    Ok(end_of(&mut client).await)
}

#[tokio::test]
async fn nobody_comes_in_who_may_not() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let ada = server.person("ada@example.org", "member").await?;
    let eve = server.person("eve@example.org", "member").await?;
    let record = open_record(&server, &ada).await?;
    let end = refused(&server, &record, "unknown").await?;
    ensure!(end.contains("4401"), "{end}");
    let end = refused(&server, "00000000-0000-7000-8000-000000000000", &ada).await?;
    ensure!(end.contains("4404"), "{end}");

    let publish = format!("{}/api/v1/postmortems/{record}/publication", server.url());
    let publish = reqwest::Client::new().post(publish).bearer_auth(&ada);
    publish.json(&json!({"naming": "names"})).send().await?.error_for_status()?;
    let end = refused(&server, &record, &eve).await?;
    ensure!(end.contains("4403"), "{end}");
    Ok(())
}

#[tokio::test]
async fn a_frame_that_cannot_be_taken_ends_its_connection_with_a_reason() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let ada = server.person("ada@example.org", "member").await?;
    let record = open_record(&server, &ada).await?;
    for frame in [vec![9], update_frame(b"nonsense")] {
        let mut client = Client::new(Peer::new(1));
        client.connect(&server.url(), &record, &ada).await?;
        client.synced().await?;
        client.send(frame.clone()).await?;
        let end = end_of(&mut client).await;
        ensure!(end.contains("4400"), "{frame:?}: {end}");
    }
    Ok(())
}

#[tokio::test]
async fn two_who_edit_see_each_other_and_are_told_when_the_server_stops() -> Result<()> {
    let mut server = Server::start(BINARY).await?;
    let ada = server.person("ada@example.org", "member").await?;
    let bob = server.person("bob@example.org", "member").await?;
    let record = open_record(&server, &ada).await?;
    let (mut one, mut two) = (Client::new(Peer::new(1)), Client::new(Peer::new(2)));
    one.connect(&server.url(), &record, &ada).await?;
    two.connect(&server.url(), &record, &bob).await?;
    let frame = one.peer.add_entry("x", "words");
    one.send(frame).await?;
    two.until(|peer| peer.entries().contains_key("x")).await?;
    one.until(Peer::is_saved).await?;
    let here = one.peer.locate(1, "{\"user\":{\"name\":\"Somebody else\"}}");
    one.send(here).await?;
    while two.hear().await? != Heard::Presence {}
    ensure!(two.peer.present()[&1]["user"]["name"] == "ada@example.org");

    server.stop().await?;
    let end = end_of(&mut two).await;
    ensure!(end.contains("1012"), "{end}");
    server.start_again().await?;
    let mut again = Client::new(Peer::new(3));
    again.connect(&server.url(), &record, &bob).await?;
    again.synced().await?;
    ensure!(again.peer.entries().contains_key("x"));
    Ok(())
}

#[tokio::test]
async fn a_message_that_is_too_large_says_so() -> Result<()> {
    let server = Server::start(BINARY).await?;
    let ada = server.person("ada@example.org", "member").await?;
    let record = open_record(&server, &ada).await?;
    let mut client = Client::new(Peer::new(1));
    client.connect(&server.url(), &record, &ada).await?;
    client.synced().await?;
    // The server need not read it to its end.
    let _ = client.send(vec![0; 9 << 20]).await;
    let end = end_of(&mut client).await;
    ensure!(end.contains("1009"), "{end}");
    Ok(())
}
