use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::outward::Reach;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Three weeks, in which the clocks of Europe and America change.
fn window() -> Window {
    Window { from: at("2026-03-02T00:00:00Z"), until: at("2026-03-31T00:00:00Z") }
}

fn calendar(events: &[&str]) -> String {
    let events: Vec<_> = events
        .iter()
        .enumerate()
        .map(|(at, lines)| {
            let uid = if lines.contains("UID:") { String::new() } else { format!("UID:{at}\r\n") };
            format!("BEGIN:VEVENT\r\n{uid}SUMMARY:Private words\r\n{lines}\r\nEND:VEVENT\r\n")
        })
        .collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat())
}

fn busy(text: &str) -> Busy {
    read(text, Some("Europe/Berlin"), window()).unwrap()
}

/// `2026-03-04T09:00:00Z 2026-03-04T10:00:00Z`
fn times(busy: &Busy) -> Vec<String> {
    busy.times.iter().map(|it| format!("{} {}", it.from, it.until)).collect()
}

#[test]
fn times_are_those_of_their_zones() {
    let found = busy(&calendar(&[
        "DTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z",
        "DTSTART;TZID=America/Los_Angeles:20260305T090000\r\nDURATION:PT30M",
        // Outlook's name of the zone of Berlin.
        "DTSTART;TZID=W. Europe Standard Time:20260306T090000\r\nDTEND;TZID=W. Europe Standard Time:20260306T100000",
        // In no zone: in that of whoever gave the address.
        "DTSTART:20260309T090000\r\nDTEND:20260309T100000",
    ]));
    assert_eq!(
        times(&found),
        [
            "2026-03-04T09:00:00Z 2026-03-04T10:00:00Z",
            "2026-03-05T17:00:00Z 2026-03-05T17:30:00Z",
            "2026-03-06T08:00:00Z 2026-03-06T09:00:00Z",
            "2026-03-09T08:00:00Z 2026-03-09T09:00:00Z",
        ]
    );
    assert!(found.notes.is_empty(), "{:?}", found.notes);
}

#[test]
fn a_zone_is_known_by_its_definition() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Our office\r\n\
        X-LIC-LOCATION:Australia/Sydney\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTART;TZID=Our office:20260304T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(times(&busy(text)), ["2026-03-03T22:00:00Z 2026-03-03T23:00:00Z"]);
}

