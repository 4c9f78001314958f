use afterword_domain::people::{Person, Role};
use afterword_storage::{CredentialKind, NewCredential, NewPerson, PersonChange, StorageError};

use crate::store::{Store, at, person};

async fn an_account_is_read_as_it_was_written(store: &Store) {
    let mut new = person("a");
    new.name = "Zoë “Z” O'Neil 🦊".into();
    new.password_hash = Some("$argon2id$".to_owned());
    store.storage.add_person(&new, at(0)).await.unwrap();
    let expected = Person {
        id: new.id.clone(),
        email: new.email.clone(),
        name: new.name.clone(),
        discipline: new.discipline.clone(),
        time_zone: new.time_zone.clone(),
        role: new.role,
        version: 1,
    };
    assert_eq!(store.storage.person("a").await.unwrap().as_ref(), Some(&expected));
    let by_email = store.storage.person_by_email(&new.email).await.unwrap();
    assert_eq!(by_email, Some((expected, new.password_hash.clone())));
    assert_eq!(store.storage.password_hash("a").await.unwrap(), new.password_hash);
}

async fn nobody_is_not_an_error(store: &Store) {
    assert_eq!(store.storage.person("nobody").await.unwrap(), None);
    assert_eq!(store.storage.person_by_email("nobody@example.org").await.unwrap(), None);
    assert_eq!(store.storage.password_hash("nobody").await.unwrap(), None);
    assert!(store.storage.people().await.unwrap().is_empty());
}

async fn an_address_belongs_to_one(store: &Store) {
    store.person("a").await;
    let mut second = person("b");
    second.email = "a@example.org".into();
    let refused = store.storage.add_person(&second, at(1)).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
    assert_eq!(store.storage.people().await.unwrap().len(), 1);
}

async fn people_are_listed_by_name(store: &Store) {
    for (id, name) in [("1", "Mia"), ("2", "Ada"), ("3", "Mia")] {
        let mut new = person(id);
        new.name = name.to_owned();
        store.storage.add_person(&new, at(0)).await.unwrap();
    }
    let ids: Vec<_> = store.storage.people().await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["2", "1", "3"]);
}

fn change(email: &str) -> PersonChange {
    PersonChange {
        email: email.to_owned(),
        name: "New".to_owned(),
        discipline: "sre".parse().unwrap(),
        time_zone: "Asia/Tokyo".to_owned(),
        role: Role::Admin,
    }
}

async fn a_change_of_what_was_changed_meanwhile_is_stale(store: &Store) {
    store.person("a").await;
    store.storage.change_person("a", 1, &change("new@example.org")).await.unwrap();
    let changed = store.storage.person("a").await.unwrap().unwrap();
    assert_eq!((changed.version, changed.role), (2, Role::Admin));
    assert_eq!((&changed.email[..], &changed.time_zone[..]), ("new@example.org", "Asia/Tokyo"));

    let stale = store.storage.change_person("a", 1, &change("late@example.org")).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    assert_eq!(store.storage.person("a").await.unwrap(), Some(changed));
}

async fn of_two_changes_at_once_one_is_stale(store: &Store) {
    store.person("a").await;
    let (one, two) = (change("one@example.org"), change("two@example.org"));
    let (first, second) = tokio::join!(
        store.storage.change_person("a", 1, &one),
        store.storage.change_person("a", 1, &two),
    );
    let stale = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(stale[..], [StorageError::Stale]), "{stale:?}");
    assert_eq!(store.storage.person("a").await.unwrap().unwrap().version, 2);
}

async fn a_change_cannot_take_another_address(store: &Store) {
    store.person("a").await;
    store.person("b").await;
    let refused = store.storage.change_person("b", 1, &change("a@example.org")).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
}

fn as_member(email: &str) -> PersonChange {
    PersonChange { role: Role::Member, ..change(email) }
}

async fn one_administrator_always_remains(store: &Store) {
    let admin = |id: &str| NewPerson { role: Role::Admin, ..person(id) };
    store.storage.add_person(&admin("b"), at(1)).await.unwrap();
    let alone = store.storage.change_person("b", 1, &as_member("b@example.org")).await;
    assert!(matches!(alone, Err(StorageError::LastAdministrator)), "{alone:?}");

    store.storage.add_person(&admin("a"), at(0)).await.unwrap();
    let first = store.storage.first_administrator().await.unwrap().unwrap();
    assert_eq!(first.id, "a", "the oldest account");
    // Each makes the other a member, at once and through connections of its own.
    let other = store.opened_again().await;
    let (a, b) = (as_member("a@example.org"), as_member("b@example.org"));
    let (one, two) =
        tokio::join!(store.storage.change_person("a", 1, &a), other.change_person("b", 1, &b),);
    let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [StorageError::LastAdministrator]), "{refused:?}");
    let left = store.storage.people().await.unwrap();
    assert_eq!(left.iter().filter(|it| it.role == Role::Admin).count(), 1);
}

async fn a_new_password_ends_the_other_sessions(store: &Store) {
    store.person("a").await;
    store.person("b").await;
    for (id, person, kind) in [
        ("kept", "a", CredentialKind::Session),
        ("ended", "a", CredentialKind::Session),
        ("link", "a", CredentialKind::Link),
        ("token", "a", CredentialKind::Token),
        ("other", "b", CredentialKind::Session),
    ] {
        let new = NewCredential {
            id: id.to_owned(),
            secret_hash: format!("hash of {id}"),
            kind,
            person_id: person.to_owned(),
            label: String::new(),
            expires_at: None,
        };
        store.storage.add_credential(&new, at(0)).await.unwrap();
    }
    store.storage.set_password("a", "new hash", Some("kept")).await.unwrap();

    assert_eq!(store.storage.password_hash("a").await.unwrap().as_deref(), Some("new hash"));
    let ids = async |person: &str, kind| -> Vec<String> {
        let credentials = store.storage.credentials_of(person, kind).await.unwrap();
        credentials.into_iter().map(|it| it.id).collect()
    };
    assert_eq!(ids("a", CredentialKind::Session).await, ["kept"]);
    assert!(ids("a", CredentialKind::Link).await.is_empty());
    assert_eq!(ids("a", CredentialKind::Token).await, ["token"]);
    assert_eq!(ids("b", CredentialKind::Session).await, ["other"]);

    store.storage.set_password("a", "newer hash", None).await.unwrap();
    assert!(ids("a", CredentialKind::Session).await.is_empty());
}

on_both_engines!(
    an_account_is_read_as_it_was_written,
    nobody_is_not_an_error,
    an_address_belongs_to_one,
    people_are_listed_by_name,
    a_change_of_what_was_changed_meanwhile_is_stale,
    of_two_changes_at_once_one_is_stale,
    a_change_cannot_take_another_address,
    one_administrator_always_remains,
    a_new_password_ends_the_other_sessions,
);
