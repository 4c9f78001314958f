use afterword_domain::evidence::{EventKind, EventState};
use serde_json::{Value, json};

use super::{Source, titles};
use crate::server::{Asked, Reply, Server};

const NOW: &str = "Sun, 01 Mar 2026 20:00:00 GMT";

fn incident(number: u64, at: &str) -> Value {
    json!({
        "id": format!("P{number}"), "type": "incident", "incident_number": number,
        "summary": format!("[#{number}] Checkout is slow"), "title": "Checkout is slow",
        "html_url": format!("https://acme.pagerduty.com/incidents/P{number}"),
        "created_at": at, "status": "resolved", "incident_key": "checkout-latency",
        "service": {"id": "S1", "type": "service_reference", "summary": "checkout"},
        "urgency": "high", "teams": [], "assignments": [], "priority": null,
        "escalation_policy": {"id": "E1", "summary": "Payments"},
    })
}

fn entry(id: &str, sort: &str, summary: &str, at: &str) -> Value {
    json!({
        "id": id, "type": format!("{sort}_log_entry"), "summary": summary, "created_at": at,
        "html_url": null, "agent": {"id": "U1", "type": "user_reference", "summary": "Ada Byron"},
        "channel": {"type": "note", "summary": "The provider is slow"}, "teams": [],
        "service": {"id": "S1", "type": "service_reference", "summary": "checkout"},
        "incident": incident(1234, "2026-03-01T18:43:00Z"),
    })
}

fn pagerduty(asked: &Asked) -> Reply {
    let offset = asked.query["offset"].as_str();
    // What was asked for again, from a little before the newest, is the same again.
    let body = match (asked.path.as_str(), offset) {
        ("/incidents", "0") => json!({
            "incidents": [incident(1234, "2026-03-01T18:43:00Z")], "more": true, "limit": 100,
        }),
        ("/incidents", "100") => json!({
            "incidents": [incident(1235, "2026-03-01T19:30:00Z"), {"id": 1}], "more": false,
        }),
        ("/log_entries", "0") => json!({
            "log_entries": [
                entry("R4", "resolve", "Resolved by Ada Byron.", "2026-03-01T19:05:00Z"),
                entry("R3", "annotate", "Note added by Ada Byron.", "2026-03-01T18:50:00Z"),
                entry("R2", "acknowledge", "Acknowledged by Ada Byron.", "2026-03-01T18:45:00Z"),
                entry("R1", "trigger", "Triggered through the API.", "2026-03-01T18:43:00Z"),
            ],
            "more": false,
        }),
        other => panic!("nobody should ask for {other:?}"),
    };
    Reply::json(&body).with("date", NOW)
}

#[tokio::test]
async fn incidents_and_what_was_done_about_them() {
    let server = Server::start(pagerduty).await;
    let mut source = Source::new("pagerduty", json!({"base_url": server.url}));
    let all = source.all().await;
    let said = titles(&all);
    assert_eq!(said[0], "Incident #1234 triggered: Checkout is slow");
    assert_eq!(said[1], "Incident #1235 triggered: Checkout is slow");
    assert!(said[2].starts_with("An incident that could not be read: "), "{}", said[2]);
    assert_eq!(said[3], "Resolved by Ada Byron: [#1234] Checkout is slow");
    assert_eq!(said[4], "Note added by Ada Byron: [#1234] Checkout is slow");
    assert_eq!(said[5], "Acknowledged by Ada Byron: [#1234] Checkout is slow");
    assert_eq!(said.len(), 6);

    let kinds: Vec<_> = all.iter().map(|event| (event.kind, event.state)).collect();
    assert_eq!(kinds[0], (EventKind::Alert, Some(EventState::Firing)));
    assert_eq!(kinds[3], (EventKind::Alert, Some(EventState::Resolved)));
    assert_eq!(kinds[4], (EventKind::Note, None));
    assert_eq!(kinds[5], (EventKind::Page, None));
    assert_eq!(all[4].text.as_deref(), Some("The provider is slow"));
    assert_eq!(all[5].actor.as_deref(), Some("Ada Byron"));
    for event in all.iter().filter(|event| event.service.is_some()) {
        assert_eq!(event.fingerprint.as_deref(), Some("checkout-latency"));
        assert_eq!(event.service.as_deref(), Some("checkout"));
        assert!(event.url.as_deref().unwrap().starts_with("https://acme.pagerduty.com/incidents/"));
    }
}

#[tokio::test]
async fn asking_again_begins_a_little_before_the_newest() {
    let server = Server::start(pagerduty).await;
    let mut source = Source::new("pagerduty", json!({"base_url": server.url}));
    let first = source.all().await;
    let asked = server.asked();
    assert_eq!(asked[0].query["since"], super::SINCE);
    assert!(asked.iter().all(|it| it.headers["authorization"] == "Token token=a-token"));
    let again = source.all().await;
    assert_eq!(server.asked()[0].query["since"], "2026-03-01T19:25:00Z");
    // The vendor says the same again, and it is the same.
    let names = |all: &[afterword_domain::evidence::Reported]| -> Vec<_> {
        all.iter().map(|event| event.delivery.clone()).collect()
    };
    assert_eq!(names(&first), names(&again));
}
