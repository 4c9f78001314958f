use afterword_domain::ballot::{Vote, Votes};
use afterword_domain::meeting::BallotKind;
use afterword_domain::survey::Answers;
use afterword_storage::{NewUpdate, Note, StoredBallot};

use crate::store::{Store, at};

fn ballot(id: &str) -> StoredBallot {
    StoredBallot {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        kind: BallotKind::Dots,
        opened_at: at(5),
        shown_at: None,
    }
}

fn dots<const N: usize>(dots: [(&str, u8); N]) -> Votes {
    dots.into_iter().map(|(subject, dots)| (subject.to_owned(), Vote::Dots { dots })).collect()
}

async fn votes_take_the_place_of_earlier_ones_until_they_are_shown(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.open_ballot(&ballot("b")).await.unwrap();
    storage.open_ballot(&ballot("b")).await.unwrap();
    let cast =
        async |voter: &str, votes: Votes| storage.cast_votes("b", voter, &votes).await.unwrap();
    assert_eq!(cast("ana", dots([("x", 1), ("y", 2)])).await, Some(1));
    assert_eq!(cast("bo", dots([("x", 3)])).await, Some(2));
    assert_eq!(cast("ana", dots([("y", 1)])).await, Some(2));
    assert_eq!(storage.votes_of("b", "ana").await.unwrap(), dots([("y", 1)]));
    assert_eq!(storage.cast_votes("none", "ana", &dots([])).await.unwrap(), None);

    let mut number = 0;
    let stand_in = || {
        number += 1;
        format!("voter {number}")
    };
    storage.show_ballot("b", at(9), stand_in).await.unwrap();
    let shown = StoredBallot { shown_at: Some(at(9)), ..ballot("b") };
    assert_eq!(storage.ballots("p").await.unwrap(), [shown]);
    // Who voted what is forgotten, and nobody votes any more.
    assert!(storage.votes_of("b", "ana").await.unwrap().is_empty());
    assert_eq!(cast("ana", dots([("x", 3)])).await, None);
    let mut votes = storage.votes("b").await.unwrap();
    votes.sort_by(|a, b| a.0.cmp(&b.0));
    let one = |subject: &str, dots| (subject.to_owned(), Vote::Dots { dots });
    assert_eq!(votes, [one("x", 3), one("y", 1)]);
    storage.show_ballot("b", at(20), || unreachable!("it is shown already")).await.unwrap();
    assert_eq!(storage.ballots("p").await.unwrap()[0].shown_at, Some(at(9)));
}

fn note(id: &str, person: Option<&str>, text: &str) -> Note {
    Note {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        person_id: person.map(str::to_owned),
        node_id: Some("node".to_owned()),
        text: text.to_owned(),
    }
}

async fn a_note_is_changed_by_its_author_alone(store: &Store) {
    store.postmortem("p").await;
    store.person("ana").await;
    let storage = &store.storage;
    assert!(storage.keep_note(&note("1", Some("ana"), "first")).await.unwrap());
    assert!(storage.keep_note(&note("1", Some("ana"), "second")).await.unwrap());
    assert!(!storage.keep_note(&note("1", Some("p"), "another's")).await.unwrap());
    assert!(!storage.keep_note(&note("1", None, "nobody's")).await.unwrap());
    assert!(storage.keep_note(&note("2", None, "unnamed")).await.unwrap());
    assert!(!storage.keep_note(&note("2", Some("ana"), "named")).await.unwrap());
    let expected = [note("1", Some("ana"), "second"), note("2", None, "unnamed")];
    assert_eq!(storage.notes("p").await.unwrap(), expected);
    storage.drop_note("p", "1").await.unwrap();
    storage.drop_note("other", "2").await.unwrap();
    assert_eq!(storage.notes("p").await.unwrap(), [note("2", None, "unnamed")]);
}

async fn a_survey_is_answered_once_and_keeps_no_order(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    assert_eq!(storage.survey("p").await.unwrap().people.len(), 0);
    let answers = |learned: u8| Answers { learned: Some(learned), ..Answers::default() };
    for (person, learned) in [("zoe", 5), ("ana", 4), ("bo", 1)] {
        assert!(storage.answer_survey("p", person, &answers(learned)).await.unwrap());
    }
    assert!(!storage.answer_survey("p", "zoe", &answers(1)).await.unwrap());
    let survey = storage.survey("p").await.unwrap();
    assert_eq!(survey.people.into_iter().collect::<Vec<_>>(), ["ana", "bo", "zoe"]);
    assert_eq!(survey.answers, [answers(1), answers(4), answers(5)]);
}

async fn everybody_who_answers_at_once_is_counted(store: &Store) {
    store.postmortem("p").await;
    let answered = (0..20).map(|number| {
        let storage = store.storage.clone();
        let answers = Answers { learned: Some(3), ..Answers::default() };
        tokio::spawn(async move {
            storage.answer_survey("p", &format!("person {number}"), &answers).await.unwrap()
        })
    });
    for answered in answered.collect::<Vec<_>>() {
        assert!(answered.await.unwrap());
    }
    assert_eq!(store.storage.survey("p").await.unwrap().answers.len(), 20);
}

async fn voices_tell_who_wrote_since_and_who_is_new(store: &Store) {
    store.postmortem("earlier").await;
    store.postmortem("p").await;
    for (person, seconds) in [("ana", 10), ("bo", 20)] {
        store.person(person).await;
        store.storage.join("p", person, at(seconds)).await.unwrap();
    }
    store.storage.join("earlier", "ana", at(1)).await.unwrap();
    let update = |person: &str, seconds| NewUpdate {
        postmortem_id: "p".to_owned(),
        person_id: Some(person.to_owned()),
        received_at: at(seconds),
        payload: vec![0],
    };
    store.storage.append_updates(&[update("ana", 30), update("bo", 50)]).await.unwrap();
    let voices = store.storage.voices("p", at(40)).await.unwrap();
    let told: Vec<_> =
        voices.iter().map(|it| (&it.person_id[..], it.wrote, it.first_time)).collect();
    assert!(told.contains(&("ana", false, false)), "{told:?}");
    assert!(told.contains(&("bo", true, true)), "{told:?}");
}

on_both_engines!(
    votes_take_the_place_of_earlier_ones_until_they_are_shown,
    a_note_is_changed_by_its_author_alone,
    a_survey_is_answered_once_and_keeps_no_order,
    everybody_who_answers_at_once_is_counted,
    voices_tell_who_wrote_since_and_who_is_new,
);