#[test]
fn a_day_is_as_long_as_the_clock_says() {
    // The clocks of Berlin go forward on the 29th.
    let found = busy(&calendar(&[
        "DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260312",
        "DTSTART;VALUE=DATE:20260329",
    ]));
    assert_eq!(
        times(&found),
        ["2026-03-09T23:00:00Z 2026-03-11T23:00:00Z", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",]
    );
}

#[test]
fn what_takes_nobodys_time_is_not_busy() {
    let found = busy(&calendar(&[
        "DTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z\r\nTRANSP:TRANSPARENT",
        "DTSTART:20260305T090000Z\r\nDTEND:20260305T100000Z\r\nSTATUS:CANCELLED",
        "DTSTART:20260306T090000Z\r\nDTEND:20260306T100000Z\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "DTSTART:20260309T090000Z",
        "DTSTART:20260310T090000Z\r\nDTEND:20260310T090000Z",
        "DTSTART:20250304T090000Z\r\nDTEND:20250304T100000Z",
    ]));
    assert_eq!(found, Busy::default());
}

#[test]
fn what_repeats_is_followed_with_its_exceptions() {
    let rule = "UID:weekly\r\nSEQUENCE:3\r\nDTSTART;TZID=Europe/Berlin:20200106T090000\r\nDURATION:PT1H\r\n\
        RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Europe/Berlin:20260309T090000";
    let moved = "UID:weekly\r\nSEQUENCE:4\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260316T090000\r\n\
        DTSTART;TZID=Europe/Berlin:20260317T150000\r\nDURATION:PT1H";
    let cancelled = "UID:weekly\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260323T090000\r\n\
        DTSTART;TZID=Europe/Berlin:20260323T090000\r\nDURATION:PT1H\r\nSTATUS:CANCELLED";
    // Another at the same time, which the exceptions are not about.
    let other = "UID:other\r\nDTSTART;TZID=Europe/Berlin:20260316T090000\r\nDURATION:PT15M\r\n\
        RRULE:FREQ=DAILY;COUNT=1";
    let found = busy(&calendar(&[rule, moved, cancelled, other]));
    assert_eq!(
        times(&found),
        [
            "2026-03-02T08:00:00Z 2026-03-02T09:00:00Z",
            "2026-03-16T08:00:00Z 2026-03-16T08:15:00Z",
            "2026-03-17T14:00:00Z 2026-03-17T15:00:00Z",
            // In summer time.
            "2026-03-30T07:00:00Z 2026-03-30T08:00:00Z",
        ]
    );
}

/// The end of a rule is told in UTC, and the repetition that begins then is its last.
#[test]
fn the_last_repetition_is_one() {
    let until = |zone: &str, end: &str| {
        let rule = format!(
            "DTSTART;TZID={zone}:20260309T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL={end}"
        );
        let found = busy(&calendar(&[&rule]));
        assert!(found.notes.is_empty(), "{:?}", found.notes);
        found.times.len()
    };
    assert_eq!(until("Europe/Berlin", "20260313T080000Z"), 5);
    assert_eq!(until("Europe/Berlin", "20260313T075959Z"), 4);
    assert_eq!(until("America/Los_Angeles", "20260313T160000Z"), 5);
    assert_eq!(until("America/Los_Angeles", "20260313T155959Z"), 4);
    assert_eq!(until("Australia/Sydney", "20260312T220000Z"), 5);
    assert_eq!(until("Australia/Sydney", "20260313"), 5);
}

#[test]
fn a_rule_without_an_end_ends() {
    let second = "DTSTART:20100101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY";
    let minutes = format!(
        "DTSTART:20100101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=HOURLY;BYMINUTE={}",
        (0..60).map(|it| it.to_string()).collect::<Vec<_>>().join(",")
    );
    let hours = "DTSTART:19700101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=HOURLY";
    let never =
        "DTSTART:20260101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    let fine = "DTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z";
    let found = busy(&calendar(&[second, &minutes, hours, never, fine]));
    assert_eq!(times(&found), ["2026-03-04T09:00:00Z 2026-03-04T10:00:00Z"]);
    assert_eq!(
        found.notes,
        [
            "2 events: left out for repeating every minute or second.",
            "One event: not followed to the end for repeating too often.",
        ]
    );
}

#[test]
fn only_free_and_busy_may_be_told() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\n\
        FREEBUSY;FBTYPE=BUSY:20260304T090000Z/20260304T100000Z,20260305T090000Z/PT2H\r\n\
        FREEBUSY;FBTYPE=FREE:20260306T090000Z/PT1H\r\n\
        FREEBUSY:20260309T090000Z/PT1H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n";
    assert_eq!(
        times(&busy(text)),
        [
            "2026-03-04T09:00:00Z 2026-03-04T10:00:00Z",
            "2026-03-05T09:00:00Z 2026-03-05T11:00:00Z",
            "2026-03-09T09:00:00Z 2026-03-09T10:00:00Z",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_gone_past() {
    let text = calendar(&[
        "DTSTART:yesterday\r\nDTEND:20260304T100000Z",
        "DTSTART:20260304T110000Z\r\nno colon here\r\n;;;=\r\nDTEND:20260304T120000Z",
    ]);
    let found = busy(&text);
    assert_eq!(times(&found), ["2026-03-04T11:00:00Z 2026-03-04T12:00:00Z"]);
    assert_eq!(found.notes, ["One event: left out for times that cannot be read."]);
    for text in ["", "<!doctype html><p>Sign in</p>", "\u{0}\u{1}", "BEGIN:VCARD\r\nEND:VCARD"] {
        let error = read(text, None, window()).unwrap_err();
        assert_eq!(error.to_string(), "There is no calendar at this address.");
    }
    // Cut off in the middle.
    let cut = text.split_at(text.len() - 20).0;
    assert_eq!(times(&busy(cut)).len(), 1);
}

#[test]
fn without_a_zone_nothing_is_taken_to_be_in_utc() {
    let text = calendar(&[
        "DTSTART:20260309T090000\r\nDTEND:20260309T100000",
        "DTSTART:20260310T090000Z\r\nDTEND:20260310T100000Z",
    ]);
    let found = read(&text, None, window()).unwrap();
    assert_eq!(times(&found), ["2026-03-10T09:00:00Z 2026-03-10T10:00:00Z"]);
    assert_eq!(found.notes, ["One event: left out for naming no zone, while yours is not known."]);
}

#[test]
fn what_overlaps_is_one() {
    let found = busy(&calendar(&[
        "DTSTART:20260304T093000Z\r\nDTEND:20260304T110000Z",
        "DTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z",
        "DTSTART:20260304T110000Z\r\nDTEND:20260304T113000Z",
    ]));
    assert_eq!(times(&found), ["2026-03-04T09:00:00Z 2026-03-04T11:30:00Z"]);
}

/// Answers each request by its path, with whatever the test says.
async fn served(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut asked = vec![0; 4096];
                let length = stream.read(&mut asked).await.unwrap_or(0);
                let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let _ = match answer(path) {
                    Reply::Text(text) => stream.write_all(text.as_bytes()).await,
                    Reply::Nothing => std::future::pending().await,
                    Reply::Endless => loop {
                        if let Err(error) = stream.write_all(&vec![b'x'; 64 * 1024]).await {
                            break Err(error);
                        }
                    },
                };
            });
        }
    });
    format!("http://{address}")
}

