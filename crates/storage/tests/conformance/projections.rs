use std::collections::BTreeSet;

use afterword_domain::action::{Action, ActionState};
use afterword_domain::meeting::Meeting;
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{ActionFilter, ActionRow, NewUpdate, OwnerFilter, ProjectionRow};
use jiff::Timestamp;

use crate::publications::publication;
use crate::store::{Store, at, page, pages};

pub(crate) fn action(id: &str, state: ActionState, owner: Option<&str>) -> Action {
    Action {
        id: id.to_owned(),
        title: format!("Do {id}"),
        done_when: "It is seen".to_owned(),
        owner: owner.map(str::to_owned),
        due: Some("2026-04-01".parse().unwrap()),
        state,
        reason: String::new(),
        theme: None,
        ticket: None,
        order: 1.5,
        withheld: false,
        process: false,
    }
}

pub(crate) async fn project(store: &Store, postmortem: &str, seq: i64, actions: Vec<Action>) {
    project_at(store, postmortem, seq, actions, at(seq)).await;
}

pub(crate) async fn project_at(
    store: &Store,
    postmortem: &str,
    seq: i64,
    actions: Vec<Action>,
    now: Timestamp,
) {
    let projection = ProjectionRow {
        seq,
        record: format!("record at {seq}"),
        actions,
        meeting: Meeting::default(),
    };
    store.storage.save_projection(postmortem, &projection, now).await.unwrap();
}

pub(crate) async fn ids(store: &Store, filter: ActionFilter, reader: Option<&str>) -> Vec<String> {
    let list = store.storage.actions(&filter, reader, &page(100, None)).await.unwrap();
    list.items.into_iter().map(|row| row.action.id).collect()
}

async fn a_projection_never_goes_back(store: &Store) {
    store.postmortem("p").await;
    assert_eq!(store.storage.projection("p").await.unwrap(), None);
    let open = |id| vec![action(id, ActionState::Open, None)];
    for (seq, made, standing, shown) in
        [(5, "b", 5, "b"), (3, "a", 5, "b"), (5, "c", 5, "c"), (6, "d", 6, "d")]
    {
        project(store, "p", seq, open(made)).await;
        let expected = (standing, format!("record at {standing}"));
        assert_eq!(store.storage.projection("p").await.unwrap(), Some(expected));
        assert_eq!(ids(store, ActionFilter::default(), None).await, [shown]);
    }
}

async fn an_action_is_read_as_it_was_projected(store: &Store) {
    store.postmortem("p").await;
    let projected = action("x", ActionState::Doing, Some("team “Ω”"));
    project(store, "p", 1, vec![projected.clone()]).await;
    let filter = ActionFilter::default();
    let list = store.storage.actions(&filter, None, &page(1, None)).await.unwrap();
    assert_eq!(list.items[0].postmortem_id, "p");
    assert_eq!(list.items[0].action, projected);
    assert_eq!(list.next, None);
}

async fn actions_are_found_by_state_and_owner(store: &Store) {
    store.postmortem("p").await;
    let (open, done) = (ActionState::Open, ActionState::Done);
    let all = [
        ("1", open, Some("ada")),
        ("2", done, Some("ada")),
        ("3", open, None),
        ("4", open, Some("ad")),
    ];
    project(store, "p", 1, all.map(|(id, state, owner)| action(id, state, owner)).into()).await;
    let found = async |state: Option<ActionState>, owner: Option<&str>| {
        let filter = ActionFilter {
            states: state.into_iter().collect(),
            owner: owner.map(|owner| OwnerFilter::Is(owner.to_owned())),
            ..ActionFilter::default()
        };
        ids(store, filter, None).await
    };
    assert_eq!(found(None, None).await, ["1", "2", "3", "4"]);
    assert_eq!(found(Some(open), None).await, ["1", "3", "4"]);
    assert_eq!(found(None, Some("ada")).await, ["1", "2"]);
    assert_eq!(found(Some(done), Some("ada")).await, ["2"]);
    assert!(found(Some(ActionState::Declined), None).await.is_empty());
}

async fn pages_of_actions_miss_nothing_and_repeat_nothing(store: &Store) {
    let filter = ActionFilter::default();
    for postmortem in ["p", "q"] {
        store.postmortem(postmortem).await;
        let own = |number| action(&format!("{postmortem}{number}"), ActionState::Open, None);
        project(store, postmortem, 1, (0..3).map(own).collect()).await;
    }
    let read = async |request| store.storage.actions(&filter, None, &request).await.unwrap();
    for limit in 1..=7 {
        let pages = pages(limit, read, |row: &ActionRow| &row.action.id).await;
        assert_eq!(pages.concat(), ["p0", "p1", "p2", "q0", "q1", "q2"], "pages of {limit}");
    }
}

async fn actions_of_a_room_that_closed_are_its_participants(store: &Store) {
    for postmortem in ["open", "closed"] {
        store.postmortem(postmortem).await;
        project(store, postmortem, 1, vec![action(postmortem, ActionState::Open, None)]).await;
    }
    store.person("guest").await;
    store.person("stranger").await;
    store.storage.join("closed", "guest", at(1)).await.unwrap();
    let published = publication("closed", 9, "");
    store.storage.publish(&published, Naming::Names, Stage::Publish, false).await.unwrap();

    let read = async |reader| ids(store, ActionFilter::default(), reader).await;
    assert_eq!(read(Some("guest")).await, ["closed", "open"]);
    assert_eq!(read(Some("stranger")).await, ["open"]);
    assert_eq!(read(None).await, ["closed", "open"]);
}

async fn records_written_since_they_were_read_are_behind(store: &Store) {
    let behind = async || -> BTreeSet<String> {
        store.storage.records_behind().await.unwrap().into_iter().collect()
    };
    for postmortem in ["p", "q"] {
        store.postmortem(postmortem).await;
    }
    assert_eq!(behind().await, BTreeSet::new(), "nothing was written yet");
    let update = |postmortem: &str| NewUpdate {
        postmortem_id: postmortem.to_owned(),
        person_id: None,
        received_at: at(1),
        payload: vec![0, 0],
    };
    let places =
        store.storage.append_updates(&[update("p"), update("q"), update("p")]).await.unwrap();
    assert_eq!(behind().await, BTreeSet::from(["p".to_owned(), "q".to_owned()]));
    project(store, "q", places[1], Vec::new()).await;
    project(store, "p", places[0], Vec::new()).await;
    assert_eq!(behind().await, BTreeSet::from(["p".to_owned()]));
    project(store, "p", places[2], Vec::new()).await;
    assert_eq!(behind().await, BTreeSet::new());
}

on_both_engines!(
    a_projection_never_goes_back,
    an_action_is_read_as_it_was_projected,
    actions_are_found_by_state_and_owner,
    pages_of_actions_miss_nothing_and_repeat_nothing,
    actions_of_a_room_that_closed_are_its_participants,
    records_written_since_they_were_read_are_behind,
);
