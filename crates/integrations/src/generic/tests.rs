use afterword_domain::evidence::{EventKind, EventState, ReportedTime};
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::evidence::{Message, Refused, Webhook};

const NOW: &str = "2026-03-01T18:45:00Z";

fn at(text: &str) -> ReportedTime {
    ReportedTime::At(text.parse().unwrap())
}

fn one(body: &str) -> GenericEvent {
    let mut events = read_events(None, body.as_bytes()).unwrap();
    assert_eq!(events.len(), 1);
    events.remove(0)
}

fn error(body: &str) -> String {
    read_events(None, body.as_bytes()).unwrap_err().0
}

fn titles(content_type: Option<&str>, body: &str) -> Vec<String> {
    let events = read_events(content_type, body.as_bytes()).unwrap();
    events.into_iter().map(|event| event.reported.title).collect()
}

#[test]
fn every_field_is_read() {
    let json = r#"{"id": 7, "at": "2026-03-01T19:43:00+01:00", "source": "ci", "kind": "alert",
        "service": "checkout", "environment": "production", "title": "Latency \"high\"",
        "text": "p99 is 3 s", "url": "https://x.example/1", "actor": "Ada", "fingerprint": "lat",
        "severity": "critical", "state": "firing", "else": {"a": [1]},
        "labels": {"region": "eu", "count": 3, "canary": true, "none": null}}"#;
    let event = one(json);
    assert_eq!(event.source.as_deref(), Some("ci"));
    assert_eq!(event.body, json.as_bytes());
    let labels = [("canary", "true"), ("count", "3"), ("region", "eu")];
    let text = |text: &str| Some(text.to_owned());
    let expected = Reported {
        delivery: "7".to_owned(),
        at: at("2026-03-01T18:43:00Z"),
        kind: EventKind::Alert,
        service: text("checkout"),
        environment: text("production"),
        title: "Latency \"high\"".to_owned(),
        text: text("p99 is 3 s"),
        url: text("https://x.example/1"),
        actor: text("Ada"),
        fingerprint: text("lat"),
        severity: text("critical"),
        state: Some(EventState::Firing),
        labels: labels.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
    };
    assert_eq!(event.reported, expected);
}