enum Reply {
    Text(String),
    Nothing,
    Endless,
}

fn ok(body: &str) -> Reply {
    Reply::Text(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
}

fn sent_on(to: &str) -> Reply {
    Reply::Text(format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"))
}

async fn fetched(url: &str, reach: Reach) -> Result<String, String> {
    let bounds = Bounds { patience: Duration::from_secs(1), bytes: 1024 * 1024 };
    let client = client(reach).unwrap();
    fetch(&client, url, reach, bounds).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_feed_is_fetched_also_from_where_it_moved() {
    let text = calendar(&["DTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z"]);
    let body = text.clone();
    let url = served(move |path| match path {
        "/moved" => sent_on("/feed?key=secret"),
        "/feed?key=secret" => ok(&body),
        _ => Reply::Text("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned()),
    })
    .await;
    assert_eq!(fetched(&format!("{url}/moved"), Reach::ThisMachine).await, Ok(text));
    let gone = fetched(&format!("{url}/gone?key=secret"), Reach::ThisMachine).await.unwrap_err();
    assert!(gone.starts_with("127.0.0.1 answers that there is no such calendar"), "{gone}");
    assert!(!gone.contains("key="), "{gone}");
}

#[tokio::test]
async fn a_feed_that_is_slow_or_huge_is_left() {
    let url = served(|path| match path {
        "/slow" => Reply::Nothing,
        "/said" => Reply::Text("HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_owned()),
        _ => Reply::Text("HTTP/1.1 200 OK\r\n\r\n".to_owned() + &"x".repeat(2 * 1024 * 1024)),
    })
    .await;
    let slow = fetched(&format!("{url}/slow"), Reach::ThisMachine).await;
    assert_eq!(slow, Err("It did not come within 1 seconds.".to_owned()));
    for path in ["said", "huge"] {
        let huge = fetched(&format!("{url}/{path}"), Reach::ThisMachine).await;
        assert_eq!(huge, Err("It is larger than 1 MB.".to_owned()), "{path}");
    }
    // What is no answer at all.
    let noise = served(|_| Reply::Endless).await;
    assert!(fetched(&noise, Reach::ThisMachine).await.is_err());
}

#[tokio::test]
async fn nothing_leads_into_the_network_behind_the_server() {
    let url = served(|path| match path {
        "/inside" => sent_on("http://10.0.0.1/feed"),
        "/metadata" => sent_on("https://169.254.169.254/latest"),
        "/file" => sent_on("file:///etc/passwd"),
        "/circle" => sent_on("/circle"),
        _ => ok("never asked for"),
    })
    .await;
    for path in ["inside", "metadata", "file"] {
        let refused = fetched(&format!("{url}/{path}"), Reach::ThisMachine).await.unwrap_err();
        assert!(refused.starts_with("It sends on to an address that "), "{refused}");
    }
    let circle = fetched(&format!("{url}/circle"), Reach::ThisMachine).await;
    assert_eq!(circle, Err("It sends on to others more than 5 times.".to_owned()));
    // Neither by an address nor by a name of this machine.
    let refused = fetched(&url, Reach::Public).await.unwrap_err();
    assert_eq!(refused, "This address has to begin with https://.");
    let by_name = "https://localtest.invalid/feed";
    assert!(fetched(by_name, Reach::Public).await.is_err());
}

#[test]
fn webcal_is_the_web() {
    assert_eq!(address(" webcal://p1.example/x "), "https://p1.example/x");
    assert_eq!(address("https://p1.example/x"), "https://p1.example/x");
}
