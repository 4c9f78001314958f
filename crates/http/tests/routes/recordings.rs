//! Recordings over the tus protocol, played in ranges, and given to nobody who may not have them.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Answer, Api, Someone};

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const PIECE: &str = "application/offset+octet-stream";

/// The smallest file that is an MP3 by its bytes, and has a place for each of them.
pub(crate) fn sound() -> Vec<u8> {
    // MPEG audio, layer III, 128 kbit/s at 44.1 kHz: frames of 417 bytes, here of silence: ten
    // seconds.
    let frame = [&[0xff, 0xfb, 0x90, 0x64][..], &[0; 413]].concat();
    frame.repeat(400)
}

/// Begins an upload; answers its path below `/api/v1`.
async fn begin(someone: &Someone<'_>, path: &str, headers: &[(&str, &str)]) -> String {
    let created = create(someone, path, headers).await;
    created.is(StatusCode::CREATED);
    created.header("location").strip_prefix("/api/v1").unwrap().to_owned()
}

async fn create(someone: &Someone<'_>, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut ask = someone.ask(Method::POST, &format!("{path}/recording")).header(TUS.0, TUS.1);
    for (name, value) in headers {
        ask = ask.header(name, value);
    }
    ask.send().await
}

async fn send(someone: &Someone<'_>, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
    let ask = someone.ask(Method::PATCH, upload).header(TUS.0, TUS.1).body(PIECE, bytes);
    ask.header("upload-offset", &offset.to_string()).send().await
}

async fn offset(someone: &Someone<'_>, upload: &str) -> Answer {
    someone.ask(Method::HEAD, upload).header(TUS.0, TUS.1).send().await
}

/// `agreed yes`
const AGREED: (&str, &str) = ("upload-metadata", "agreed eWVz,filename Y2FsbC5tcDM=");

/// A whole recording, to which everyone agreed.
pub(crate) async fn record(someone: &Someone<'_>, path: &str) -> Vec<u8> {
    let bytes = sound();
    let length = bytes.len().to_string();
    let upload = begin(someone, path, &[("upload-length", &length), AGREED]).await;
    send(someone, &upload, 0, &bytes).await.is(StatusCode::NO_CONTENT);
    bytes
}

async fn play(someone: &Someone<'_>, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut ask = someone.ask(Method::GET, &format!("{path}/recording"));
    for (name, value) in headers {
        ask = ask.header(name, value);
    }
    ask.send().await
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let bytes = sound();
    let length = bytes.len().to_string();
    let upload = begin(&ada, &path, &[("upload-length", &length)]).await;

    let first = send(&ada, &upload, 0, &bytes[..1000]).await;
    first.is(StatusCode::NO_CONTENT);
    assert_eq!(first.header("upload-offset"), "1000");
    assert_eq!(first.header(TUS.0), TUS.1);
    for wrong in [0, 999, 1001] {
        send(&ada, &upload, wrong, &bytes[..9]).await.is_problem(StatusCode::CONFLICT, "conflict");
    }
    let state = offset(&ada, &upload).await;
    state.is(StatusCode::OK);
    assert_eq!(state.header("upload-offset"), "1000");
    assert_eq!(state.header("upload-length"), length);
    assert_eq!(state.header("cache-control"), "no-store");
    let details = ada.get(&format!("{path}/recording/details")).await;
    assert_eq!(details.json["state"], "uploading");
    assert_eq!(details.json["received"], 1000);
    play(&ada, &path, &[]).await.is_problem(StatusCode::NOT_FOUND, "not-found");

    let rest = send(&ada, &upload, 1000, &bytes[1000..]).await;
    assert_eq!(rest.header("upload-offset"), length);
    let details = ada.get(&format!("{path}/recording/details")).await;
    assert_eq!(details.json["state"], "kept");
    assert_eq!(details.json["media_type"], "audio/mpeg");
    assert_eq!(play(&ada, &path, &[]).await.bytes, bytes);
    // An upload that is done takes no more, and answers how it ended.
    send(&ada, &upload, bytes.len(), b"more").await.is(StatusCode::CONFLICT);
    assert_eq!(offset(&ada, &upload).await.header("upload-offset"), length);
}

