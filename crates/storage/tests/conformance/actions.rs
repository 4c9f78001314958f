//! The list of actions, since when each stands where it stands, and the filters that people keep.

use afterword_domain::action::{Action, ActionState};
use afterword_storage::{
    ActionFilter, ActionRow, ActionSort, ActionTimes, DueFilter, KeptFilter, OwnerFilter,
    StorageError,
};

use crate::projections::{action, ids, project, project_at};
use crate::store::{Store, at, page, pages, postmortem};

on_both_engines!(
    an_action_keeps_its_times_until_it_moves,
    actions_that_were_there_before_have_times_too,
    actions_are_found_by_several_states_and_by_nobody,
    actions_are_found_by_their_date,
    actions_are_found_by_age_service_and_words,
    actions_are_sorted_and_every_page_follows_the_one_before,
    a_filter_is_its_owners,
    a_filter_that_changed_is_not_overwritten,
);

fn open(id: &str) -> Action {
    action(id, ActionState::Open, None)
}

async fn times(store: &Store) -> Vec<(String, i64, &'static str, i64)> {
    let times = store.storage.action_times("p").await.unwrap();
    let row = |it: ActionTimes| {
        let seconds = |time: jiff::Timestamp| time.duration_since(at(0)).as_secs();
        (it.action_id, seconds(it.seen_at), it.state.as_str(), seconds(it.state_since))
    };
    times.into_iter().map(row).collect()
}

async fn an_action_keeps_its_times_until_it_moves(store: &Store) {
    store.postmortem("p").await;
    let done = |id| action(id, ActionState::Done, None);
    let row = |id: &str, seen, state, since| (id.to_owned(), seen, state, since);
    project_at(store, "p", 1, vec![open("a")], at(10)).await;
    project_at(store, "p", 2, vec![open("a"), done("b")], at(20)).await;
    assert_eq!(times(store).await, [row("a", 10, "open", 10), row("b", 20, "done", 20)]);

    project_at(store, "p", 3, vec![done("a")], at(30)).await;
    // An older reading is no news, and a new reading of the same changes nothing.
    project_at(store, "p", 2, vec![open("a")], at(40)).await;
    project_at(store, "p", 3, vec![done("a")], at(50)).await;
    assert_eq!(times(store).await, [row("a", 10, "done", 30), row("b", 20, "done", 20)]);

    // What was deleted comes back as old as it is.
    project_at(store, "p", 4, vec![done("a"), done("b")], at(60)).await;
    assert_eq!(times(store).await, [row("a", 10, "done", 30), row("b", 20, "done", 20)]);
}

/// As the migration leaves those that it finds: without a row of times they are still listed.
async fn actions_that_were_there_before_have_times_too(store: &Store) {
    store.postmortem("p").await;
    project_at(store, "p", 1, vec![open("a")], at(10)).await;
    store.sql("DELETE FROM action_times").await;
    let list = store.storage.actions(&ActionFilter::default(), None, &page(9, None)).await.unwrap();
    assert_eq!((list.items[0].seen_at, list.items[0].state_since), (at(0), at(0)));
}

async fn found(store: &Store, filter: ActionFilter) -> Vec<String> {
    ids(store, filter, None).await
}

async fn actions_are_found_by_several_states_and_by_nobody(store: &Store) {
    store.postmortem("p").await;
    let all = [
        action("1", ActionState::Open, Some("ada")),
        action("2", ActionState::Doing, None),
        action("3", ActionState::Done, None),
        action("4", ActionState::Parked, Some("")),
    ];
    project(store, "p", 1, all.into()).await;
    let states = vec![ActionState::Open, ActionState::Doing];
    let filter = ActionFilter { states, ..ActionFilter::default() };
    assert_eq!(found(store, filter.clone()).await, ["1", "2"]);
    let owner = Some(OwnerFilter::Nobody);
    assert_eq!(found(store, ActionFilter { owner: owner.clone(), ..filter }).await, ["2"]);
    let nobody = ActionFilter { owner, ..ActionFilter::default() };
    assert_eq!(found(store, nobody).await, ["2", "3", "4"]);
    let other = ActionFilter { postmortem: Some("q".to_owned()), ..ActionFilter::default() };
    assert!(found(store, other).await.is_empty());
}

fn due(id: &str, day: Option<&str>) -> Action {
    Action { due: day.map(|day| day.parse().unwrap()), ..open(id) }
}

async fn actions_are_found_by_their_date(store: &Store) {
    store.postmortem("p").await;
    let all = [
        due("1", Some("2026-03-01")),
        due("2", None),
        due("3", Some("2026-03-31")),
        due("4", Some("2026-04-01")),
    ];
    project(store, "p", 1, all.into()).await;
    let on =
        async |due| found(store, ActionFilter { due: Some(due), ..ActionFilter::default() }).await;
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(on(DueFilter::Undated).await, ["2"]);
    assert_eq!(on(DueFilter::Between(None, day("2026-03-31"))).await, ["1", "3"]);
    assert_eq!(on(DueFilter::Between(day("2026-03-31"), None)).await, ["3", "4"]);
    assert_eq!(on(DueFilter::Between(day("2026-03-02"), day("2026-03-30"))).await, [""; 0]);
    assert_eq!(on(DueFilter::Between(None, None)).await, ["1", "3", "4"]);
}

