use afterword_domain::feedback::{Answer, Kind};
use afterword_domain::handbook::{SuggestedPart, Suggestion, built_in};
use afterword_domain::meeting::{Followed, Meeting};
use afterword_domain::process::{Matter, Prepared, Source, State, Told};
use afterword_domain::survey::Answers;
use afterword_storage::{Feedback, HandbookProposal, Retrospective, StorageError};

use crate::feedback::project_meeting;
use crate::handbooks::new;
use crate::store::{Store, at};

fn proposal(id: &str, source: Source, of: Option<&str>) -> HandbookProposal {
    HandbookProposal {
        id: id.to_owned(),
        handbook_id: "hour".to_owned(),
        source,
        source_ref: of.map(str::to_owned),
        postmortem: Some(("p".to_owned(), "Outage p".to_owned())),
        at_ms: Some(754_000),
        text: "Ask support first".to_owned(),
        change: Some(Suggestion {
            step: "welcome".to_owned(),
            part: SuggestedPart::Prompt,
            text: "What did support see?".to_owned(),
            moves: String::new(),
            minutes: 0,
        }),
        state: State::Open,
        reason: None,
        accepted_as: None,
        created_at: at(9),
        decided_at: None,
        version: 1,
    }
}

async fn with_handbook(store: &Store) {
    store.postmortem("p").await;
    let content = built_in()[0].handbook.clone();
    store.storage.add_handbook(&new("hour", None, content)).await.unwrap();
}

async fn a_proposal_comes_once_from_each_source(store: &Store) {
    with_handbook(store).await;
    let storage = &store.storage;
    let first = proposal("one", Source::Feedback, Some("f"));
    storage.add_proposal(&first).await.unwrap();
    let again = storage.add_proposal(&proposal("two", Source::Feedback, Some("f"))).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");
    for (id, source) in [("three", Source::Parked), ("four", Source::Survey)] {
        storage.add_proposal(&proposal(id, source, Some("f"))).await.unwrap();
    }
    assert_eq!(storage.proposal("one").await.unwrap(), Some(first.clone()));
    assert_eq!(storage.proposal_from(Source::Feedback, "f").await.unwrap(), Some(first));
    assert_eq!(storage.proposal_from(Source::Lesson, "f").await.unwrap(), None);
    let declined = HandbookProposal {
        state: State::Declined,
        reason: Some("Tried before".to_owned()),
        decided_at: Some(at(20)),
        ..proposal("three", Source::Parked, Some("f"))
    };
    storage.change_proposal(&declined).await.unwrap();
    for version in [1, 2] {
        let late = HandbookProposal { version, ..declined.clone() };
        let refused = storage.change_proposal(&late).await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{refused:?}");
    }
    let all = storage.proposals(10).await.unwrap();
    let ids: Vec<_> = all.iter().map(|it| &it.id[..]).collect();
    assert_eq!(ids, ["one", "four", "three"]);
    assert_eq!(all[2].reason.as_deref(), Some("Tried before"));
}

async fn an_accepted_proposal_is_a_version_or_nothing_happened(store: &Store) {
    with_handbook(store).await;
    let storage = &store.storage;
    storage.add_proposal(&proposal("one", Source::Feedback, Some("f"))).await.unwrap();
    let mut content = built_in()[0].handbook.clone();
    "Second".clone_into(&mut content.name);
    let next = new("hour", Some("p"), content);
    let stale = storage.accept_proposal("one", &next, 7).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    assert_eq!(storage.proposal("one").await.unwrap().unwrap().state, State::Open);
    assert_eq!(storage.accept_proposal("one", &next, 1).await.unwrap(), 2);
    let accepted = storage.proposal("one").await.unwrap().unwrap();
    assert_eq!((accepted.state, accepted.accepted_as), (State::Accepted, Some(2)));
    // The second time there is neither a proposal nor a version.
    let again = storage.accept_proposal("one", &next, 2).await;
    assert!(matches!(again, Err(StorageError::Stale)), "{again:?}");
    assert_eq!(storage.handbook("hour", None).await.unwrap().unwrap().version, 2);
}

async fn meetings_are_found_by_what_they_were_led_with(store: &Store) {
    with_handbook(store).await;
    let storage = &store.storage;
    let meeting = Meeting {
        opened_at: Some(at(100)),
        closed_at: Some(at(3700)),
        handbook: Some(Followed { id: "hour".to_owned(), version: 1 }),
        ..Meeting::default()
    };
    project_meeting(store, 1, Meeting::default(), at(50)).await;
    assert!(storage.meetings_with("hour", 10).await.unwrap().is_empty());
    project_meeting(store, 2, meeting, at(3701)).await;
    store.person("ana").await;
    let answers = Answers { safe: Some(4), ..Answers::default() };
    storage.answer_survey("p", "ana", &answers).await.unwrap();
    for (id, answer) in [("f", Some(Answer::Adopted)), ("g", Some(Answer::Thanks)), ("h", None)] {
        let comment = Feedback {
            id: id.to_owned(),
            postmortem_id: "p".to_owned(),
            author: "ana".to_owned(),
            about: "p".to_owned(),
            at_ms: 1,
            step_id: None,
            kind: Kind::Other,
            text: "x".to_owned(),
            created_at: at(1),
            answer: None,
            answer_text: String::new(),
            answered_at: None,
            version: 1,
        };
        storage.add_feedback(&comment).await.unwrap();
        storage.change_feedback(&Feedback { answer, ..comment }).await.unwrap();
    }
    let held = storage.meetings_with("hour", 10).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(
        (held[0].opened_at, held[0].version, &held[0].answers),
        (at(100), 1, &vec![answers])
    );
    assert_eq!(held[0].told, Told { given: 3, adopted: 1 });
    assert_eq!((held[0].ended_at, held[0].published_at), (None, None));
    assert!(storage.meetings_with("day", 10).await.unwrap().is_empty());
    assert_eq!(storage.meetings_ended_since(at(3699), 10).await.unwrap().len(), 1);
    assert!(storage.meetings_ended_since(at(3700), 10).await.unwrap().is_empty());
}

async fn of_two_retrospectives_that_end_at_once_one_is_kept(store: &Store) {
    store.person("ana").await;
    let matter = Matter { postmortem: None, title: "Hour".to_owned(), text: "x".to_owned() };
    let held = |number| Retrospective {
        number,
        prepared: Prepared { versions: vec![matter.clone()], ..Prepared::default() },
        decided: "Begin with support".to_owned(),
        next_after: 6,
        closed_by: "ana".to_owned(),
        closed_at: at(5),
    };
    let storage = &store.storage;
    storage.add_retrospective(&held(1)).await.unwrap();
    let again = storage.add_retrospective(&held(1)).await;
    assert!(matches!(again, Err(StorageError::Stale)), "{again:?}");
    storage.add_retrospective(&held(2)).await.unwrap();
    assert_eq!(storage.retrospectives().await.unwrap(), [held(2), held(1)]);
}

on_both_engines!(
    a_proposal_comes_once_from_each_source,
    an_accepted_proposal_is_a_version_or_nothing_happened,
    meetings_are_found_by_what_they_were_led_with,
    of_two_retrospectives_that_end_at_once_one_is_kept,
);