#[test]
fn a_title_is_enough() {
    let reported = one(r#"{"title": "Restarted", "kind": null, "state": null}"#).reported;
    assert_eq!((reported.kind, reported.at), (EventKind::Note, ReportedTime::Missing));
}

#[test]
fn bodies_of_every_form_are_read() {
    let cases = [
        r#" {"title": "a"} "#,
        "\u{feff}{\"title\": \"a\"}\r\n\r\n{\"title\": \"b\"}\n",
        "[{\"title\": \"a\"},\n {\"title\": \"b\"}]",
        "{\n  \"title\": \"a\"\n}\n{\n  \"title\": \"b\"\n}",
        "[]",
    ];
    let read: Vec<_> = cases.iter().map(|body| titles(None, body).concat()).collect();
    assert_eq!(read, ["a", "ab", "ab", "ab", ""]);
}

#[test]
fn times_are_read_in_every_form() {
    let cases = [
        ("\"2026-03-01T18:43:00.5Z\"", at("2026-03-01T18:43:00.5Z")),
        ("\"2026-03-01 18:43\"", ReportedTime::Unzoned("2026-03-01T18:43".parse().unwrap())),
        ("1772390580", at("2026-03-01T18:43:00Z")),
        ("\"1772390580\"", at("2026-03-01T18:43:00Z")),
        ("1772390580123", at("2026-03-01T18:43:00.123Z")),
        ("1772390580.123", at("2026-03-01T18:43:00.123Z")),
        ("1772390580123.5", at("2026-03-01T18:43:00.1235Z")),
        ("0", at("1970-01-01T00:00:00Z")),
    ];
    for (written, expected) in cases {
        let reported = one(&format!(r#"{{"title": "a", "at": {written}}}"#)).reported;
        assert_eq!(reported.at, expected, "{written}");
    }
}

#[test]
fn an_error_names_the_place_the_field_and_what_is_expected() {
    let long = format!("[{{\"title\": \"a\", \"at\": {}}}]", "9".repeat(30));
    let cases = [
        ("", "the body is empty"),
        ("[1]", "event 1 of the array: expected a JSON object"),
        (r#"{"title": "a"}{"kind": "note"}"#, "the event in line 1: missing field `title`"),
        (
            "{\"title\": \"a\"}\n\n{\"title\": \" \"}",
            "the event in line 3: `title`: expected a line",
        ),
        ("[{\"title\": \"a\"}, {\"title\": []}]", "event 2 of the array: `title`: invalid type"),
        (
            r#"{"title": "a", "kind": "alarm"}"#,
            "`kind`: there is no kind \"alarm\"; expected one of alert, change, ticket, message",
        ),
        (r#"{"title": "a", "state": "ok"}"#, "expected firing or resolved"),
        (
            r#"{"title": "a", "at": "soon"}"#,
            "`at`: invalid value: string \"soon\", expected a time",
        ),
        (&long, "`at`: invalid"),
        (r#"{"title": "a", "labels": {"x": {}}}"#, "`labels.x`: invalid type: map, expected text"),
        (
            "{\"title\": \"a\"}\n{\"title\": ",
            "the body is not JSON: EOF while parsing a value at line 2",
        ),
        ("title=a", "the body is not JSON"),
        (r#"{"specversion": "0.3", "id": "1", "source": "/", "type": "t"}"#, "`specversion`"),
        (r#"{"specversion": "1.0", "id": "", "source": "/", "type": "t"}"#, "`id`: expected some"),
        (r#"{"specversion": "1.0", "id": "1", "source": "/"}"#, "missing field `type`"),
    ];
    for (body, expected) in cases {
        let error = error(body);
        assert!(error.contains(expected), "{body}: {error}");
    }
    let error =
        read_events(Some("application/cloudevents+json; charset=utf-8"), br#"{"title":"a"}"#);
    assert!(error.unwrap_err().0.contains("missing field `specversion`"));
}

#[test]
fn the_same_again_is_the_same_event_where_that_can_be_known() {
    let delivery = |body| one(body).reported.delivery;
    let timed = r#"{"title": "a", "at": 1772390580}"#;
    assert_eq!(delivery(timed), delivery(timed));
    assert_ne!(delivery(timed), delivery(r#"{"title": "b", "at": 1772390580}"#));
    assert_ne!(delivery(r#"{"title": "a"}"#), delivery(r#"{"title": "a"}"#));
    assert_eq!(delivery(r#"{"title": "a", "id": "x"}"#), "x");
}

const CLOUD_EVENT: &str = r#"{"specversion": "1.0", "type": "dev.cdevents.service.deployed.0.1.1",
    "source": "/ci/spinnaker", "subject": "checkout", "id": "A234-1234", "severity": 3,
    "time": "2026-03-01T18:43:00Z", "service": "checkout", "datacontenttype": "application/json",
    "data": {"title": "Checkout 7.1 is out", "service": null, "url": "https://x.example/7.1",
             "text": {"not": "text"}, "other": 1}}"#;

fn checkout_is_out(event: &GenericEvent) {
    let reported = &event.reported;
    assert_eq!(reported.delivery, "/ci/spinnaker\nA234-1234");
    assert_eq!(reported.at, at("2026-03-01T18:43:00Z"));
    assert_eq!(reported.kind, EventKind::Change);
    assert_eq!(reported.service.as_deref(), Some("checkout"));
    assert_eq!(reported.title, "Checkout 7.1 is out");
    assert_eq!(reported.url.as_deref(), Some("https://x.example/7.1"));
    assert_eq!((&reported.text, reported.severity.as_deref()), (&None, Some("3")));
    assert_eq!(reported.labels.get("source").map(String::as_str), Some("/ci/spinnaker"));
}

#[test]
fn cloud_events_are_recognised_and_read() {
    checkout_is_out(&one(CLOUD_EVENT));
    let mixed = format!("[{CLOUD_EVENT}, {{\"title\": \"own\"}}]");
    assert_eq!(titles(None, &mixed), ["Checkout 7.1 is out", "own"]);
    let batch = format!("[{CLOUD_EVENT}]");
    assert_eq!(titles(Some("application/cloudevents-batch+json"), &batch), ["Checkout 7.1 is out"]);
}

#[test]
fn a_cloud_event_without_words_of_ours_is_told_by_its_type() {
    let json = r#"{"specversion": "1.0", "type": "com.example.disk.alarm", "source": "/hosts/7",
        "id": 1, "data": [1, 2]}"#;
    let reported = one(json).reported;
    assert_eq!(reported.title, "com.example.disk.alarm: /hosts/7");
    assert_eq!((reported.kind, reported.service), (EventKind::Alert, None));
}

fn binary(extra: &[(&'static str, &'static str)]) -> HeaderMap {
    let fixed = [
        ("ce-specversion", "1.0"),
        ("ce-type", "dev.cdevents.service.deployed.0.1.1"),
        ("ce-source", "/ci/spinnaker"),
        ("ce-subject", "checkout"),
        ("ce-id", "A234-1234"),
        ("ce-time", "2026-03-01T18:43:00Z"),
        ("ce-service", "checkout"),
        ("ce-severity", "3"),
    ];
    let pairs = fixed.iter().chain(extra);
    pairs.map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
}

#[test]
fn a_cloud_event_in_headers_is_the_same_as_one_in_json() {
    let payload = br#"{"title": "Checkout 7.1 is out", "url": "https://x.example/7.1"}"#;
    let headers = binary(&[("content-type", "application/json")]);
    let event = read_cloud_event(&headers, payload).unwrap();
    checkout_is_out(&event);
    // What is kept can be read again as it is.
    let again = read_events(Some("application/cloudevents+json"), &event.body).unwrap();
    assert_eq!(again, [event]);

    let plain = binary(&[("content-type", "text/plain"), ("ce-comment", "Z%C3%BCrich")]);
    let event = read_cloud_event(&plain, b"all is \xffwell").unwrap();
    assert_eq!(event.reported.text.as_deref(), Some("all is \u{fffd}well"));
    assert!(String::from_utf8(event.body).unwrap().contains("Zürich"));
}

fn message<'a>(headers: &'a HeaderMap, body: &'a [u8]) -> Message<'a> {
    Message { headers, body, received_at: NOW.parse::<Timestamp>().unwrap() }
}

fn verified(headers: &[(&str, &str)], body: &[u8]) -> Result<(), Refused> {
    let headers = headers.iter().map(|(name, value)| {
        (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
    });
    Generic.verify(&message(&headers.collect(), body), "secret")
}

/// `printf '1772390580.{"title":"a"}' | openssl dgst -sha256 -hmac secret`
const SIGNATURE: &str = "sha256=da45c4809fbe40a81983eec7f7a0a77480a85d5037a4458677ef08f537887e0a";

#[test]
fn a_signature_or_the_secret_itself_is_asked_for() {
    let body = br#"{"title":"a"}"#;
    let signed = |at, signature| {
        verified(&[("X-Afterword-Signature", signature), ("X-Afterword-Timestamp", at)], body)
    };
    assert_eq!(signed("1772390580", SIGNATURE), Ok(()));
    assert_eq!(signed("1772390581", SIGNATURE), Err(Refused::WrongSignature));
    assert_eq!(signed("1772390580", "sha256=00"), Err(Refused::WrongSignature));
    assert_eq!(signed("1772390580", "nonsense"), Err(Refused::WrongSignature));
    assert_eq!(verified(&[("X-Afterword-Signature", SIGNATURE)], body), Err(Refused::Unsigned));
    assert_eq!(verified(&[], body), Err(Refused::Unsigned));
    assert_eq!(verified(&[("Authorization", "Bearer secret")], body), Ok(()));
    for wrong in ["Bearer secrets", "Bearer", "Basic secret"] {
        assert_eq!(verified(&[("Authorization", wrong)], body), Err(Refused::WrongSignature));
    }
}

#[test]
fn what_was_signed_too_long_ago_is_refused() {
    let headers = [
        (
            "X-Afterword-Signature",
            "sha256=03445e58dab504939d5d6173f502fcf46d5a6f708ae35e68926e786af0cc97f5",
        ),
        ("X-Afterword-Timestamp", "1772390000"),
    ];
    assert_eq!(verified(&headers, br#"{"title":"a"}"#), Err(Refused::Stale));
}

/// JSON of any form, with our own names in it more often than by chance.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("2026-03-01T18:43:00Z")),
        Just(Value::from("alert")),
    ];
    let name = prop_oneof![
        "(title|at|id|kind|state|labels|url|specversion|source|type|time|data|service)",
        ".{0,6}",
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_events(None, &body);
        let _ = read_cloud_event(&binary(&[]), &body);
    }

    #[test]
    fn no_json_breaks_the_reader(json in any_json()) {
        let _ = read_events(None, json.to_string().as_bytes());
    }

    #[test]
    fn what_was_read_is_kept_whole(titles in prop::collection::vec("[^\\s\\p{C}][^\\p{C}]{0,20}", 1..20)) {
        let events: Vec<_> =
            titles.iter().map(|title| serde_json::json!({"title": title}).to_string()).collect();
        for body in [format!("[{}]", events.join(",")), events.join("\n")] {
            let read = read_events(None, body.as_bytes()).unwrap();
            prop_assert_eq!(read.len(), titles.len());
            for ((event, title), json) in read.iter().zip(&titles).zip(&events) {
                prop_assert_eq!(&event.reported.title, title);
                prop_assert_eq!(&event.body, json.as_bytes());
            }
        }
    }

    #[test]
    fn one_broken_byte_is_an_error_or_an_event(at in 0..CLOUD_EVENT.len(), byte in any::<u8>()) {
        let mut body = CLOUD_EVENT.as_bytes().to_vec();
        body[at] = byte;
        if let Ok(events) = read_events(None, &body) {
            prop_assert_eq!(events.len(), 1);
        }
    }
}
