//! The events of a company with 2,000 services: the same in every run, but for when they are.

use std::fmt::Write as _;

use afterword_domain::evidence::Event;
use afterword_integrations::generic::read_events;
use afterword_storage::NewDelivery;
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest as _, Sha256};

const SERVICES: u32 = 2_000;
/// Services that have one event in fifty each.
pub(crate) const HOT: u32 = 3;
const ALERTS: u32 = 12;
const TEAMS: [&str; 6] = ["payments", "identity", "search", "delivery", "platform", "support"];
const WORDS: [&str; 12] = [
    "checkout",
    "latency",
    "timeout",
    "pool",
    "retry",
    "certificate",
    "queue",
    "replica",
    "cache",
    "gateway",
    "deploy",
    "customer",
];

/// The time that the stored events lie in.
pub(crate) const SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The time that new events have.
#[expect(clippy::disallowed_methods, reason = "the load comes from outside, where clocks are")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Makes events.
pub(crate) struct Events {
    random: SmallRng,
    /// Makes the events' ids differ between two of these.
    series: String,
    made: u64,
}

/// The name of a service; the hot ones have the first numbers.
pub(crate) fn service(number: u32) -> String {
    format!("{}-{number:04}", WORDS[number as usize % WORDS.len()])
}

/// A service that is not hot.
pub(crate) fn quiet_service(random: &mut SmallRng) -> u32 {
    random.random_range(HOT..SERVICES)
}

impl Events {
    pub(crate) fn new(series: &str) -> Self {
        Self { random: SmallRng::seed_from_u64(20_260_301), series: series.to_owned(), made: 0 }
    }

    /// The JSON of the next event.
    pub(crate) fn json(&mut self, at: Timestamp) -> String {
        let number = match self.random.random_range(0..50) {
            hot if hot < HOT => hot,
            _ => quiet_service(&mut self.random),
        };
        let about = About { service: service(number), alert: self.random.random_range(0..ALERTS) };
        self.made += 1;
        let mut json = String::with_capacity(700);
        // Writing to a String cannot fail.
        let _ = write!(json, r#"{{"id":"{}-{}","at":"{at}","#, self.series, self.made);
        let _ = match self.random.random_range(0..20) {
            0..12 => about.alert(&mut json, self.made.is_multiple_of(2)),
            12..16 => about.change(&mut json, self.made),
            16..18 => about.message(&mut json, self.word()),
            18 => ticket(&mut json, self.word(), self.made),
            _ => about.page(&mut json),
        };
        let _ = write!(
            json,
            r#""service":"{}","environment":"production","labels":{{"team":"{}","region":"eu-west-{}","cluster":"prod-{}"}}}}"#,
            about.service,
            TEAMS[number as usize % TEAMS.len()],
            number % 3,
            number % 7,
        );
        json
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.random.random_range(0..WORDS.len())]
    }

    /// A body with so many events, one a line.
    pub(crate) fn body(&mut self, count: usize, at: Timestamp) -> String {
        let mut body = String::with_capacity(count * 600);
        for number in 0..count {
            let at = at + SignedDuration::from_millis(i64::try_from(number).unwrap_or_default());
            body.push_str(&self.json(at));
            body.push('\n');
        }
        body
    }
}

struct About {
    service: String,
    alert: u32,
}

impl About {
    fn alert(&self, json: &mut String, firing: bool) -> std::fmt::Result {
        let Self { service, alert } = self;
        let state = if firing { "firing" } else { "resolved" };
        write!(
            json,
            r#""source":"alertmanager","kind":"alert","title":"{word} alert {alert} on {service}","text":"The 99th percentile of {service} has been above its threshold for ten minutes. See the runbook for what to try first.","url":"https://grafana.example.org/d/{service}?viewPanel={alert}","fingerprint":"{service}/{alert}","severity":"page","state":"{state}","#,
            word = WORDS[*alert as usize % WORDS.len()],
        )
    }

    fn change(&self, json: &mut String, number: u64) -> std::fmt::Result {
        let service = &self.service;
        write!(
            json,
            r#""source":"deploys","kind":"change","title":"{service} 4.{number} deployed","text":"Rolled out to all regions by the pipeline; the change raises the size of the connection pool.","url":"https://ci.example.org/{service}/{number}","actor":"ada","#
        )
    }

    fn message(&self, json: &mut String, word: &str) -> std::fmt::Result {
        let service = &self.service;
        write!(
            json,
            r#""source":"chat","kind":"message","title":"Is the {word} of {service} all right?","text":"I see more {word} errors than usual in {service}, and two customers asked about it.","actor":"grace","#
        )
    }

    fn page(&self, json: &mut String) -> std::fmt::Result {
        let service = &self.service;
        write!(
            json,
            r#""source":"pager","kind":"page","title":"On-call for {service} was called","text":"","actor":"lin","severity":"high","#
        )
    }
}

/// A ticket, in a customer's words.
fn ticket(json: &mut String, word: &str, number: u64) -> std::fmt::Result {
    write!(
        json,
        r#""source":"desk","kind":"ticket","title":"The {word} does not work for us","text":"Since this morning our orders fail with an error about the {word}. It works again after a few attempts.","url":"https://desk.example.org/tickets/{number}","actor":"a customer","#
    )
}

/// What the server stores of a body, by the product's own reading of it.
pub(crate) fn deliveries(body: &str, received_at: Timestamp) -> Result<Vec<NewDelivery>> {
    let read = read_events(None, body.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?;
    let delivery = |event: afterword_integrations::generic::GenericEvent| {
        let source = event.source.unwrap_or_default();
        NewDelivery {
            sha256: Sha256::digest(&event.body).into(),
            body: event.body,
            masked: 0,
            events: vec![event.reported.settle(&source, received_at)],
        }
    };
    Ok(read.into_iter().map(delivery).collect())
}

/// A stored event and its message, for the peers.
pub(crate) fn rows(deliveries: &[NewDelivery]) -> impl Iterator<Item = (&Event, &NewDelivery)> {
    deliveries.iter().filter_map(|delivery| Some((delivery.events.first()?, delivery)))
}
