use proptest::prelude::*;
use pulldown_cmark::{Event as Md, Parser};

use super::*;
use crate::evidence::{EventState, Reported, ReportedTime};

const PUBLIC: &str = "https://afterword.example.org";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An event on 1 March 2026 at that time of day.
fn event(clock: &str, fill: impl FnOnce(&mut Reported)) -> Event {
    let time = at(&format!("2026-03-01T{clock}Z"));
    let mut reported = Reported {
        delivery: clock.to_owned(),
        at: ReportedTime::At(time),
        kind: EventKind::Alert,
        service: Some("payments".to_owned()),
        title: "Queue too old".to_owned(),
        fingerprint: Some("queue".to_owned()),
        ..Reported::default()
    };
    fill(&mut reported);
    reported.settle("pager", at("2026-03-02T00:00:00Z"))
}

fn firing(clock: &str) -> Event {
    event(clock, |it| it.state = Some(EventState::Firing))
}

fn resolved(clock: &str) -> Event {
    event(clock, |it| it.state = Some(EventState::Resolved))
}

fn sentences(events: Vec<Event>) -> Vec<String> {
    proposals(events, &[], PUBLIC).into_iter().map(|it| it.sentence).collect()
}

#[test]
fn flapping_is_one_proposal() {
    let mut events = Vec::new();
    for minute in (0..28).step_by(2) {
        events.push(firing(&format!("18:{:02}:00", minute + 20)));
        events.push(resolved(&format!("18:{:02}:30", minute + 20)));
    }
    assert_eq!(sentences(events), ["fired 14 times from 18:20Z to 18:46Z, resolved 18:46Z"]);
}

#[test]
fn what_became_of_an_alert_is_told() {
    let cases = [
        (vec![firing("18:40:00"), resolved("21:10:00")], "firing from 18:40Z, resolved 21:10Z"),
        (vec![firing("18:40:00")], "fired at 18:40Z"),
        (vec![firing("18:40:10"), firing("18:40:20")], "fired twice at 18:40Z"),
        (vec![resolved("19:10:00")], "resolved 19:10Z"),
    ];
    for (events, sentence) in cases {
        assert_eq!(sentences(events), [sentence]);
    }
}

#[test]
fn after_an_hour_of_quiet_it_is_another_moment() {
    let events = vec![firing("18:00:00"), resolved("18:05:00"), firing("19:30:00")];
    assert_eq!(sentences(events), ["firing from 18:00Z, resolved 18:05Z", "fired at 19:30Z"]);
}

#[test]
fn what_says_something_else_is_something_else() {
    let message = |clock: &str, title: &str, actor: &str| {
        event(clock, |it| {
            it.kind = EventKind::Message;
            it.title = title.to_owned();
            it.actor = Some(actor.to_owned());
        })
    };
    let events = vec![
        message("18:40:00", "Looking", "ada"),
        message("18:41:00", "Looking", "bob"),
        message("18:42:00", "Found it", "ada"),
        message("18:42:05", "Found it", "ada"),
    ];
    let sentences = sentences(events);
    assert_eq!(sentences, ["written at 18:40Z", "written at 18:41Z", "written twice at 18:42Z"]);
}

#[test]
fn the_entry_is_ready_and_cites_its_event() {
    let events = vec![firing("18:40:00"), resolved("19:10:00")];
    let id = events[0].id;
    let folded = proposals(events, &[], PUBLIC).remove(0);
    let entry = &folded.entry;
    assert_eq!(entry.text, "Alert **Queue too old** firing from 18:40Z, resolved 19:10Z.");
    assert_eq!((entry.at, entry.until), (folded.first_at, Some(folded.last_at)));
    assert_eq!((entry.precision, entry.kind), (Precision::Range, EntryKind::Alert));
    assert_eq!(entry.evidence[0].url, format!("{PUBLIC}/events/{id}"));
    assert_eq!(entry.evidence[0].event, Some(id));
}

#[test]
fn a_time_in_doubt_is_approximate() {
    let unzoned = event("18:40:00", |it| it.at = ReportedTime::parse("2026-03-01 18:40:00"));
    let folded = proposals(vec![unzoned], &[], PUBLIC).remove(0);
    assert_eq!(folded.entry.precision, Precision::Approximate);
    assert_eq!(folded.marks, [TimeMark::NoZone]);
}

#[test]
fn an_entry_that_cites_any_of_its_events_is_named() {
    let events = vec![firing("18:40:00"), firing("18:45:00")];
    let link = Evidence { url: PUBLIC.to_owned(), title: None, event: Some(events[1].id) };
    let entry = |id: &str, evidence| Entry {
        id: id.to_owned(),
        at: None,
        until: None,
        precision: Precision::Unknown,
        typed: None,
        question: None,
        kind: EntryKind::Note,
        lane: Discipline::default(),
        who: None,
        text: String::new(),
        evidence,
        beside: None,
        order: 0.0,
        withheld: false,
        proposed: false,
        asked: None,
    };
    let timeline = [entry("a", vec![link.clone(), link]), entry("b", Vec::new())];
    assert_eq!(proposals(events, &timeline, PUBLIC)[0].entries, ["a"]);
}

/// The words that a reader of the Markdown sees.
fn seen(markdown: &str) -> String {
    let mut seen = String::new();
    for part in Parser::new(markdown) {
        match part {
            Md::Text(text) => seen.push_str(&text),
            Md::Start(pulldown_cmark::Tag::Paragraph | pulldown_cmark::Tag::Strong)
            | Md::End(_) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    seen
}

proptest! {
    #[test]
    fn titles_are_words_and_no_markdown(title in r"[a-z0-9#>+\-=*_`~\[\]()<>&!\\.:|ü ]{0,20}") {
        for kind in EventKind::ALL {
            let event = event("18:40:00", |it| {
                it.title.clone_from(&title);
                it.kind = kind;
            });
            let title = event.title.clone();
            let text = proposals(vec![event], &[], PUBLIC).remove(0).entry.text;
            prop_assert!(seen(&text).contains(&title), "{text}");
        }
    }

    #[test]
    fn every_event_is_in_one_proposal_whatever_the_order(
        minutes in proptest::collection::vec((0..600_u32, any::<bool>(), 0..3_u8), 1..40),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut events: Vec<Event> = Vec::new();
        for (number, (minute, gone, thing)) in minutes.into_iter().enumerate() {
            let state = if gone { EventState::Resolved } else { EventState::Firing };
            let clock = format!("{:02}:{:02}:00", minute / 60, minute % 60);
            events.push(event(&clock, |it| {
                it.delivery = number.to_string();
                it.state = Some(state);
                it.fingerprint = Some(thing.to_string());
            }));
        }
        let folded = proposals(events.clone(), &[], PUBLIC);
        let mut ids: Vec<_> = folded.iter().flat_map(|it| it.events.clone()).collect();
        let mut all: Vec<_> = events.iter().map(|it| it.id).collect();
        ids.sort();
        all.sort();
        prop_assert_eq!(ids, all);
        let middle = seed.index(events.len());
        events.rotate_left(middle);
        prop_assert_eq!(proposals(events, &[], PUBLIC), folded);
    }
}
