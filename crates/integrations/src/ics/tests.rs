use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event() -> Event {
    Event {
        uid: "0198f2a1-1d6e-7000-8000-000000000001".to_owned(),
        sequence: 2,
        stamp: at("2026-03-02T09:00:00.5Z"),
        starts_at: at("2026-03-29T00:30:00Z"),
        ends_at: at("2026-03-29T01:30:00Z"),
        cancelled: false,
        title: "Post-mortem: Überlauf, 100 % Last; “café” \\ 東京 and the long road back to a quiet pager"
            .to_owned(),
        about: Some("Nobody will be blamed.\r\nhttps://x.example/a".to_owned()),
        call_url: Some("https://meet.example/a;b,c?d=e".to_owned()),
        url: Some("https://afterword.example/postmortems/1".to_owned()),
        asked: Some(Asked {
            from: "afterword@afterword.example".to_owned(),
            name: "Zoë, \"Z\"; O'Neil".to_owned(),
            email: "zoe@example.org".to_owned(),
            answer: None,
        }),
    }
}

/// The lines as they were before they were folded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "bare line feeds: {text}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn an_invitation_is_what_calendars_read() {
    let lines = lines(&invitation(Method::Request, &event()));
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Afterword//Afterword//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:0198f2a1-1d6e-7000-8000-000000000001",
        "SEQUENCE:2",
        "DTSTAMP:20260302T090000Z",
        "DTSTART:20260329T003000Z",
        "DTEND:20260329T013000Z",
        "SUMMARY:Post-mortem: Überlauf\\, 100 % Last\\; “café” \\\\ 東京 and the long road back to a \
         quiet pager",
        "STATUS:CONFIRMED",
        "ORGANIZER;CN=Afterword:mailto:afterword@afterword.example",
        "ATTENDEE;CN=\"Zoë, 'Z'; O'Neil\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;\
         PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:zoe@example.org",
        "DESCRIPTION:Nobody will be blamed.\\nhttps://x.example/a",
        "LOCATION:https://meet.example/a\\;b\\,c?d=e",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Join the call\":https://meet.example/a%3Bb%2Cc?d=e",
        "URL:https://afterword.example/postmortems/1",
        "END:VEVENT",
        "END:VCALENDAR",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn what_is_called_off_says_so_under_the_same_uid() {
    let off = Event { cancelled: true, sequence: 3, ..event() };
    let lines = lines(&invitation(Method::Cancel, &off));
    for line in [
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        "SEQUENCE:3",
        "UID:0198f2a1-1d6e-7000-8000-000000000001",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line} is missing in {lines:#?}");
    }
}

#[test]
fn an_answer_is_shown_as_calendars_name_it() {
    for (answer, status) in [
        (Attending::Yes, "PARTSTAT=ACCEPTED"),
        (Attending::Maybe, "PARTSTAT=TENTATIVE"),
        (Attending::No, "PARTSTAT=DECLINED"),
    ] {
        let asked = event().asked.map(|it| Asked { answer: Some(answer), ..it });
        let text = invitation(Method::Request, &Event { asked, ..event() });
        assert!(lines(&text).concat().contains(status), "{text}");
    }
}

#[test]
fn a_feed_holds_what_stands_and_what_was_called_off() {
    let off = Event { uid: "2".to_owned(), cancelled: true, asked: None, ..event() };
    let text = feed("Post-mortems, \"all\"", &[Event { asked: None, ..event() }, off]);
    let lines = lines(&text);
    for line in [
        "METHOD:PUBLISH",
        "NAME:Post-mortems\\, \"all\"",
        "X-WR-CALNAME:Post-mortems\\, \"all\"",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "STATUS:CONFIRMED",
        "STATUS:CANCELLED",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line} is missing in {lines:#?}");
    }
    assert_eq!(lines.iter().filter(|it| *it == "BEGIN:VEVENT").count(), 2);
    assert!(!text.contains("ATTENDEE"), "{text}");
    // An empty one is a calendar too.
    assert!(feed("None", &[]).ends_with("END:VCALENDAR\r\n"));
}

proptest! {
    /// Whatever people write stays in its place: it begins no line of its own, and is read as it
    /// was written.
    #[test]
    fn no_words_become_anything_else(
        title in "\\PC{0,200}",
        about in "(\\PC|\n|\r){0,300}",
        name in "(\\PC|\"|\n){0,80}",
    ) {
        let asked = event().asked.map(|it| Asked { name, ..it });
        let it = Event { title: title.clone(), about: Some(about.clone()), asked, ..event() };
        let text = invitation(Method::Request, &it);
        prop_assert_eq!(lines(&text).len(), 20);
        let read = ICalendar::parse(&text).map_err(|it| TestCaseError::fail(format!("{it:?}")))?;
        let value = |wanted: &ICalendarProperty| {
            let mut entries = read.components.iter().flat_map(|it| &it.entries);
            let entry = entries.find(|it| it.name == *wanted);
            match entry.and_then(|it| it.values.first()) {
                Some(ICalendarValue::Text(text)) => text.clone(),
                _ => String::new(),
            }
        };
        let trimmed = |text: String| text.trim().to_owned();
        prop_assert_eq!(trimmed(value(&ICalendarProperty::Summary)), trimmed(prose(&title)));
        prop_assert_eq!(trimmed(value(&ICalendarProperty::Description)), trimmed(prose(&about)));
    }
}
