//! Who wants to hear of publications, who was told, and the organisation's channels.

use afterword_domain::announcing::{Topic, TopicKind};
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{Channel, Publication, StorageError, Subscription, Target};

use crate::publications::publication;
use crate::store::{Store, at};

on_both_engines!(
    subscriptions_are_kept_and_never_overwritten_unseen,
    only_those_who_want_it_at_once_are_told_at_once,
    a_post_mortem_is_announced_once_and_again_only_when_asked,
    who_was_told_is_told_once_a_round,
    channels_are_kept_and_their_problems_noted,
    what_goes_away_takes_its_announcements_along,
);

fn topics() -> Vec<Topic> {
    vec![Topic { kind: TopicKind::Service, value: "check-out".to_owned() }]
}

async fn jobs(store: &Store) -> Vec<(String, String)> {
    let jobs = store.storage.jobs(99).await.unwrap().into_iter();
    jobs.map(|job| (job.kind, job.subject)).collect()
}

async fn subscriptions_are_kept_and_never_overwritten_unseen(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    assert_eq!(storage.subscription("ada").await.unwrap(), Subscription::default());
    let wanted = Subscription {
        topics: topics(),
        at_once: true,
        weekly: true,
        hour: 7,
        told_until: Some(at(3)),
        version: 0,
    };
    storage.save_subscription("ada", &wanted, at(5)).await.unwrap();
    let stands = storage.subscription("ada").await.unwrap();
    assert_eq!(stands, Subscription { version: 1, ..wanted.clone() });
    assert_eq!(jobs(store).await, [("digest".to_owned(), "ada".to_owned())]);
    let stale = storage.save_subscription("ada", &wanted, at(6)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    storage.save_told_until("ada", at(8)).await.unwrap();
    let told = storage.subscription("ada").await.unwrap();
    assert_eq!((told.told_until, told.version), (Some(at(8)), 1));
}

async fn only_those_who_want_it_at_once_are_told_at_once(store: &Store) {
    for (id, at_once) in [("bo", true), ("ada", true), ("cy", false)] {
        store.person(id).await;
        let wanted = Subscription { at_once, ..Subscription::default() };
        store.storage.save_subscription(id, &wanted, at(1)).await.unwrap();
    }
    let told = store.storage.subscribers_at_once().await.unwrap();
    assert_eq!(told.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["ada", "bo"]);
}

async fn publish(store: &Store, edition: i64, tell_again: bool) {
    let new = Publication { edition, ..publication("p", edition, "words") };
    store.storage.publish(&new, Naming::Names, Stage::Publish, tell_again).await.unwrap();
}

async fn a_post_mortem_is_announced_once_and_again_only_when_asked(store: &Store) {
    store.postmortem("p").await;
    let round = async || store.storage.announcement_round("p").await.unwrap();
    assert_eq!(round().await, None);
    publish(store, 1, false).await;
    assert_eq!(round().await, Some(1));
    assert_eq!(jobs(store).await, [("announce".to_owned(), "p".to_owned())]);
    publish(store, 2, false).await;
    assert_eq!(round().await, Some(1));
    publish(store, 3, true).await;
    assert_eq!(round().await, Some(2));
    // Taken back and published anew: those who were told are not told again.
    assert!(store.storage.unpublish("p", Stage::Act).await.unwrap());
    publish(store, 1, false).await;
    assert_eq!(round().await, Some(2));
}

async fn who_was_told_is_told_once_a_round(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    let told = async |round, target| storage.was_announced("p", round, target).await.unwrap();
    assert!(!told(1, Target::Person("p")).await);
    for _ in 0..2 {
        storage.save_announced("p", 1, Target::Person("p"), at(2)).await.unwrap();
    }
    assert!(told(1, Target::Person("p")).await);
    assert!(!told(1, Target::Channel("p")).await);
    assert!(!told(2, Target::Person("p")).await);
}

async fn channels_are_kept_and_their_problems_noted(store: &Store) {
    let storage = &store.storage;
    let new = Channel {
        id: "1".to_owned(),
        kind: "slack".to_owned(),
        name: "#incidents".to_owned(),
        url: "https://hooks.example/1".to_owned(),
        secret: "s".to_owned(),
        topics: topics(),
        problem: None,
        created_at: at(1),
        version: 1,
    };
    storage.add_channel(&new).await.unwrap();
    assert_eq!(storage.channels().await.unwrap(), std::slice::from_ref(&new));
    storage.save_channel_problem("1", 7, "not this one").await.unwrap();
    storage.save_channel_problem("1", 1, "it is gone").await.unwrap();
    let problem = storage.channel("1").await.unwrap().unwrap().problem;
    assert_eq!(problem.as_deref(), Some("it is gone"));

    let changed = Channel { name: "#learning".to_owned(), topics: Vec::new(), ..new };
    storage.change_channel(&changed).await.unwrap();
    let stands = storage.channel("1").await.unwrap().unwrap();
    assert_eq!(stands, Channel { version: 2, ..changed.clone() });
    let stale = storage.change_channel(&changed).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    assert!(storage.remove_channel("1").await.unwrap());
    assert!(!storage.remove_channel("1").await.unwrap());
}

async fn what_goes_away_takes_its_announcements_along(store: &Store) {
    store.postmortem("p").await;
    publish(store, 1, false).await;
    store.storage.save_announced("p", 1, Target::Person("p"), at(2)).await.unwrap();
    store.storage.unpublish("p", Stage::Act).await.unwrap();
    store.storage.remove_postmortem("p").await.unwrap();
    assert_eq!(store.storage.announcement_round("p").await.unwrap(), None);
    assert!(!store.storage.was_announced("p", 1, Target::Person("p")).await.unwrap());
}