#[tokio::test]
async fn the_size_may_be_known_at_the_end() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let bytes = sound();
    let upload = begin(&ada, &path, &[("upload-defer-length", "1")]).await;
    send(&ada, &upload, 0, &bytes).await.is(StatusCode::NO_CONTENT);
    let state = offset(&ada, &upload).await;
    assert_eq!(state.header("upload-defer-length"), "1");
    let last = ada.ask(Method::PATCH, &upload).header(TUS.0, TUS.1).body(PIECE, "");
    let length = bytes.len().to_string();
    let last = last.header("upload-offset", &length).header("upload-length", &length);
    last.send().await.is(StatusCode::NO_CONTENT);
    assert_eq!(play(&ada, &path, &[]).await.bytes, bytes);
}

#[tokio::test]
async fn what_does_not_speak_the_protocol_is_told_so() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let options = ada.ask(Method::OPTIONS, &format!("{path}/recording")).send().await;
    options.is(StatusCode::NO_CONTENT);
    assert_eq!(options.header("tus-version"), "1.0.0");
    assert_eq!(options.header("tus-extension"), "creation,creation-defer-length,termination");

    let plain = ada.ask(Method::POST, &format!("{path}/recording")).send().await;
    plain.is_problem(StatusCode::PRECONDITION_FAILED, "upload-protocol");
    assert_eq!(plain.header("tus-version"), "1.0.0");
    create(&ada, &path, &[]).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let many = [("upload-length", "many")];
    create(&ada, &path, &many).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");

    let upload = begin(&ada, &path, &[("upload-length", "100")]).await;
    let form = ada.ask(Method::PATCH, &upload).header(TUS.0, TUS.1).header("upload-offset", "0");
    let form = form.body("text/plain", "x").send().await;
    form.is_problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "upload-type");
    let nowhere = ada.ask(Method::PATCH, &upload).header(TUS.0, TUS.1).body(PIECE, "x").send();
    nowhere.await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    create(&ada, &path, &[("upload-length", "9")]).await.is(StatusCode::CONFLICT);

    let gone = ada.ask(Method::DELETE, &upload).header(TUS.0, TUS.1).send().await;
    gone.is(StatusCode::NO_CONTENT);
    offset(&ada, &upload).await.is(StatusCode::NOT_FOUND);
    send(&ada, &upload, 0, b"x").await.is(StatusCode::NOT_FOUND);
    begin(&ada, &path, &[("upload-length", "100")]).await;
}

#[tokio::test]
async fn too_much_and_nothing_are_refused() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let huge = create(&ada, &path, &[("upload-length", "10737418241")]).await;
    huge.is_problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let empty = create(&ada, &path, &[("upload-length", "0")]).await;
    empty.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(empty.text("detail").contains("empty"));

    let upload = begin(&ada, &path, &[("upload-length", "100")]).await;
    let more = send(&ada, &upload, 0, &[1; 101]).await;
    more.is_problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
}

#[tokio::test]
async fn what_is_no_recording_is_refused_and_removed() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let page = b"<!doctype html><script>alert(1)</script> and so on, for a while".to_vec();
    let cut = [&b"\0\0\0\x10ftypisom\0\0\0\0\0\0\xff\xffmdat"[..], &[7; 100]].concat();
    for (bytes, words) in [(page, "no recording"), (cut, "cut off")] {
        let length = bytes.len().to_string();
        let upload = begin(&ada, &path, &[("upload-length", &length)]).await;
        let refused = send(&ada, &upload, 0, &bytes).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert!(refused.text("detail").contains(words), "{}", refused.json);
        let details = ada.get(&format!("{path}/recording/details")).await;
        details.is_problem(StatusCode::NOT_FOUND, "not-found");
    }
}

