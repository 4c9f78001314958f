use afterword_domain::library::{Recurring, RecurringKind, Sought, nearest, words};
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{
    Answer, LibraryEntry, LibraryHit, LibraryWanted, Publication, Question, Reach,
};

use crate::publications::publication;
use crate::store::{Store, at, page, pages};

const DAY: i64 = 24 * 60 * 60;

fn entry(id: &str, seconds: i64, title: &str, body: &str) -> LibraryEntry {
    LibraryEntry {
        postmortem_id: id.to_owned(),
        published_at: at(seconds),
        started_at: at(seconds - 2 * DAY),
        title: words(title),
        body: words(body),
        ..LibraryEntry::default()
    }
}

async fn publish(store: &Store, entry: &LibraryEntry) {
    let id = &entry.postmortem_id;
    if store.storage.postmortem(id).await.unwrap().is_none() {
        store.postmortem(id).await;
    }
    let seconds = entry.published_at.as_second() - at(0).as_second();
    let publication = publication(id, seconds, id);
    store.storage.publish(&publication, Naming::Names, Stage::Publish, false).await.unwrap();
    store.storage.index_publication(entry).await.unwrap();
}

/// The last word as the beginning of one.
async fn looked_for(store: &Store, text: &str) -> LibraryWanted {
    let text = words(text);
    let mut sought = Vec::new();
    for (at, word) in text.iter().enumerate() {
        let any_of = if at + 1 == text.len() {
            store.storage.words_beginning(word, 9).await.unwrap()
        } else {
            store.storage.word_counts(std::slice::from_ref(word)).await.unwrap()
        };
        sought.push(Sought { any_of });
    }
    LibraryWanted { words: sought, ..LibraryWanted::default() }
}

async fn found_by(store: &Store, wanted: &LibraryWanted) -> Vec<String> {
    let hits = store.storage.search(wanted, &page(10, None)).await.unwrap().items;
    hits.into_iter().map(|hit| hit.postmortem_id).collect()
}

async fn found(store: &Store, text: &str) -> Vec<String> {
    found_by(store, &looked_for(store, text).await).await
}

async fn what_has_all_the_words_is_found_the_best_first(store: &Store) {
    publish(store, &entry("1", 1, "Disk full", "the disk was full")).await;
    publish(store, &entry("2", 2, "Größe", "a queue on a disk, and the café")).await;
    publish(store, &entry("3", 3, "Timeouts", "a full hour; nothing else")).await;
    assert_eq!(found(store, "").await, ["3", "2", "1"]);
    assert_eq!(found(store, "FULL disk").await, ["1"]);
    assert_eq!(found(store, "Cafe").await, ["2"]);
    assert_eq!(found(store, "große").await, ["2"]);
    // The title counts more than the words below it, however new those are.
    assert_eq!(found(store, "full").await, ["1", "3"]);
    // What is read first counts more than what comes later.
    let lead = LibraryEntry { lead: words("an hour lost"), ..entry("0", 0, "Queue", "") };
    publish(store, &lead).await;
    assert_eq!(found(store, "hour").await, ["0", "3"]);
    // The last word is still being written.
    assert_eq!(found(store, "queue dis").await, ["2"]);
    assert_eq!(found(store, "dis queue").await, Vec::<String>::new());
    assert_eq!(found(store, "disk nothing").await, Vec::<String>::new());
}

async fn words_that_mean_something_to_an_engine_are_words(store: &Store) {
    publish(store, &entry("1", 1, "Title", "near and or not title match")).await;
    for text in ["not", "near(title)", "and or", "\"match\"", "title:title", "a' | b", "match*"] {
        let wanted = looked_for(store, text).await;
        store.storage.search(&wanted, &page(10, None)).await.unwrap();
    }
    assert_eq!(found(store, "and or not").await, ["1"]);
    // Nor does an engine cut what is one word to us, or drop it.
    publish(store, &entry("2", 2, "1e5 v1", "日本語 𞤀𞤣𞤤𞤢 x²y µs ⅷ հայերեն")).await;
    for text in ["1e5", "v1", "日本語", "日本", "𞤀𞤣𞤤𞤢 x²y", "µs", "ⅷ", "հայերեն 1e"]
    {
        assert_eq!(found(store, text).await, ["2"], "{text}");
    }
}

