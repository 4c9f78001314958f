use afterword_domain::organisation::{Service, Team};
use afterword_storage::StorageError;

use crate::store::Store;

fn team(id: &str, lead: Option<&str>, members: &[&str]) -> Team {
    Team {
        id: id.to_owned(),
        slug: format!("team-{id}"),
        name: format!("Team {id}"),
        lead: lead.map(ToOwned::to_owned),
        members: members.iter().map(|&it| it.to_owned()).collect(),
    }
}

fn service(name: &str, team: Option<&str>) -> Service {
    Service { name: name.to_owned(), team: team.map(ToOwned::to_owned) }
}

async fn a_team_is_read_as_it_was_written(store: &Store) {
    for person in ["ada", "bob", "eve"] {
        store.person(person).await;
    }
    let storage = &store.storage;
    let (mut shop, search) = (team("b", Some("ada"), &["ada", "bob"]), team("a", None, &["eve"]));
    storage.add_team(&shop).await.unwrap();
    storage.add_team(&search).await.unwrap();
    assert_eq!(storage.teams().await.unwrap(), [search.clone(), shop.clone()], "by name");
    let again = storage.add_team(&Team { id: "c".to_owned(), ..shop.clone() }).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");

    "A shop".clone_into(&mut shop.name);
    shop.lead = None;
    shop.members = ["eve".to_owned()].into();
    assert!(storage.change_team(&shop).await.unwrap());
    assert_eq!(storage.teams().await.unwrap(), [shop, search]);
    assert!(!storage.change_team(&team("nobody", None, &[])).await.unwrap());
}

async fn what_a_team_owned_stays_when_it_goes(store: &Store) {
    let storage = &store.storage;
    storage.add_team(&team("a", None, &[])).await.unwrap();
    for it in [service("checkout", Some("a")), service("search", None)] {
        storage.save_service(&it).await.unwrap();
    }
    storage.save_service(&service("search", Some("a"))).await.unwrap();
    let owned = [service("checkout", Some("a")), service("search", Some("a"))];
    assert_eq!(storage.services().await.unwrap(), owned);
    assert!(storage.remove_team("a").await.unwrap());
    assert!(!storage.remove_team("a").await.unwrap());
    let left = [service("checkout", None), service("search", None)];
    assert_eq!(storage.services().await.unwrap(), left);
    assert!(storage.remove_service("search").await.unwrap());
    assert!(!storage.remove_service("search").await.unwrap());
}

async fn an_import_is_stored_whole_or_not_at_all(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    storage.add_team(&team("a", None, &[])).await.unwrap();
    let (changed, new) = (team("a", Some("ada"), &["ada"]), team("b", None, &["ada"]));
    let services = [service("checkout", Some("b"))];
    let odd = team("c", None, &["nobody"]);
    let refused = storage.save_organisation(&[new.clone(), odd], &services).await;
    assert!(refused.is_err());
    assert_eq!(storage.teams().await.unwrap().len(), 1);
    assert!(storage.services().await.unwrap().is_empty());

    storage.save_organisation(&[changed.clone(), new.clone()], &services).await.unwrap();
    assert_eq!(storage.teams().await.unwrap(), [changed, new]);
    assert_eq!(storage.services().await.unwrap(), services);
}

on_both_engines!(
    a_team_is_read_as_it_was_written,
    what_a_team_owned_stays_when_it_goes,
    an_import_is_stored_whole_or_not_at_all,
);