#[tokio::test]
async fn a_recording_is_played_in_ranges() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let bytes = record(&ada, &path).await;
    let length = bytes.len();

    let whole = play(&ada, &path, &[("accept-encoding", "gzip")]).await;
    whole.is(StatusCode::OK);
    assert_eq!(whole.bytes, bytes);
    assert_eq!(whole.header("content-type"), "audio/mpeg");
    assert_eq!(whole.header("content-length"), length.to_string());
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("content-disposition"), "inline; filename=\"recording.mp3\"");
    assert_eq!(whole.header("cache-control"), "private, no-cache");

    for (range, from, to) in [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=4000-", 4000, length - 1),
        ("bytes=-10", length - 10, length - 1),
    ] {
        let part = play(&ada, &path, &[("range", range)]).await;
        part.is(StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.header("content-range"), format!("bytes {from}-{to}/{length}"));
        assert_eq!(part.bytes, bytes[from..=to], "{range}");
    }
    let beyond = play(&ada, &path, &[("range", "bytes=9999999-")]).await;
    beyond.is(StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));

    let tag = whole.header("etag");
    let same = [("range", "bytes=0-9"), ("if-range", tag)];
    play(&ada, &path, &same).await.is(StatusCode::PARTIAL_CONTENT);
    let other = [("range", "bytes=0-9"), ("if-range", "\"other\"")];
    assert_eq!(play(&ada, &path, &other).await.is(StatusCode::OK).bytes.len(), length);
    play(&ada, &path, &[("if-none-match", tag)]).await.is(StatusCode::NOT_MODIFIED);
    let head = ada.ask(Method::HEAD, &format!("{path}/recording")).send().await;
    assert_eq!(head.is(StatusCode::OK).header("content-length"), length.to_string());
}

#[tokio::test]
async fn a_link_is_followed_to_where_the_recording_is() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let link = format!("{path}/recording/link");
    for url in ["", "video.example.org", "javascript:alert(1)", "file:///etc/passwd"] {
        let refused = ada.post(&link, json!({"url": url})).await;
        assert_eq!(refused.is(StatusCode::UNPROCESSABLE_ENTITY).json["field"], "url", "{url}");
    }
    let url = "https://video.example.org/1";
    let linked = ada.post(&link, json!({"url": url, "agreed": true})).await;
    assert_eq!(linked.is(StatusCode::OK).json["url"], url);
    let there = play(&ada, &path, &[]).await;
    assert_eq!(there.is(StatusCode::SEE_OTHER).header("location"), url);

    // We cannot cut it there, so that nobody is told of it until somebody has.
    let off = ada.post(&format!("{path}/recording/passages"), json!({"from": 1, "until": 2})).await;
    assert_eq!(off.is(StatusCode::CREATED).json["url"], json!(null));
    assert!(off.text("withheld").contains("cut the passage out"));
    play(&ada, &path, &[]).await.is_problem(StatusCode::CONFLICT, "conflict");
    let again = ada.post(&link, json!({"url": "https://video.example.org/2"})).await;
    assert_eq!(again.is(StatusCode::OK).json["withheld"], json!(null));
    play(&ada, &path, &[]).await.is(StatusCode::SEE_OTHER);
}

/// Every address at which something of a recording could be had.
const READS: [&str; 4] =
    ["recording", "recording/details", "recording/transcript", "recording/cues"];