async fn actions_are_found_by_age_service_and_words(store: &Store) {
    store.person("ada").await;
    for (id, services) in [("p", vec!["Checkout API", "db"]), ("q", vec!["mail"]), ("r", vec![])] {
        let mut new = postmortem(id, "ada");
        new.services = services.into_iter().map(str::to_owned).collect();
        store.storage.add_postmortem(&new).await.unwrap();
    }
    let worded = |id: &str, title: &str| Action { title: title.to_owned(), ..open(id) };
    project_at(store, "p", 1, vec![worded("1", "Page at 100%_Full Disks")], at(10)).await;
    project_at(store, "q", 1, vec![worded("2", "Über den Puffer")], at(20)).await;
    project_at(store, "r", 1, vec![worded("3", "Page twice")], at(30)).await;

    let seen = |before| ActionFilter { seen_before: Some(at(before)), ..ActionFilter::default() };
    assert_eq!(found(store, seen(10)).await, [""; 0]);
    assert_eq!(found(store, seen(21)).await, ["1", "2"]);

    let about = async |service: &str| {
        let service = Some(service.to_owned());
        found(store, ActionFilter { service, ..ActionFilter::default() }).await
    };
    assert_eq!(about("checkout_api").await, ["1"]);
    assert_eq!(about("Mail").await, ["2"]);
    assert_eq!(about("checkout").await, [""; 0]);

    let with = async |words: &str| {
        let words = Some(words.to_owned());
        found(store, ActionFilter { words, ..ActionFilter::default() }).await
    };
    assert_eq!(with("page").await, ["1", "3"]);
    assert_eq!(with("PAGE disks").await, ["1"]);
    assert_eq!(with("100%_").await, ["1"]);
    assert_eq!(with("0%f").await, [""; 0]);
    assert_eq!(with("ÜBER").await, ["2"]);
    assert_eq!(with("page outage").await, ["1", "3"], "the title of the post-mortem counts");
    assert_eq!(with("seen is").await, ["1", "2", "3"], "so does what is done when");
}

async fn actions_are_sorted_and_every_page_follows_the_one_before(store: &Store) {
    for id in ["p", "q"] {
        store.postmortem(id).await;
    }
    let doing = |id| Action { state: ActionState::Doing, ..due(id, None) };
    let all = vec![doing("p1"), due("p2", Some("2026-05-01")), due("p3", Some("2026-04-01"))];
    project_at(store, "p", 1, all, at(20)).await;
    let all = vec![due("q1", Some("2026-05-01")), doing("q2")];
    project_at(store, "q", 1, all, at(10)).await;

    let orders = [
        (ActionSort::Due, ["p3", "p2", "q1", "p1", "q2"]),
        (ActionSort::Age, ["q1", "q2", "p1", "p2", "p3"]),
        (ActionSort::Recent, ["p1", "p2", "p3", "q1", "q2"]),
        (ActionSort::State, ["p2", "p3", "q1", "p1", "q2"]),
        (ActionSort::Postmortem, ["p1", "p2", "p3", "q1", "q2"]),
    ];
    for (sort, expected) in orders {
        let filter = ActionFilter { sort, ..ActionFilter::default() };
        let read = async |request| store.storage.actions(&filter, None, &request).await.unwrap();
        for limit in 1..=6 {
            let pages = pages(limit, read, |row: &ActionRow| &row.action.id).await;
            assert_eq!(pages.concat(), expected, "{sort:?} in pages of {limit}");
        }
        for made_up in ["", "x", "~", "1~2", "1~x~p", "9223372036854775807~9~zz"] {
            read(page(2, Some(made_up.to_owned()))).await;
        }
    }
}

fn filter(id: &str, person: &str, seconds: i64) -> KeptFilter {
    KeptFilter {
        id: id.to_owned(),
        person_id: person.to_owned(),
        name: format!("Filter {id}"),
        query: "owner=me&q=Ω".to_owned(),
        created_at: at(seconds),
    }
}

async fn a_filter_is_its_owners(store: &Store) {
    store.person("ada").await;
    store.person("bob").await;
    let storage = &store.storage;
    for one in [filter("2", "ada", 1), filter("1", "ada", 2), filter("3", "bob", 0)] {
        storage.add_action_filter(&one).await.unwrap();
    }
    let adas = [filter("2", "ada", 1), filter("1", "ada", 2)];
    assert_eq!(storage.action_filters("ada").await.unwrap(), adas);
    assert!(!storage.remove_action_filter("ada", "3").await.unwrap());
    assert!(storage.remove_action_filter("ada", "2").await.unwrap());
    assert!(!storage.remove_action_filter("ada", "2").await.unwrap());
    assert_eq!(storage.action_filters("ada").await.unwrap(), [filter("1", "ada", 2)]);
}

async fn a_filter_that_changed_is_not_overwritten(store: &Store) {
    store.person("ada").await;
    let read = filter("1", "ada", 1);
    store.storage.add_action_filter(&read).await.unwrap();
    store.storage.change_action_filter(&read, "Mine", "owner=me").await.unwrap();
    let stale = store.storage.change_action_filter(&read, "Ours", "").await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let [stands] = &store.storage.action_filters("ada").await.unwrap()[..] else {
        panic!("one filter")
    };
    assert_eq!((&stands.name[..], &stands.query[..]), ("Mine", "owner=me"));
}
