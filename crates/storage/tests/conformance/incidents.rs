//! Incidents of paging tools: noted with the events that tell of them, and opened once.

use afterword_domain::evidence::Event;
use afterword_domain::job::Job;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::review::{Told, incident_id};
use afterword_storage::StorageError;

use crate::events::{delivery, event};
use crate::store::{Store, at, postmortem};

fn paged(name: &str, incident: &str) -> Event {
    let mut event = event("pager", name, 60);
    event.labels.insert("incident".to_owned(), incident.to_owned());
    event
}

async fn what_is_told_is_noted_with_its_job(store: &Store) {
    let storage = &store.storage;
    let id = incident_id("pager", "P1");
    let events = [paged("a", "P1"), paged("b", "P1"), event("pager", "c", 60)];
    for _ in 0..2 {
        let sent = delivery(events.to_vec());
        storage.add_deliveries(&[&sent]).await.unwrap();
    }
    let known = storage.incident(&id).await.unwrap().unwrap();
    assert_eq!((&known.source[..], &known.incident[..]), ("pager", "P1"));
    assert_eq!((known.told, known.carried), (None, None));
    let mut told = storage.events_of_incident(&id).await.unwrap();
    told.sort_by_key(|it| it.title.clone());
    assert_eq!(told, events[..2]);
    let jobs = storage.jobs(9).await.unwrap();
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    assert_eq!((&jobs[0].kind[..], &jobs[0].subject), ("incident", &id));
    assert_eq!(storage.incident("nobody").await.unwrap(), None);

    // Told again, there is nothing new, and nobody is asked.
    let taken = storage.take_job("s", at(999_999), at(1_999_999)).await.unwrap().unwrap();
    assert_eq!(taken.job, Some(Job::Incident { id: id.clone() }));
    storage.end_job(&taken, "s", &afterword_storage::JobEnd::Done).await.unwrap();
    storage.add_deliveries(&[&delivery(events.to_vec())]).await.unwrap();
    assert!(storage.jobs(9).await.unwrap().is_empty());
}

async fn prepared(store: &Store) -> (Told, Postmortem) {
    let sent = delivery(vec![paged("a", "P1")]);
    store.storage.add_deliveries(&[&sent]).await.unwrap();
    store.person("ada").await;
    (Told::of(&sent.events).unwrap(), postmortem(&incident_id("pager", "P1"), "ada"))
}

async fn a_post_mortem_is_opened_once_and_nobody_takes_part_yet(store: &Store) {
    let (told, new) = prepared(store).await;
    let storage = &store.storage;
    storage.keep_told(&new.id, &told).await.unwrap();
    let alone = storage.incidents_alone(9).await.unwrap();
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0].told.as_ref(), Some(&told));

    let other = store.opened_again().await;
    let (one, two) = tokio::join!(
        storage.open_for_incident(&new, &told.carried),
        other.open_for_incident(&new, &told.carried),
    );
    let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [StorageError::Exists]), "{refused:?}");
    assert_eq!(storage.postmortem(&new.id).await.unwrap(), Some(new.clone()));
    assert!(storage.participants(&new.id).await.unwrap().is_empty());
    assert!(storage.incidents_alone(9).await.unwrap().is_empty());
    let known = storage.incident(&new.id).await.unwrap().unwrap();
    assert_eq!(known.carried, Some(told.carried));
}

async fn what_is_taken_over_is_written_with_the_post_mortem_or_not_at_all(store: &Store) {
    let (told, new) = prepared(store).await;
    let storage = &store.storage;
    storage.open_for_incident(&new, &told.carried).await.unwrap();
    let mut carried = told.carried.clone();
    carried.severity = Some("P1".to_owned());
    let changed = Postmortem { severity: Some("P1".to_owned()), ..new.clone() };
    storage.save_carried(&new.id, &carried, Some(&changed)).await.unwrap();
    let stands = storage.postmortem(&new.id).await.unwrap().unwrap();
    assert_eq!((stands.severity.as_deref(), stands.version), (Some("P1"), 2));

    carried.severity = Some("P2".to_owned());
    let stale = storage.save_carried(&new.id, &carried, Some(&changed)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let known = storage.incident(&new.id).await.unwrap().unwrap();
    assert_eq!(known.carried.unwrap().severity.as_deref(), Some("P1"));
    storage.save_carried(&new.id, &carried, None).await.unwrap();
    let known = storage.incident(&new.id).await.unwrap().unwrap();
    assert_eq!(known.carried.unwrap().severity.as_deref(), Some("P2"));
}

on_both_engines!(
    what_is_told_is_noted_with_its_job,
    a_post_mortem_is_opened_once_and_nobody_takes_part_yet,
    what_is_taken_over_is_written_with_the_post_mortem_or_not_at_all,
);