#[tokio::test]
async fn readers_get_it_only_where_it_is_open_to_them() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = ada.open("Outage").await;
    record(&ada, &path).await;
    let words = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Good morning, Ada speaking\n";
    let stored = ada.ask(Method::PUT, &format!("{path}/recording/transcript"));
    stored.body("text/vtt", words).send().await.is(StatusCode::OK);
    let status =
        async |who: &Someone<'_>, route: &str| who.get(&format!("{path}/{route}")).await.status;
    let all = async |who: &Someone<'_>, expected: StatusCode| {
        for route in READS {
            assert_eq!(status(who, route).await, expected, "{route}");
        }
    };
    let details = format!("{path}/recording/details");
    let publication = format!("{path}/publication");
    let change =
        async |body| ada.write(Method::PATCH, &details, body).await.is(StatusCode::OK).json.clone();

    // The room is open to whoever comes.
    all(&eve, StatusCode::OK).await;
    ada.post(&publication, json!({"naming": "names"})).await.is(StatusCode::CREATED);
    all(&eve, StatusCode::OK).await;
    let shown = eve.get(&details).await;
    for secret in ["file_name", "added_by", "agreed_by"] {
        assert_eq!(shown.json[secret], json!(null), "{secret}");
    }
    assert_eq!(shown.json["may"]["change"], false);

    change(json!({"visibility": "took-part"})).await;
    all(&eve, StatusCode::FORBIDDEN).await;
    change(json!({"visibility": "everyone", "agreed": false})).await;
    all(&eve, StatusCode::FORBIDDEN).await;
    change(json!({"visibility": null, "agreed": true})).await;
    all(&eve, StatusCode::OK).await;
    // Faces and voices are no roles.
    ada.post(&publication, json!({"naming": "roles"})).await.is(StatusCode::CREATED);
    all(&eve, StatusCode::FORBIDDEN).await;
    all(&ada, StatusCode::OK).await;
    let flo = api.person("Flo", Role::Facilitator).await;
    all(&flo, StatusCode::OK).await;
    change(json!({"visibility": "everyone"})).await;
    all(&eve, StatusCode::OK).await;
    let told = eve.get(&format!("{path}/recording/transcript")).await;
    let told = String::from_utf8_lossy(&told.bytes).into_owned();
    assert!(told.contains("<v an SRE>Good morning, an SRE speaking"), "{told}");
    let in_room = ada.get(&format!("{path}/recording/transcript")).await;
    assert!(String::from_utf8_lossy(&in_room.bytes).contains("<v Ada>"));

    for (method, route, body) in [
        (Method::PATCH, "recording/details", json!({"agreed": true})),
        (Method::DELETE, "recording", json!(null)),
        (Method::POST, "recording/passages", json!({"from": 0, "until": 1})),
        (Method::POST, "recording/link", json!({"url": "https://example.org"})),
        (Method::DELETE, "recording/transcript", json!(null)),
        (Method::POST, "recording/cues/0/entry", json!({"entry": null})),
    ] {
        let refused = eve.write(method, &format!("{path}/{route}"), body).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }
    create(&eve, &path, &[("upload-length", "9")]).await.is(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_off_the_record_is_served_to_nobody() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    record(&ada, &path).await;
    let words = "WEBVTT\n\n00:00.000 --> 00:00.050\n<v Ada>Hello\n\n00:00.100 --> 00:00.200\n\
         <v Ada>xylophone\n";
    let transcript = format!("{path}/recording/transcript");
    let store = async || ada.ask(Method::POST, &transcript).body("text/vtt", words).send().await;
    assert_eq!(store().await.is(StatusCode::CREATED).json["cues"], 2);

    let passages = format!("{path}/recording/passages");
    for span in [json!({"from": 2, "until": 1}), json!({"from": -1, "until": 1})] {
        ada.post(&passages, span).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let off = ada.post(&passages, json!({"from": 0.15, "until": 0.2})).await;
    off.is(StatusCode::CREATED);
    assert!(off.text("withheld").contains("off the record"));
    assert_eq!(off.json["off_the_record"], json!([{"from": 0.15, "until": 0.2}]));

    for headers in [&[][..], &[("range", "bytes=0-9")]] {
        play(&ada, &path, headers).await.is_problem(StatusCode::CONFLICT, "conflict");
    }
    for route in ["recording/transcript", "recording/cues", "recording/details"] {
        let told = ada.get(&format!("{path}/{route}")).await;
        let told = String::from_utf8_lossy(&told.is(StatusCode::OK).bytes).into_owned();
        assert!(!told.contains("xylophone"), "{route}: {told}");
    }
    let again = store().await;
    assert_eq!((&again.json["cues"], &again.json["off_the_record"]), (&json!(1), &json!(1)));
    let removed = ada.ask(Method::DELETE, &format!("{path}/recording")).send().await;
    removed.is(StatusCode::NO_CONTENT);
    for route in READS {
        ada.get(&format!("{path}/{route}")).await.is(StatusCode::NOT_FOUND);
    }
}
