use std::io::{Cursor, Write as _};

use afterword_domain::evidence::{EventKind, Reported};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

type Files<'a> = &'a [(&'a str, String)];

fn zipped(files: Files<'_>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn lists() -> Vec<(&'static str, String)> {
    let people = json!([
        {"id": "U1", "name": "ada.l", "profile": {"display_name": "Ada", "real_name": "Ada L"}},
        {"id": "U2", "name": "grace", "profile": {"display_name": "", "real_name": "Grace H"}},
    ]);
    vec![
        ("users.json", people.to_string()),
        ("channels.json", json!([{"id": "C1", "name": "ops"}]).to_string()),
        ("dms.json", json!([{"id": "D1", "members": ["U1", "U2"]}]).to_string()),
    ]
}

fn export(day: &str, messages: &Value) -> Vec<u8> {
    let mut files = lists();
    files.push((day, messages.to_string()));
    zipped(&files)
}

fn found(export: &[u8]) -> Result<Vec<Found>, Unreadable> {
    let mut all = Vec::new();
    read(Cursor::new(export), &mut |found| {
        all.push(found);
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

fn events(export: &[u8]) -> Vec<Reported> {
    let event = |found| match found {
        Found::Event(_, reported) => *reported,
        Found::Skipped(skipped) => panic!("{skipped:?}"),
    };
    found(export).unwrap().into_iter().map(event).collect()
}

fn refused(export: &[u8]) -> String {
    found(export).unwrap_err().to_string()
}

#[test]
fn a_message_has_its_people_its_channel_and_its_thread() {
    let messages = json!([
        {"type": "message", "user": "U2", "ts": "1772390580.000100", "thread_ts": "1772390000.000200",
         "text": "<@U1> the queue in <#C1|> is full &amp; grows\n<@U9> knows more"},
        {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1772390581.0", "text": "joined"},
    ]);
    let read = events(&export("ops/2026-03-01.json", &messages));
    let [said] = &read[..] else { panic!("{read:?}") };
    assert_eq!(said.kind, EventKind::Message);
    assert_eq!(said.title, "@Ada the queue in #ops is full & grows");
    assert!(said.text.as_ref().is_some_and(|text| text.ends_with("@U9 knows more")));
    assert_eq!(said.actor.as_deref(), Some("Grace H"));
    assert_eq!(said.delivery, "C1/1772390580.000100");
    assert_eq!(said.labels["channel"], "ops");
    assert_eq!(said.labels["thread"], "1772390000.000200");
    let url = "https://slack.com/archives/C1/p1772390580000100?thread_ts=1772390000.000200&cid=C1";
    assert_eq!(said.url.as_deref(), Some(url));
}

#[test]
fn an_event_of_the_app_is_the_same_event() {
    use crate::slack::envelope::Envelope;
    let live = json!({
        "type": "event_callback", "event_id": "Ev1", "team_id": "T1",
        "event": {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1",
                  "ts": "1772390580.000100", "text": "full"},
    });
    let envelope: Envelope = serde_json::from_value(live).unwrap();
    let crate::evidence::Reading::Events(live) = envelope.read().unwrap() else { panic!() };
    let message =
        json!([{"type": "message", "user": "U1", "ts": "1772390580.000100", "text": "full"}]);
    let exported = &events(&export("ops/2026-03-01.json", &message))[0];
    assert_eq!((&exported.delivery, exported.at), (&live[0].delivery, live[0].at));
}

#[test]
fn an_export_packed_again_with_its_folder_is_read_too() {
    let files: Vec<_> =
        lists().into_iter().map(|(name, text)| (format!("Acme/{name}"), text)).collect();
    let mut files: Vec<_> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    files.push((
        "Acme/ops/2026-03-01.json",
        r#"[{"ts": "1772390580.1", "text": "full"}]"#.to_owned(),
    ));
    assert_eq!(events(&zipped(&files)).len(), 1);
}

#[test]
fn direct_messages_and_other_files_are_not_read() {
    let said = r#"[{"ts": "1772390580.1", "text": "private"}]"#;
    let mut files = lists();
    for name in
        ["D1/2026-03-01.json", "ops/canvas.json", "../2026-03-01.json.exe", "a/b/2026-03-01.json"]
    {
        files.push((name, said.to_owned()));
    }
    assert_eq!(events(&zipped(&files)), []);
}

#[test]
fn what_cannot_be_read_is_told_and_does_not_stop_the_others() {
    let mut files = lists();
    files.push((
        "ops/2026-03-01.json",
        r#"[{"text": "when?"}, 7, {"ts": "1772390580.1"}]"#.to_owned(),
    ));
    files.push(("ops/2026-03-02.json", r#"[{"ts": "1772390580.2"}, {"#.to_owned()));
    files.push(("ops/2026-03-03.json", "nothing".to_owned()));
    let told: Vec<_> = found(&zipped(&files))
        .unwrap()
        .into_iter()
        .filter_map(|found| match found {
            Found::Skipped(skipped) => Some((skipped.text, skipped.line)),
            Found::Event(..) => None,
        })
        .collect();
    let day = |day, line| (format!("ops/2026-03-0{day}.json"), line);
    assert_eq!(told, [day(1, 1), day(1, 2), day(2, 2), day(3, 1)]);
}

#[test]
fn what_is_no_export_is_refused_with_a_sentence() {
    assert!(refused(b"PK, but no more").contains("not a ZIP file"));
    assert!(refused(b"").contains("not a ZIP file"));
    assert!(refused(&zipped(&[("a.txt", "a".to_owned())])).contains("no channels.json"));
    let lists = [("channels.json", "{}".to_owned())];
    assert!(refused(&zipped(&lists)).contains("channels.json"));
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // Forty megabytes of the same character: packed to a thousandth.
    let message = json!({"ts": "1772390580.1", "text": "a".repeat(100 << 10)});
    let bomb = export("ops/2026-03-01.json", &json!(vec![message; 400]));
    assert!(bomb.len() < 1 << 20);
    let why = refused(&bomb);
    assert!(why.contains("packed more tightly") && why.contains("shorter span"), "{why}");
}

#[test]
fn a_message_that_does_not_end_is_refused() {
    // Not packed at all, so that only its length is wrong.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in lists() {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("ops/2026-03-01.json", stored).unwrap();
    zip.write_all(br#"[{"text": ""#).unwrap();
    zip.write_all(&vec![b'a'; 9 << 20]).unwrap();
    let export = zip.finish().unwrap().into_inner();
    assert!(refused(&export).contains("longer than 8 MB"));
}

#[test]
fn a_list_that_claims_to_be_endless_is_refused() {
    // The end of an archive in its long form, which claims to have 2^60 entries.
    let mut claims = Vec::new();
    claims.extend(b"PK\x06\x06");
    claims.extend(44_u64.to_le_bytes());
    claims.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    claims.extend((1_u64 << 60).to_le_bytes());
    claims.extend((1_u64 << 60).to_le_bytes());
    claims.extend([0; 16]);
    claims.extend(b"PK\x06\x07\0\0\0\0");
    claims.extend(0_u64.to_le_bytes());
    claims.extend(1_u32.to_le_bytes());
    claims.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    assert!(refused(&claims).contains("more than a million files"));
}
