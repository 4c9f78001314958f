//! Who wants to be told, who was told what, whose links were used, and whom to ask about.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::chasing::{Often, QuietHours, Rhythm, SETTLES};
use afterword_domain::meeting::Meeting;
use afterword_storage::{
    ChatWebhook, JobEnd, ProjectionRow, ReminderPreferences, StorageError, ToldRow, Way,
};
use jiff::Timestamp;

use crate::store::{Store, at};

on_both_engines!(
    preferences_are_kept_and_never_overwritten_unseen,
    owners_are_told_when_their_actions_say_something_new,
    an_action_of_somebody_is_read_with_its_post_mortem,
    what_was_told_is_told_once,
    a_link_is_used_once_and_forgotten_when_it_has_expired,
    the_key_is_made_once,
    the_chase_list_is_of_those_who_opened_or_led,
    what_goes_away_takes_its_reminders_along,
);

fn action(id: &str, owner: Option<&str>, state: ActionState) -> Action {
    Action {
        id: id.to_owned(),
        title: format!("Do {id}"),
        done_when: String::new(),
        owner: owner.map(str::to_owned),
        due: None,
        state,
        reason: String::new(),
        theme: None,
        ticket: None,
        order: 1.0,
        withheld: false,
        process: false,
    }
}

async fn project(
    store: &Store,
    postmortem: &str,
    record: &str,
    actions: Vec<Action>,
    now: Timestamp,
) {
    let projection =
        ProjectionRow { seq: 1, record: record.to_owned(), actions, meeting: Meeting::default() };
    store.storage.save_projection(postmortem, &projection, now).await.unwrap();
}

/// The people who are to be told, each with when.
async fn asked(store: &Store) -> Vec<(String, Timestamp)> {
    let jobs = store.storage.jobs(99).await.unwrap().into_iter();
    jobs.filter(|job| job.kind == "remind").map(|job| (job.subject, job.due_at)).collect()
}

async fn preferences_are_kept_and_never_overwritten_unseen(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    let begin = storage.reminder_preferences("ada").await.unwrap();
    assert_eq!(begin, ReminderPreferences::default());

    let chat = ChatWebhook { kind: "slack".to_owned(), url: "https://x.example/1".to_owned() };
    let wanted = ReminderPreferences {
        rhythm: Rhythm {
            often: Often::Weekly,
            hour: 14,
            quiet: Some(QuietHours { from: 22, until: 6 }),
        },
        mail: false,
        chat: Some(chat),
        chat_problem: Some("it is gone".to_owned()),
        version: 0,
    };
    storage.save_reminder_preferences("ada", &wanted, at(5)).await.unwrap();
    let stands = storage.reminder_preferences("ada").await.unwrap();
    assert_eq!(stands, ReminderPreferences { version: 1, ..wanted.clone() });
    assert_eq!(asked(store).await, [("ada".to_owned(), at(5))]);

    let stale = storage.save_reminder_preferences("ada", &wanted, at(6)).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let open = Rhythm { often: Often::Off, hour: 0, quiet: None };
    let next = ReminderPreferences { rhythm: open, chat: None, chat_problem: None, ..stands };
    storage.save_reminder_preferences("ada", &next, at(7)).await.unwrap();
    let stands = storage.reminder_preferences("ada").await.unwrap();
    assert_eq!(stands, ReminderPreferences { version: 2, ..next });
}

async fn owners_are_told_when_their_actions_say_something_new(store: &Store) {
    store.postmortem("p").await;
    store.person("ada").await;
    let settled = |at: Timestamp| at + SETTLES;
    let all = || {
        vec![
            action("1", Some("ada"), ActionState::Open),
            action("2", Some("the platform team"), ActionState::Open),
            action("3", None, ActionState::Open),
        ]
    };
    project(store, "p", "{}", all(), at(0)).await;
    assert_eq!(asked(store).await, [("ada".to_owned(), settled(at(0)))], "only who is a person");

    let end = async || {
        while let Some(job) = store.storage.take_job("s", at(99_999), at(999_999)).await.unwrap() {
            store.storage.end_job(&job, "s", &JobEnd::Done).await.unwrap();
        }
    };
    end().await;
    let mut same = all();
    "Other words".clone_into(&mut same[0].title);
    project(store, "p", "{}", same, at(10)).await;
    assert_eq!(asked(store).await, [], "other words are no occasion");

    let mut dated = all();
    dated[0].due = Some("2026-04-01".parse().unwrap());
    project(store, "p", "{}", dated, at(20)).await;
    assert_eq!(asked(store).await, [("ada".to_owned(), settled(at(20)))]);
    end().await;

    let mut given = all();
    given[0].owner = Some("p".to_owned());
    project(store, "p", "{}", given, at(30)).await;
    assert_eq!(asked(store).await, [("p".to_owned(), settled(at(30)))], "who has it now");
}

