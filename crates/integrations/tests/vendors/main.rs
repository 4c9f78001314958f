//! What every vendor does with its examples, and with nonsense.

mod examples;
mod nonsense;

use std::collections::BTreeSet;
use std::fs;

use afterword_integrations::VENDORS;
use afterword_integrations::evidence::{Reading, Unreadable};
use examples::{Example, Read, Sender, folder, headers, message, senders};
use jiff::Timestamp;

/// After all examples, so that none lies in the future.
const RECEIVED_AT: Timestamp = Timestamp::constant(1_900_000_000, 0);

#[test]
fn examples_give_these_events() {
    for sender in senders() {
        for example in &sender.examples.payloads {
            let name = format!("{}/{}", sender.vendor.slug(), example.payload);
            assert_eq!(read(&sender, example), example.read, "{name}");
        }
    }
}

#[test]
fn messages_are_believed_or_refused() {
    for sender in senders() {
        for example in &sender.examples.signed {
            let headers = headers(&example.headers);
            let message = message(&headers, example.body.as_bytes(), example.received_at);
            let verdict = sender.webhook.verify(&message, &example.secret);
            let about = format!("{}: {}", sender.vendor.slug(), example.about);
            match (verdict, &example.refused) {
                (Ok(()), None) => {}
                (Err(refused), Some(why)) => {
                    assert!(refused.to_string().contains(why), "{about}: {refused}");
                }
                (verdict, expected) => panic!("{about}: {verdict:?} instead of {expected:?}"),
            }
        }
    }
}

#[test]
fn without_the_right_secret_nothing_is_believed() {
    for sender in senders() {
        let believed = sender.examples.signed.iter().filter(|example| example.refused.is_none());
        let mut count = 0;
        for example in believed {
            let given = headers(&example.headers);
            let message = message(&given, example.body.as_bytes(), example.received_at);
            for secret in ["", "another", &format!("{}x", example.secret)] {
                assert!(sender.webhook.verify(&message, secret).is_err(), "{}", example.about);
            }
            count += 1;
        }
        assert!(count > 0, "{} has no example that is believed", sender.vendor.slug());
    }
}

#[test]
fn every_fixture_is_an_example() {
    for sender in senders() {
        let named: BTreeSet<_> =
            sender.examples.payloads.iter().map(|example| example.payload.clone()).collect();
        let files = fs::read_dir(folder(sender.vendor).join("fixtures")).unwrap();
        let there: BTreeSet<_> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "README.md")
            .collect();
        assert_eq!(named, there, "{}", sender.vendor.slug());
    }
}

#[test]
fn what_is_delivered_twice_is_one_event_and_nothing_else_is() {
    for sender in senders() {
        for example in &sender.examples.payloads {
            let ids = || -> Vec<_> {
                let body = sender.fixture(&example.payload);
                let headers = headers(&example.headers);
                match sender.webhook.read(&message(&headers, &body, RECEIVED_AT)) {
                    Ok(Reading::Events(events)) => {
                        events.into_iter().map(|event| event.settle("s", RECEIVED_AT).id).collect()
                    }
                    _ => Vec::new(),
                }
            };
            let (once, again) = (ids(), ids());
            assert_eq!(once, again, "{}", example.payload);
            let different: BTreeSet<_> = once.iter().collect();
            assert_eq!(different.len(), once.len(), "{}", example.payload);
        }
    }
}

#[test]
fn slugs_are_different_and_fit_into_addresses() {
    let slugs: BTreeSet<_> = VENDORS.iter().map(|vendor| vendor.slug()).collect();
    assert_eq!(slugs.len(), VENDORS.len());
    for slug in slugs {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(!slug.is_empty() && slug.chars().all(fits), "{slug}");
    }
}

fn read(sender: &Sender, example: &Example) -> Read {
    let body = sender.fixture(&example.payload);
    let headers = headers(&example.headers);
    match sender.webhook.read(&message(&headers, &body, RECEIVED_AT)) {
        Ok(Reading::Events(events)) => {
            let settled = events.into_iter().map(|event| event.settle("source", RECEIVED_AT));
            Read::Events(settled.map(Into::into).collect())
        }
        Ok(Reading::Answer(text)) => Read::Answer(text),
        Ok(Reading::Nothing(why)) => Read::Nothing(why.to_owned()),
        Err(Unreadable(why)) => Read::Unreadable(why),
    }
}
