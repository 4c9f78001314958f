use afterword_storage::DisciplineLabel;

use crate::store::Store;

async fn the_list_is_replaced_as_a_whole_and_keeps_its_order(store: &Store) {
    assert!(store.storage.disciplines().await.unwrap().is_empty());
    let label =
        |slug: &str| DisciplineLabel { slug: slug.parse().unwrap(), label: format!("The {slug}") };
    for list in [vec![label("sre"), label("legal")], vec![label("support"), label("sre")], vec![]] {
        store.storage.set_disciplines(&list).await.unwrap();
        assert_eq!(store.storage.disciplines().await.unwrap(), list);
    }
}

async fn a_refused_list_leaves_the_old_one(store: &Store) {
    let label = DisciplineLabel { slug: "sre".parse().unwrap(), label: "SRE".to_owned() };
    store.storage.set_disciplines(std::slice::from_ref(&label)).await.unwrap();
    let twice = [label.clone(), label.clone()];
    assert!(store.storage.set_disciplines(&twice).await.is_err());
    assert_eq!(store.storage.disciplines().await.unwrap(), [label]);
}

on_both_engines!(
    the_list_is_replaced_as_a_whole_and_keeps_its_order,
    a_refused_list_leaves_the_old_one,
);