async fn an_action_of_somebody_is_read_with_its_post_mortem(store: &Store) {
    store.postmortem("p").await;
    store.person("ada").await;
    let mut dated = action("dated", Some("ada"), ActionState::Doing);
    dated.due = Some("2026-04-01".parse().unwrap());
    let actions = vec![
        action("undated", Some("ada"), ActionState::Open),
        dated,
        action("done", Some("ada"), ActionState::Done),
        action("parked", Some("ada"), ActionState::Parked),
        action("other", Some("p"), ActionState::Open),
    ];
    project(store, "p", "{}", actions, at(3)).await;
    let mine = store.storage.open_actions_of("ada").await.unwrap();
    let ids: Vec<_> = mine.iter().map(|it| it.action.id.as_str()).collect();
    assert_eq!(ids, ["dated", "undated"], "what is due comes first");
    assert_eq!(
        (mine[0].postmortem_id.as_str(), mine[0].postmortem_title.as_str()),
        ("p", "Outage p")
    );
    assert_eq!(mine[0].seen_at, Some(at(3)));
    assert!(store.storage.open_actions_of("nobody").await.unwrap().is_empty());
}

fn told(action: &str, occasion: &str, told_at: Timestamp) -> ToldRow {
    ToldRow {
        postmortem_id: "p".to_owned(),
        action_id: action.to_owned(),
        occasion: occasion.to_owned(),
        told_at,
    }
}

async fn what_was_told_is_told_once(store: &Store) {
    store.postmortem("p").await;
    store.person("ada").await;
    let storage = &store.storage;
    let open = |owner| vec![action("1", Some(owner), ActionState::Open)];
    project(store, "p", "{}", open("ada"), at(0)).await;
    let news = [told("1", "two-weeks", at(1)), told("gone", "two-weeks", at(2))];
    storage.save_told("ada", Way::Mail, &news).await.unwrap();
    storage.save_told("ada", Way::Mail, &[told("1", "two-weeks", at(9))]).await.unwrap();
    assert_eq!(storage.told("ada", Way::Mail).await.unwrap(), [news[0].clone()]);
    assert_eq!(storage.told_last("ada", Way::Mail).await.unwrap(), Some(at(2)));
    assert!(storage.told("ada", Way::Chat).await.unwrap().is_empty(), "each way by itself");
    assert_eq!(storage.told_last("ada", Way::Chat).await.unwrap(), None);

    project(store, "p", "{}", open("p"), at(10)).await;
    assert!(storage.told("ada", Way::Mail).await.unwrap().is_empty(), "it is another's now");
}

async fn a_link_is_used_once_and_forgotten_when_it_has_expired(store: &Store) {
    let storage = &store.storage;
    assert!(!storage.is_link_used("a").await.unwrap());
    let other = store.opened_again().await;
    let (one, two) =
        tokio::join!(storage.use_link("a", at(100), at(0)), other.use_link("a", at(100), at(0)));
    assert_ne!(one.unwrap(), two.unwrap(), "of two one may");
    assert!(storage.is_link_used("a").await.unwrap());

    storage.release_link("a").await.unwrap();
    assert!(storage.use_link("a", at(100), at(1)).await.unwrap());
    assert!(storage.use_link("b", at(500), at(100)).await.unwrap());
    assert!(!storage.is_link_used("a").await.unwrap(), "it works no more by itself");
}

async fn the_key_is_made_once(store: &Store) {
    let storage = &store.storage;
    assert_eq!(storage.signing_key("links", "one").await.unwrap(), "one");
    assert_eq!(storage.signing_key("links", "two").await.unwrap(), "one");
    assert_eq!(store.opened_again().await.signing_key("links", "three").await.unwrap(), "one");
    assert_eq!(storage.signing_key("else", "four").await.unwrap(), "four");
}

async fn the_chase_list_is_of_those_who_opened_or_led(store: &Store) {
    for id in ["opened", "led", "co-led", "others"] {
        store.postmortem(id).await;
    }
    for (id, record) in [
        ("opened", r#"{"meeting":{"lead":"x"}}"#),
        ("led", r#"{"meeting":{"lead":"opened","co_lead":null}}"#),
        ("co-led", r#"{"meeting":{"lead":"x","co_lead":"opened"}}"#),
        ("others", r#"{"summary":"\"lead\":\"opened\"","meeting":{"scribe":"opened"}}"#),
    ] {
        let own = |number: &str, owner| action(&format!("{id} {number}"), owner, ActionState::Open);
        let actions = vec![own("1", Some("led")), own("2", Some("a team"))];
        project(store, id, record, actions, at(4)).await;
    }
    let list = async |leader| store.storage.open_actions_led_by(leader).await.unwrap();
    let mut ids: Vec<_> = list(Some("opened")).await.into_iter().map(|it| it.action.id).collect();
    ids.sort();
    assert_eq!(ids, ["co-led 1", "co-led 2", "led 1", "led 2", "opened 1", "opened 2"]);
    let all = list(None).await;
    assert_eq!(all.len(), 8);
    assert_eq!(all[0].owner_name.as_deref(), Some("Person led"));
    assert_eq!(all[1].owner_name, None);
    assert_eq!((all[0].state_since, all[0].started_at), (Some(at(4)), at(0)));
}

async fn what_goes_away_takes_its_reminders_along(store: &Store) {
    store.postmortem("p").await;
    store.person("ada").await;
    let storage = &store.storage;
    storage.save_reminder_preferences("ada", &ReminderPreferences::default(), at(0)).await.unwrap();
    storage.save_told("ada", Way::Mail, &[told("1", "two-weeks", at(1))]).await.unwrap();
    store.sql("DELETE FROM people WHERE id = 'ada'").await;
    assert_eq!(storage.told_last("ada", Way::Mail).await.unwrap(), None);
}
