//! Trackers and the tickets of actions.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::job::Job;
use afterword_domain::meeting::Meeting;
use afterword_domain::ticket::{Agreed, TicketFacts, TicketField};
use afterword_storage::{
    JobEnd, LinkedTicket, ProjectionRow, StorageError, StoredTicket, TicketState, Tracker,
    TrackerChange,
};
use serde_json::json;

use crate::store::{Store, at};

on_both_engines!(
    a_tracker_is_set_up_once_and_changed_by_who_read_it,
    an_action_has_one_ticket_and_the_job_that_makes_it,
    a_ticket_is_kept_by_who_read_it_last,
    a_ticket_follows_what_its_action_says_newly,
);

fn tracker() -> Tracker {
    Tracker {
        id: "issues".to_owned(),
        vendor: "github".to_owned(),
        name: "Issues".to_owned(),
        settings: json!({"repository": "acme/checkout"}),
        token: "a token".to_owned(),
        secret: "a secret of sixteen".to_owned(),
        people: [("p1".to_owned(), "ada-l".to_owned())].into(),
        created_at: at(0),
        version: 1,
    }
}

fn ticket(id: &str, action: &str) -> StoredTicket {
    StoredTicket {
        id: id.to_owned(),
        postmortem_id: "p".to_owned(),
        action_id: action.to_owned(),
        tracker_id: "issues".to_owned(),
        state: TicketState::Asked,
        called_at: None,
        link: None,
        agreed: None,
        theirs: None,
        conflicts: Vec::new(),
        note: None,
        created_at: at(10),
        version: 1,
    }
}

async fn a_tracker_is_set_up_once_and_changed_by_who_read_it(store: &Store) {
    let storage = &store.storage;
    storage.add_tracker(&tracker()).await.unwrap();
    assert!(matches!(storage.add_tracker(&tracker()).await, Err(StorageError::Exists)));
    assert_eq!(storage.trackers().await.unwrap(), [tracker()]);
    let change = TrackerChange {
        name: "Tickets".to_owned(),
        settings: json!({"repository": "acme/other"}),
        token: "another".to_owned(),
        secret: "another secret, longer".to_owned(),
        people: [].into(),
    };
    storage.change_tracker("issues", 1, &change).await.unwrap();
    let stale = storage.change_tracker("issues", 1, &change).await;
    assert!(matches!(stale, Err(StorageError::Stale)));
    let after = storage.tracker("issues").await.unwrap().unwrap();
    assert_eq!((after.name.as_str(), after.version), ("Tickets", 2));
    assert!(storage.remove_tracker("issues").await.unwrap());
    assert!(!storage.remove_tracker("issues").await.unwrap());
}

async fn an_action_has_one_ticket_and_the_job_that_makes_it(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.add_tracker(&tracker()).await.unwrap();
    storage.add_ticket(&ticket("t1", "a1")).await.unwrap();
    let again = storage.add_ticket(&ticket("t2", "a1")).await;
    assert!(matches!(again, Err(StorageError::Exists)));

    let taken = storage.take_job("s", at(10), at(100)).await.unwrap().unwrap();
    assert_eq!(taken.job, Some(Job::Ticket { id: "t1".to_owned() }));
    storage.end_job(&taken, "s", &JobEnd::Done).await.unwrap();
    assert_eq!(storage.take_job("s", at(99), at(100)).await.unwrap(), None, "none for t2");

    assert_eq!(storage.ticket("t1").await.unwrap(), Some(ticket("t1", "a1")));
    assert_eq!(storage.ticket_of("p", "a1").await.unwrap(), Some(ticket("t1", "a1")));
    assert_eq!(storage.tickets_of("p").await.unwrap(), [ticket("t1", "a1")]);
    assert!(storage.remove_ticket("t1").await.unwrap());
    assert!(!storage.remove_ticket("t1").await.unwrap());
}

async fn a_ticket_is_kept_by_who_read_it_last(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.add_tracker(&tracker()).await.unwrap();
    storage.add_ticket(&ticket("t1", "a1")).await.unwrap();
    let facts = TicketFacts {
        title: "Add a check".to_owned(),
        state: ActionState::Doing,
        owner: Some("ada-l".to_owned()),
        due: Some("2026-04-01".parse().unwrap()),
    };
    let link = LinkedTicket {
        key: "acme/checkout#1".to_owned(),
        name: "acme/checkout#1".to_owned(),
        url: "https://github.com/acme/checkout/issues/1".to_owned(),
    };
    let changed = StoredTicket {
        state: TicketState::Linked,
        called_at: Some(at(11)),
        link: Some(link),
        agreed: Some(Agreed { ours: facts.clone(), theirs: facts.clone() }),
        theirs: Some(facts),
        conflicts: vec![TicketField::Title],
        note: Some("It has no owner.".to_owned()),
        ..ticket("t1", "a1")
    };
    storage.save_ticket(&changed).await.unwrap();
    assert!(matches!(storage.save_ticket(&changed).await, Err(StorageError::Stale)));
    let stored = storage.ticket_by_key("issues", "acme/checkout#1").await.unwrap();
    assert_eq!(stored, Some(StoredTicket { version: 2, ..changed }));
    assert_eq!(storage.ticket_by_key("other", "acme/checkout#1").await.unwrap(), None);
}

async fn a_ticket_follows_what_its_action_says_newly(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.add_tracker(&tracker()).await.unwrap();
    storage.add_ticket(&ticket("t1", "a1")).await.unwrap();
    let action = |title: &str| Action {
        id: "a1".to_owned(),
        title: title.to_owned(),
        done_when: String::new(),
        owner: None,
        due: None,
        state: ActionState::Open,
        reason: String::new(),
        theme: None,
        ticket: None,
        order: 0.0,
        withheld: false,
        process: false,
    };
    let cases = [("one", true), ("one", false), ("another", true)];
    let asked = storage.take_job("s", at(10), at(100)).await.unwrap().unwrap();
    storage.end_job(&asked, "s", &JobEnd::Done).await.unwrap();
    for ((title, is_new), seq) in cases.into_iter().zip(1..) {
        let actions = vec![action(title)];
        let projection =
            ProjectionRow { seq, record: "{}".to_owned(), actions, meeting: Meeting::default() };
        storage.save_projection("p", &projection, at(20)).await.unwrap();
        let asked = storage.take_job("s", at(20), at(100)).await.unwrap();
        assert_eq!(asked.is_some(), is_new, "{seq}: {title}");
        if let Some(asked) = asked {
            storage.end_job(&asked, "s", &JobEnd::Done).await.unwrap();
        }
    }
}
