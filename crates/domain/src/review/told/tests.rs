use std::collections::BTreeMap;

use super::*;
use crate::evidence::EventId;
use crate::postmortem::Naming;

fn at(minute: i64) -> Timestamp {
    "2026-03-01T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

fn event(minute: i64, state: Option<EventState>, severity: Option<&str>) -> Event {
    let kind = if state.is_some() { EventKind::Alert } else { EventKind::Page };
    let labels = [(INCIDENT, "P1"), (INCIDENT_TITLE, "Check-out fails")];
    Event {
        id: EventId::new("pager", &format!("{minute} {state:?}"), Some(at(minute))),
        source: "pager".to_owned(),
        raw_at: at(minute),
        skew: SignedDuration::ZERO,
        received_at: at(minute + 1),
        marks: Vec::new(),
        kind,
        service: "checkout".to_owned(),
        environment: None,
        title: "Incident #1 triggered: Check-out fails".to_owned(),
        text: String::new(),
        url: None,
        actor: None,
        fingerprint: None,
        severity: severity.map(ToOwned::to_owned),
        state,
        labels: labels
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>(),
    }
}

fn fires(minute: i64) -> Event {
    event(minute, Some(EventState::Firing), Some("high"))
}

fn resolved(minute: i64) -> Event {
    event(minute, Some(EventState::Resolved), Some("high"))
}

fn told(events: &[Event]) -> Told {
    Told::of(events).expect("something is told")
}

fn postmortem(told: &Told) -> Postmortem {
    Postmortem {
        id: incident_id("pager", "P1"),
        title: told.title.clone(),
        incident: told.carried.incident,
        severity: told.carried.severity.clone(),
        services: told.carried.services.clone(),
        near_miss: false,
        stage: Stage::at_opening(&told.carried.incident, at(0)),
        naming: Naming::Names,
        created_by: "root".to_owned(),
        created_at: at(0),
        published_at: None,
        version: 1,
    }
}

#[test]
fn messages_say_the_same_in_whichever_order_they_come() {
    let events = [fires(0), event(3, None, Some("P1")), resolved(50), fires(60), resolved(90)];
    let whole = told(&events);
    assert_eq!(whole.title, "Check-out fails");
    assert_eq!(whole.carried.services, ["checkout"]);
    assert_eq!(whole.carried.severity.as_deref(), Some("high"), "the newest counts");
    assert_eq!(whole.carried.incident.started_at, at(0));
    assert_eq!(whole.carried.incident.resolved_at, Some(at(90)));
    for turn in 0..events.len() {
        let mut turned = events.clone();
        turned.rotate_left(turn);
        assert_eq!(told(&turned), whole);
        turned.reverse();
        assert_eq!(told(&turned), whole);
    }
}

#[test]
fn what_fires_again_is_not_over() {
    assert_eq!(told(&[fires(0), resolved(50)]).carried.incident.resolved_at, Some(at(50)));
    assert_eq!(told(&[fires(0), resolved(50), fires(60)]).carried.incident.resolved_at, None);
    assert_eq!(told(&[resolved(50)]).carried.incident.started_at, at(50), "as far as is known");
    assert_eq!(Told::of(&[]), None);
}

#[test]
fn what_is_only_looked_up_later_is_no_news() {
    let mut late = fires(0);
    late.received_at = at(25 * 60);
    assert!(!told(&[late.clone()]).is_news);
    assert!(told(&[late, resolved(26 * 60)]).is_news, "it was going on until now");
}

#[test]
fn the_tool_is_followed_until_somebody_says_otherwise() {
    let before = told(&[fires(0)]);
    let after = told(&[fires(0), event(5, None, Some("P1")), resolved(50)]);
    let stands = postmortem(&before);
    let changed = after.carried.carried_into(&stands, &before.carried).unwrap();
    assert_eq!(changed.stage, Stage::Rest);
    assert_eq!(changed.incident, after.carried.incident);
    assert_eq!(after.carried.carried_into(&changed, &after.carried), None, "the same again");

    let mut theirs = stands;
    theirs.incident.stabilised_at = Some(at(30));
    theirs.incident.started_at = at(-20);
    theirs.severity = Some("SEV1".to_owned());
    theirs.stage = Stage::Rest;
    let changed = after.carried.carried_into(&theirs, &before.carried).unwrap();
    assert_eq!(changed.severity.as_deref(), Some("SEV1"));
    assert_eq!(changed.incident.started_at, at(-20));
    assert_eq!(changed.incident.stabilised_at, Some(at(30)));
    assert_eq!(changed.incident.resolved_at, Some(at(50)), "nobody had said that");
}

#[test]
fn a_room_that_looks_back_is_not_closed_by_what_fires_again() {
    let before = told(&[fires(0), resolved(50)]);
    let after = told(&[fires(0), resolved(50), fires(60)]);
    let resting = Postmortem { stage: Stage::Rest, ..postmortem(&before) };
    let again = after.carried.carried_into(&resting, &before.carried).unwrap();
    assert_eq!((again.stage, again.incident.resolved_at), (Stage::Respond, None));
    let analysing = Postmortem { stage: Stage::Analyse, ..resting };
    assert_eq!(after.carried.carried_into(&analysing, &before.carried), None);
}

#[test]
fn a_time_that_cannot_be_is_left_alone() {
    let before = told(&[fires(0)]);
    let after = told(&[fires(0), resolved(50)]);
    let mut theirs = postmortem(&before);
    // Somebody knows that it began later than the tool says that it ended.
    theirs.incident.started_at = at(55);
    theirs.incident.detected_at = Some(at(56));
    assert_eq!(after.carried.carried_into(&theirs, &before.carried), None);
}

#[test]
fn an_incident_has_one_id() {
    assert_eq!(incident_id("pager", "P1"), incident_id("pager", "P1"));
    assert_ne!(incident_id("pager", "P1"), incident_id("pager", "P2"));
    assert_ne!(incident_id("a", "bc"), incident_id("ab", "c"));
}
