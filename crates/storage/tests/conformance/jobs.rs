//! The queue of jobs: one of each waits, one server does it, and nothing that was asked is lost.

use afterword_domain::job::Job;
use afterword_storage::JobEnd;

use crate::store::{Store, at};

on_both_engines!(
    one_of_each_waits_however_often_it_was_asked_for,
    what_is_asked_for_during_a_run_is_done_once_more,
    two_servers_never_do_the_same_job,
    a_job_whose_server_is_gone_is_taken_again,
    what_was_given_up_waits_for_somebody_to_ask,
);

fn job(id: &str) -> Job {
    Job::Ticket { id: id.to_owned() }
}

async fn one_of_each_waits_however_often_it_was_asked_for(store: &Store) {
    let storage = &store.storage;
    storage.ask_job(&job("a"), at(10)).await.unwrap();
    storage.ask_job(&job("a"), at(5)).await.unwrap();
    storage.ask_job(&job("a"), at(20)).await.unwrap();
    assert_eq!(storage.next_job_due().await.unwrap(), Some(at(5)), "the earliest asking counts");
    assert_eq!(storage.take_job("s", at(4), at(100)).await.unwrap(), None);

    let taken = storage.take_job("s", at(5), at(100)).await.unwrap().unwrap();
    assert_eq!(taken.job, Some(job("a")));
    storage.end_job(&taken, "s", &JobEnd::Done).await.unwrap();
    assert!(storage.jobs(9).await.unwrap().is_empty());
}

async fn what_is_asked_for_during_a_run_is_done_once_more(store: &Store) {
    let storage = &store.storage;
    for end in [JobEnd::Done, JobEnd::Again(at(500)), JobEnd::GivenUp(at(1), "no".to_owned())] {
        storage.ask_job(&job("a"), at(0)).await.unwrap();
        let taken = storage.take_job("s", at(0), at(100)).await.unwrap().unwrap();
        storage.ask_job(&job("a"), at(1)).await.unwrap();
        assert_eq!(storage.take_job("s", at(1), at(100)).await.unwrap(), None, "not twice at once");
        storage.end_job(&taken, "s", &end).await.unwrap();

        let again = storage.take_job("s", at(1), at(100)).await.unwrap();
        let again = again.unwrap_or_else(|| panic!("lost after {end:?}"));
        storage.end_job(&again, "s", &JobEnd::Done).await.unwrap();
        assert!(storage.jobs(9).await.unwrap().is_empty());
    }
}

async fn two_servers_never_do_the_same_job(store: &Store) {
    for id in 0..20 {
        store.storage.ask_job(&job(&id.to_string()), at(0)).await.unwrap();
    }
    let take = async |server: &'static str| {
        let storage = store.opened_again().await;
        let mut got = Vec::new();
        while let Some(taken) = storage.take_job(server, at(1), at(100)).await.unwrap() {
            got.push(taken.id);
        }
        got
    };
    let (mut one, two) = tokio::join!(take("one"), take("two"));
    one.extend(two);
    one.sort_unstable();
    one.dedup();
    assert_eq!(one.len(), 20);
}

async fn a_job_whose_server_is_gone_is_taken_again(store: &Store) {
    let storage = &store.storage;
    storage.ask_job(&job("a"), at(0)).await.unwrap();
    let first = storage.take_job("gone", at(0), at(100)).await.unwrap().unwrap();
    assert_eq!(storage.take_job("s", at(99), at(200)).await.unwrap(), None);
    let second = storage.take_job("s", at(100), at(200)).await.unwrap().unwrap();
    assert_eq!(second.attempts, 2);

    // Whoever was believed to be gone and comes back ends nothing.
    storage.end_job(&first, "gone", &JobEnd::Done).await.unwrap();
    assert_eq!(storage.jobs(9).await.unwrap().len(), 1);

    storage.give_back_jobs("s").await.unwrap();
    assert!(storage.take_job("other", at(101), at(200)).await.unwrap().is_some());
}

async fn what_was_given_up_waits_for_somebody_to_ask(store: &Store) {
    let storage = &store.storage;
    storage.ask_job(&job("a"), at(0)).await.unwrap();
    let taken = storage.take_job("s", at(0), at(100)).await.unwrap().unwrap();
    let failed = JobEnd::Failed(at(30), "it does not answer".to_owned());
    storage.end_job(&taken, "s", &failed).await.unwrap();
    assert_eq!(storage.take_job("s", at(29), at(100)).await.unwrap(), None);
    let taken = storage.take_job("s", at(30), at(100)).await.unwrap().unwrap();
    assert_eq!(taken.attempts, 2);
    let given_up = JobEnd::GivenUp(at(31), "it refuses".to_owned());
    storage.end_job(&taken, "s", &given_up).await.unwrap();
    assert_eq!(storage.take_job("s", at(9999), at(10_000)).await.unwrap(), None);

    let [row] = &storage.jobs(9).await.unwrap()[..] else { panic!("one job") };
    assert_eq!(row.problem.as_deref(), Some("it refuses"));
    assert_eq!(row.given_up_at, Some(at(31)));
    assert!(storage.retry_job(row.id, at(40)).await.unwrap());
    assert!(storage.take_job("s", at(40), at(100)).await.unwrap().is_some());
    assert!(!storage.retry_job(row.id + 1, at(40)).await.unwrap());
}
