use serde_json::{Value, json};

use super::{Source, titles};
use crate::server::{Asked, Reply, Server};

fn ticket(id: u64, subject: &str) -> Value {
    json!({
        "id": id, "subject": subject, "description": "It spins for ever.", "priority": "high",
        "status": "open", "created_at": "2026-03-01T18:47:12Z", "generated_timestamp": 1,
        "updated_at": "2026-03-01T19:00:00Z", "tags": ["service:checkout"],
        "via": {"channel": "email", "source": {}}, "url": "https://acme.zendesk.com/api/v2/x.json",
    })
}

fn export(asked: &Asked) -> Reply {
    assert_eq!(asked.path, "/api/v2/incremental/tickets/cursor.json");
    let (tickets, after, end) = match asked.query.get("cursor").map(String::as_str) {
        None => (vec![ticket(1, "Cannot pay"), json!({"id": "?"})], "A=", false),
        Some("A=") => (vec![ticket(2, "Nor can I")], "B", true),
        Some("B") => (vec![], "B", true),
        Some(other) => panic!("no such cursor: {other}"),
    };
    Reply::json(&json!({"tickets": tickets, "after_cursor": after, "end_of_stream": end}))
}

#[tokio::test]
async fn tickets_come_page_by_page_and_once() {
    let server = Server::start(export).await;
    let mut source =
        Source::new("zendesk", json!({"base_url": server.url, "email": "ada@example.org"}));
    let tickets = source.all().await;
    assert_eq!(titles(&tickets)[0], "Ticket #1: Cannot pay");
    assert!(titles(&tickets)[1].starts_with("A ticket that could not be read: "));
    assert_eq!(titles(&tickets)[2], "Ticket #2: Nor can I");
    assert_eq!(tickets[0].url, Some(format!("{}/agent/tickets/1", server.url)));
    // As the webhook names it.
    assert_eq!(tickets[0].delivery, "ticket/1/created");
    assert_eq!(tickets[0].service.as_deref(), Some("checkout"));
    assert_eq!(source.all().await, []);

    let asked = server.asked();
    assert_eq!(asked[0].query["start_time"], "1772323200");
    // ada@example.org/token:a-token
    let basic = "Basic YWRhQGV4YW1wbGUub3JnL3Rva2VuOmEtdG9rZW4=";
    assert!(asked.iter().all(|it| it.headers["authorization"] == basic));
}

#[tokio::test]
async fn an_oauth_token_is_sent_as_it_is() {
    let server = Server::start(export).await;
    Source::new("zendesk", json!({"base_url": server.url})).page().await.unwrap();
    assert_eq!(server.asked()[0].headers["authorization"], "Bearer a-token");
}
