use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_storage::{PostmortemFilter, StorageError};

use crate::store::{Store, at, page, pages, postmortem};

async fn a_postmortem_is_read_as_it_was_written(store: &Store) {
    store.person("a").await;
    let mut new = postmortem("p", "a");
    new.title = "“Checkout” 100% down — naïve 🦊 % _ \\".into();
    new.incident = IncidentTimes {
        started_at: "1999-12-31T23:59:59.999999Z".parse().unwrap(),
        detected_at: Some(at(1)),
        stabilised_at: Some(at(2)),
        resolved_at: Some(at(3)),
    };
    new.severity = Some("SEV1".to_owned());
    new.services = vec!["checkout".to_owned(), "a,b \"c\"".to_owned()];
    new.stage = Stage::Record;
    new.naming = Naming::Roles;
    store.storage.add_postmortem(&new).await.unwrap();
    assert_eq!(store.storage.postmortem("p").await.unwrap(), Some(new));
    assert_eq!(store.storage.postmortem("q").await.unwrap(), None);
}

async fn a_postmortem_has_one_id(store: &Store) {
    let new = store.postmortem("p").await;
    let refused = store.storage.add_postmortem(&new).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
}

async fn a_change_of_what_was_changed_meanwhile_is_stale(store: &Store) {
    let mut read = store.postmortem("p").await;
    read.title = "Better".into();
    read.stage = Stage::Rest;
    read.naming = Naming::Roles;
    read.severity = Some("P2".to_owned());
    read.services = vec!["api".to_owned()];
    read.incident.stabilised_at = Some(at(9));
    store.storage.change_postmortem(&read).await.unwrap();
    let expected = Postmortem { version: 2, ..read.clone() };
    assert_eq!(store.storage.postmortem("p").await.unwrap().as_ref(), Some(&expected));

    read.title = "Late".into();
    let stale = store.storage.change_postmortem(&read).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    assert_eq!(store.storage.postmortem("p").await.unwrap(), Some(expected));
}

async fn pages_over_equal_times_miss_nothing_and_repeat_nothing(store: &Store) {
    store.person("a").await;
    for (id, started) in [("1", 5), ("2", 5), ("3", 5), ("4", 9), ("5", 5), ("6", 1)] {
        let mut new = postmortem(id, "a");
        new.incident.started_at = at(started);
        store.storage.add_postmortem(&new).await.unwrap();
    }
    let filter = PostmortemFilter::default();
    let read = async |request| store.storage.postmortems(&filter, &request).await.unwrap();
    for limit in 1..=7 {
        let pages = pages(limit, read, |it: &Postmortem| &it.id).await;
        assert_eq!(pages.concat(), ["4", "5", "3", "2", "1", "6"], "pages of {limit}");
        assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= limit as usize));
    }
}

async fn an_invented_cursor_begins_at_the_beginning(store: &Store) {
    store.postmortem("p").await;
    for cursor in ["", "~", "x~y", "12", "99999999999999999999~p", "' OR 1=1 --"] {
        let request = page(10, Some(cursor.to_owned()));
        let list = store.storage.postmortems(&PostmortemFilter::default(), &request).await;
        assert_eq!(list.unwrap().items.len(), 1, "{cursor}");
    }
}

async fn titles_are_found_by_their_words_not_by_patterns(store: &Store) {
    store.person("a").await;
    for (id, title) in
        [("1", "Disk 100% full"), ("2", "Disk 100 full"), ("3", "DISK_A"), ("4", "a\\b")]
    {
        let mut new = postmortem(id, "a");
        new.title = title.to_owned();
        store.storage.add_postmortem(&new).await.unwrap();
    }
    for (words, expected) in [
        ("disk", &["3", "2", "1"][..]),
        ("100%", &["1"]),
        ("k_a", &["3"]),
        ("k 1", &["2", "1"]),
        ("A\\B", &["4"]),
        ("%", &["1"]),
        ("_", &["3"]),
        ("", &["4", "3", "2", "1"]),
        ("nothing", &[]),
    ] {
        let filter = PostmortemFilter { title: Some(words.to_owned()), stage: None };
        let found = store.storage.postmortems(&filter, &page(10, None)).await.unwrap().items;
        let ids: Vec<_> = found.iter().map(|it| &it.id[..]).collect();
        assert_eq!(ids, expected, "{words}");
    }
}

async fn titles_are_found_in_any_case_of_any_alphabet(store: &Store) {
    store.person("a").await;
    let mut new = postmortem("1", "a");
    new.title = "ÖLPUMPE und Ναύπλιο".into();
    store.storage.add_postmortem(&new).await.unwrap();
    for words in ["ölpumpe", "ÖlPumpe", "ΝΑΎΠΛΙΟ"] {
        let filter = PostmortemFilter { title: Some(words.to_owned()), stage: None };
        let found = store.storage.postmortems(&filter, &page(10, None)).await.unwrap().items;
        assert_eq!(found.len(), 1, "{words}");
    }
    new.title = "ÄPFEL".into();
    store.storage.change_postmortem(&new).await.unwrap();
    let filter = PostmortemFilter { title: Some("äpfel".to_owned()), stage: None };
    assert_eq!(store.storage.postmortems(&filter, &page(10, None)).await.unwrap().items.len(), 1);
}

async fn the_list_of_one_stage_holds_no_other(store: &Store) {
    store.person("a").await;
    for (id, stage) in [("1", Stage::Record), ("2", Stage::Rest), ("3", Stage::Record)] {
        let new = Postmortem { stage, ..postmortem(id, "a") };
        store.storage.add_postmortem(&new).await.unwrap();
    }
    let filter = PostmortemFilter { stage: Some(Stage::Record), title: None };
    let read = async |request| store.storage.postmortems(&filter, &request).await.unwrap();
    assert_eq!(pages(1, read, |it: &Postmortem| &it.id).await.concat(), ["3", "1"]);
}

async fn every_id_is_listed(store: &Store) {
    assert!(store.storage.postmortem_ids().await.unwrap().is_empty());
    for id in ["b", "a", "c"] {
        store.postmortem(id).await;
    }
    assert_eq!(store.storage.postmortem_ids().await.unwrap(), ["a", "b", "c"]);
}

async fn whoever_comes_takes_part_once(store: &Store) {
    store.postmortem("p").await;
    store.person("late").await;
    store.person("early").await;
    store.storage.join("p", "late", at(20)).await.unwrap();
    store.storage.join("p", "early", at(10)).await.unwrap();
    store.storage.join("p", "late", at(5)).await.unwrap();
    assert_eq!(store.storage.participants("p").await.unwrap(), ["p", "early", "late"]);
    assert!(store.storage.takes_part("p", "late").await.unwrap());
    assert!(!store.storage.takes_part("p", "stranger").await.unwrap());
    assert!(!store.storage.takes_part("q", "late").await.unwrap());
}

on_both_engines!(
    a_postmortem_is_read_as_it_was_written,
    a_postmortem_has_one_id,
    a_change_of_what_was_changed_meanwhile_is_stale,
    pages_over_equal_times_miss_nothing_and_repeat_nothing,
    an_invented_cursor_begins_at_the_beginning,
    titles_are_found_by_their_words_not_by_patterns,
    titles_are_found_in_any_case_of_any_alphabet,
    the_list_of_one_stage_holds_no_other,
    every_id_is_listed,
    whoever_comes_takes_part_once,
);