async fn filters_narrow_down(store: &Store) {
    let of = |id, seconds, service: &str, severity: &str| LibraryEntry {
        facets: vec![("service", service.to_owned()), ("severity", severity.to_owned())],
        ..entry(id, seconds, "Disk full", "")
    };
    publish(store, &of("1", 10, "check-out", "SEV1")).await;
    publish(store, &of("2", 20, "check-out", "SEV2")).await;
    publish(store, &of("3", 30, "mail", "SEV1")).await;
    for text in ["", "disk"] {
        let words = looked_for(store, text).await;
        let wanted = |facets: &[(&'static str, &str)]| LibraryWanted {
            facets: facets.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            ..words.clone()
        };
        let service = ("service", "check-out");
        assert_eq!(found_by(store, &wanted(&[service])).await, ["2", "1"], "{text}");
        assert_eq!(found_by(store, &wanted(&[service, ("severity", "SEV1")])).await, ["1"]);
        let span = LibraryWanted {
            from: Some(at(20 - 2 * DAY)),
            until: Some(at(30 - 2 * DAY)),
            ..words.clone()
        };
        assert_eq!(found_by(store, &span).await, ["2"], "{text}");
    }
    assert_eq!(store.storage.library_facets("service").await.unwrap(), ["check-out", "mail"]);
    assert_eq!(store.storage.library_facets("severity").await.unwrap(), ["SEV1", "SEV2"]);
}

async fn pages_miss_nothing_and_repeat_nothing(store: &Store) {
    for (id, seconds) in [("1", 5), ("2", 6), ("3", 9), ("4", 10)] {
        publish(store, &entry(id, seconds, "word", "")).await;
    }
    for text in ["word", ""] {
        let wanted = looked_for(store, text).await;
        let read = async |request| store.storage.search(&wanted, &request).await.unwrap();
        for limit in 1..=5 {
            let pages = pages(limit, read, |hit: &LibraryHit| &hit.postmortem_id).await;
            assert_eq!(pages.concat(), ["4", "3", "2", "1"], "pages of {limit} of “{text}”");
        }
    }
}

async fn what_stood_in_an_earlier_publication_is_not_found(store: &Store) {
    publish(store, &entry("1", 1, "Title", "hidden")).await;
    assert_eq!(found(store, "hidden").await, ["1"]);
    // Published anew, and not indexed yet: what was found by is stale and does not count.
    let anew = Publication { edition: 2, ..publication("1", 2, "1") };
    store.storage.publish(&anew, Naming::Names, Stage::Publish, false).await.unwrap();
    assert_eq!(found(store, "hidden").await, Vec::<String>::new());
    assert_eq!(store.storage.publications_to_index("", 9).await.unwrap(), ["1"]);
    assert!(store.storage.publications_to_index("1", 9).await.unwrap().is_empty());
    // What was made of the earlier one comes too late.
    store.storage.index_publication(&entry("1", 1, "Title", "hidden")).await.unwrap();
    assert_eq!(found(store, "hidden").await, Vec::<String>::new());

    store.storage.index_publication(&entry("1", 2, "Title", "shown")).await.unwrap();
    assert_eq!(found(store, "hidden").await, Vec::<String>::new());
    assert_eq!(found(store, "shown").await, ["1"]);
    assert!(store.storage.word_counts(&["hidden".to_owned()]).await.unwrap().is_empty());
    assert!(store.storage.words_near("hiden").await.unwrap().is_empty());
    assert!(store.storage.publications_to_index("", 9).await.unwrap().is_empty());

    store.storage.unpublish("1", Stage::Act).await.unwrap();
    assert_eq!(found(store, "shown").await, Vec::<String>::new());
    assert!(store.storage.word_counts(&["shown".to_owned()]).await.unwrap().is_empty());
    publish(store, &entry("2", 3, "Other", "words")).await;
    assert_eq!(found(store, "shown").await, Vec::<String>::new());
}

async fn misspelt_words_are_told_by_their_neighbours(store: &Store) {
    publish(store, &entry("1", 1, "certificate", "expired certificate")).await;
    publish(store, &entry("2", 2, "certificate", "")).await;
    let near = store.storage.words_near("certifcate").await.unwrap();
    let nearest = nearest("certifcate", &near).unwrap();
    assert_eq!((nearest.word.as_str(), nearest.postmortems), ("certificate", 2));
}

async fn the_most_usual_words_that_begin_so_are_told(store: &Store) {
    let of = |id, seconds, body| LibraryEntry {
        facets: vec![("service", "certificates".to_owned())],
        ..entry(id, seconds, "certificate", body)
    };
    publish(store, &of("1", 1, "certain certification")).await;
    publish(store, &of("2", 2, "certain")).await;
    publish(store, &of("3", 3, "other words")).await;
    let beginning = async |text: &str, most| {
        let words = store.storage.words_beginning(text, most).await.unwrap();
        words.into_iter().map(|it| (it.word, it.postmortems)).collect::<Vec<_>>()
    };
    let told = |words: &[(&str, i64)]| {
        words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect::<Vec<_>>()
    };
    let all = told(&[("certificate", 3), ("certain", 2), ("certification", 1)]);
    assert_eq!(beginning("cert", 9).await, all);
    assert_eq!(beginning("cert", 2).await, all[..2]);
    assert_eq!(beginning("certix", 9).await, []);
    assert_eq!(store.storage.published_count().await.unwrap(), 3);
    store.storage.unpublish("3", Stage::Act).await.unwrap();
    assert_eq!(store.storage.published_count().await.unwrap(), 2);
}

async fn how_often_a_word_is_said_to_be_changes_nothing(store: &Store) {
    for (id, title) in [("1", "disk"), ("2", "queue"), ("3", "disk"), ("4", "a disk and a queue")] {
        publish(store, &entry(id, id.parse().unwrap(), title, "")).await;
    }
    for often in [0, 1, 4, 1_000_000] {
        let mut wanted = looked_for(store, "disk").await;
        wanted.words[0].any_of[0].postmortems = often;
        assert_eq!(found_by(store, &wanted).await, ["4", "3", "1"], "{often}");
    }
}

async fn what_shares_words_is_alike(store: &Store) {
    publish(store, &entry("1", 1, "A", "certificate expired proxy")).await;
    publish(store, &entry("2", 2, "B", "certificate proxy")).await;
    publish(store, &entry("3", 3, "C", "certificate")).await;
    publish(store, &entry("4", 4, "D", "disk")).await;
    let alike = async |words: &[(&str, f64)]| {
        let words: Vec<_> = words.iter().map(|(it, weight)| ((*it).to_owned(), *weight)).collect();
        let alike = store.storage.alike(&words, "1", 2).await.unwrap();
        alike.into_iter().map(|it| it.postmortem_id).collect::<Vec<_>>()
    };
    assert_eq!(alike(&[("certificate", 1.0), ("expired", 1.0), ("proxy", 1.0)]).await, ["2", "3"]);
    assert_eq!(alike(&[("certificate", 1.0), ("disk", 2.0), ("proxy", 1.5)]).await, ["2", "4"]);
    assert_eq!(alike(&[("nowhere", 1.0)]).await, Vec::<String>::new());
    assert!(store.storage.alike(&[], "1", 9).await.unwrap().is_empty());
}

async fn what_comes_back_is_told_with_its_passages(store: &Store) {
    let system = |item: &str, key: &str| Recurring {
        kind: RecurringKind::System,
        key: key.to_owned(),
        label: key.to_owned(),
        item: item.to_owned(),
        passage: format!("{key} of {item}"),
    };
    let of = |id, seconds, recurring| LibraryEntry { recurring, ..entry(id, seconds, "T", "") };
    publish(store, &of("1", 1, vec![system("a", "alerting"), system("b", "alerting")])).await;
    assert!(store.storage.recurring(RecurringKind::System, 9).await.unwrap().is_empty());
    publish(store, &of("2", 2, vec![system("c", "alerting"), system("d", "ci")])).await;
    let recurs = store.storage.recurring(RecurringKind::System, 9).await.unwrap();
    assert_eq!(
        recurs.iter().map(|it| (&it.key[..], it.postmortems)).collect::<Vec<_>>(),
        [("alerting", 2)]
    );
    let passages = store.storage.recurring_passages(RecurringKind::System, "alerting", 9).await;
    let passages: Vec<_> = passages.unwrap().into_iter().map(|it| it.item).collect();
    assert_eq!(passages, ["c", "a", "b"]);
}

async fn reach_counts_people_once(store: &Store) {
    store.postmortem("1").await;
    for (reader, days) in [("a", 1), ("a", 31), ("b", 2), ("c", 95)] {
        store.storage.read_by("1", reader, at(days * DAY)).await.unwrap();
    }
    let reach = store.storage.reach("1", at(0)).await.unwrap();
    assert_eq!(reach, Reach { people: 3, after_30_days: 2, after_90_days: 1 });
}

async fn questions_keep_their_order_and_go_with_their_answers(store: &Store) {
    store.postmortem("p").await;
    let question = |id: &str, seconds| Question {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        asked_by: "p".to_owned(),
        asked_at: at(seconds),
        text: format!("question {id}"),
    };
    let (first, second) = (question("b", 1), question("a", 2));
    store.storage.ask_question(&second).await.unwrap();
    store.storage.ask_question(&first).await.unwrap();
    assert_eq!(store.storage.questions("p").await.unwrap(), [first.clone(), second.clone()]);
    let answer = Answer {
        id: "x".to_owned(),
        question_id: "a".to_owned(),
        answered_by: "p".to_owned(),
        answered_at: at(3),
        text: "because".to_owned(),
    };
    store.storage.answer_question(&answer).await.unwrap();
    assert_eq!(store.storage.answers("p").await.unwrap(), [answer]);
    assert_eq!(store.storage.question("p", "a").await.unwrap(), Some(second));
    assert!(store.storage.question("q", "a").await.unwrap().is_none());
    assert!(store.storage.withdraw_question("p", "a").await.unwrap());
    assert!(!store.storage.withdraw_question("p", "a").await.unwrap());
    assert_eq!(store.storage.questions("p").await.unwrap(), [first]);
    assert!(store.storage.answers("p").await.unwrap().is_empty());
}

async fn whoever_took_part_knows_that_a_question_waits(store: &Store) {
    publish(store, &entry("1", 1, "A", "")).await;
    for person in ["there", "reader"] {
        store.person(person).await;
    }
    store.storage.join("1", "there", at(1)).await.unwrap();
    let question = |id: &str, by: &str, seconds| Question {
        id: id.to_owned(),
        postmortem_id: "1".to_owned(),
        asked_by: by.to_owned(),
        asked_at: at(seconds),
        text: "How?".to_owned(),
    };
    for new in [question("a", "reader", 3), question("b", "reader", 2), question("c", "there", 1)] {
        store.storage.ask_question(&new).await.unwrap();
    }
    let waiting = async |person: &str| {
        let all = store.storage.questions_waiting(person, 5).await.unwrap();
        all.into_iter().map(|it| (it.postmortem_id, it.questions, it.asked_at)).collect::<Vec<_>>()
    };
    assert_eq!(waiting("there").await, [("1".to_owned(), 2, at(2))], "their own is for others");
    assert_eq!(waiting("reader").await, []);
    let answer = Answer {
        id: "x".to_owned(),
        question_id: "b".to_owned(),
        answered_by: "there".to_owned(),
        answered_at: at(4),
        text: "So".to_owned(),
    };
    store.storage.answer_question(&answer).await.unwrap();
    assert_eq!(waiting("there").await, [("1".to_owned(), 1, at(3))]);
}

async fn nodes_that_index_at_once_count_each_word_once(store: &Store) {
    let all: Vec<String> = (0..400).map(|it| format!("word{it}")).collect();
    let of = |number: usize| {
        let own: Vec<_> = all.iter().skip(number).step_by(1 + number % 3).cloned().collect();
        entry(&number.to_string(), 1, "Title", &own.join(" "))
    };
    let entries: Vec<LibraryEntry> = (0..8).map(of).collect();
    for entry in &entries {
        publish(store, entry).await;
    }
    let node = |first: usize| {
        let (storage, mut entries) = (store.storage.clone(), entries.clone());
        entries.rotate_left(first);
        tokio::spawn(async move {
            for entry in entries {
                storage.index_publication(&entry).await?;
            }
            storage.unpublish("0", Stage::Act).await
        })
    };
    let nodes: Vec<_> = [0, 0, 3, 6].map(node).into();
    for node in nodes {
        node.await.unwrap().unwrap();
    }
    let expected = entries[1..].iter().filter(|it| it.body.contains(&all[9])).count();
    let counted = store.storage.word_counts(&all[9..10]).await.unwrap();
    assert_eq!(counted[0].postmortems, i64::try_from(expected).unwrap());
    assert_eq!(store.storage.published_count().await.unwrap(), 7);
}

async fn links_are_seen_from_both_ends_while_published(store: &Store) {
    publish(store, &entry("1", 1, "A", "")).await;
    publish(store, &entry("2", 2, "B", "")).await;
    store.storage.link_postmortems("2", "1", "1", at(5)).await.unwrap();
    store.storage.link_postmortems("1", "2", "1", at(6)).await.unwrap();
    let linked = async |id: &str| {
        let linked = store.storage.linked_publications(id).await.unwrap();
        linked.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(
        (linked("1").await, linked("2").await),
        (vec!["2".to_owned()], vec!["1".to_owned()])
    );
    store.storage.unpublish("2", Stage::Act).await.unwrap();
    assert!(linked("1").await.is_empty());
    store.storage.unlink_postmortems("1", "2").await.unwrap();
    assert!(linked("2").await.is_empty());
}

on_both_engines!(
    what_has_all_the_words_is_found_the_best_first,
    words_that_mean_something_to_an_engine_are_words,
    filters_narrow_down,
    pages_miss_nothing_and_repeat_nothing,
    what_stood_in_an_earlier_publication_is_not_found,
    misspelt_words_are_told_by_their_neighbours,
    the_most_usual_words_that_begin_so_are_told,
    how_often_a_word_is_said_to_be_changes_nothing,
    what_shares_words_is_alike,
    what_comes_back_is_told_with_its_passages,
    reach_counts_people_once,
    questions_keep_their_order_and_go_with_their_answers,
    whoever_took_part_knows_that_a_question_waits,
    nodes_that_index_at_once_count_each_word_once,
    links_are_seen_from_both_ends_while_published,
);
