//! Published post-mortems, as the store keeps them.

use std::time::Duration;

use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_storage::{Cue, NewPerson, Publication, ReaderWords, Storage};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::words::prose;

const ENTRIES: usize = 20;
const CUES: usize = 10;
/// The one that is read and set in pages.
const LONG: usize = 300;
/// So many may be asked about one by one.
const SOME: usize = 200;
const AUTHOR: &str = "bench-author";

/// What there is to ask about.
pub(crate) struct Filled {
    /// Some of the post-mortems.
    pub(crate) some: Vec<String>,
    /// One of 300 entries.
    pub(crate) long: String,
}

impl Filled {
    /// By so many post-mortems.
    pub(crate) fn of(count: usize) -> Self {
        let some = (0..count).step_by(count.div_ceil(SOME).max(1)).map(id).collect();
        Self { some, long: id(count.saturating_sub(1)) }
    }
}

fn id(number: usize) -> String {
    uuid::Uuid::from_u64_pair(7, number as u64).to_string()
}

/// Publishes so many; the last one has 300 entries. No edition is the first, so that nobody is told.
pub(crate) async fn fill(url: &str, count: usize) -> Result<()> {
    let storage = Storage::open(url).await?;
    let begin = Timestamp::from_second(1_700_000_000)?;
    storage.add_person(&author()?, begin).await?;
    let mut random = SmallRng::seed_from_u64(11);
    for number in 0..count {
        let at = begin + SignedDuration::from_mins(i64::try_from(number)?);
        let entries = if number + 1 == count { LONG } else { ENTRIES };
        publish(&storage, &mut random, &id(number), at, entries).await?;
    }
    storage.close().await;
    Ok(())
}

async fn publish(
    storage: &Storage,
    random: &mut SmallRng,
    id: &str,
    at: Timestamp,
    entries: usize,
) -> Result<()> {
    let title = prose(random, 5);
    let service = format!("service-{}", random.random_range(0..200));
    let incident = IncidentTimes {
        started_at: at,
        detected_at: None,
        stabilised_at: Some(at + SignedDuration::from_hours(1)),
        resolved_at: None,
    };
    let postmortem = Postmortem {
        id: id.to_owned(),
        title: title.clone(),
        incident,
        severity: Some("SEV2".to_owned()),
        services: vec![service],
        near_miss: false,
        stage: Stage::Publish,
        naming: Naming::Names,
        created_by: AUTHOR.to_owned(),
        created_at: at,
        published_at: None,
        version: 1,
    };
    storage.add_postmortem(&postmortem).await?;
    let document = document(random, &postmortem, entries).to_string();
    let publication = Publication {
        postmortem_id: id.to_owned(),
        edition: 2,
        published_at: at,
        published_by: AUTHOR.to_owned(),
        document,
    };
    storage.publish(&publication, Naming::Names, Stage::Publish, false).await?;
    cues(storage, random, id).await
}

async fn cues(storage: &Storage, random: &mut SmallRng, id: &str) -> Result<()> {
    let said: Vec<String> = (0..CUES).map(|_| prose(random, 12)).collect();
    let cue = |(position, text): (i64, &String)| Cue {
        position,
        start_ms: position * 5_000,
        end_ms: position * 5_000 + 4_000,
        speaker: None,
        text: text.clone(),
        entry: None,
    };
    let all: Vec<Cue> = (0..).zip(&said).map(cue).collect();
    storage.replace_cues(id, &all).await?;
    let reader = |(position, text)| ReaderWords { position, speaker: None, text };
    let readers: Vec<_> = (0..).zip(said).map(reader).collect();
    Ok(storage.set_reader_cues(id, &readers).await?)
}

fn document(random: &mut SmallRng, postmortem: &Postmortem, entries: usize) -> Value {
    let entry = |number: usize, random: &mut SmallRng| {
        let minutes = i64::try_from(number).unwrap_or_default();
        json!({
            "id": format!("e{number}"),
            "at": postmortem.incident.started_at + SignedDuration::from_mins(minutes),
            "until": null, "precision": "exact", "typed": null, "question": null,
            "kind": "observed", "lane": "sre", "who": null, "evidence": [], "beside": null,
            "order": 0.0, "withheld": false, "text": prose(random, 15),
        })
    };
    let timeline: Vec<_> = (0..entries).map(|number| entry(number, random)).collect();
    json!({
        "id": postmortem.id,
        "title": postmortem.title,
        "incident": postmortem.incident,
        "severity": postmortem.severity,
        "services": postmortem.services,
        "naming": "names",
        "published_at": postmortem.created_at,
        "prose": {
            "summary": prose(random, 60), "background": "", "learned": prose(random, 40),
        },
        "timeline": timeline,
        "analysis": [{
            "id": "n1", "kind": "finding", "parent": null, "text": prose(random, 12),
            "entries": [], "tag": "sensing", "system": prose(random, 1), "order": 0.0,
        }],
        "themes": [{
            "id": "t1", "title": prose(random, 5), "text": "", "nodes": [], "order": 0.0,
        }],
        "actions": [{
            "id": "a1", "title": prose(random, 8), "done_when": "", "owner": null, "due": null,
            "state": "open", "reason": "", "theme": null, "order": 0.0,
        }],
        "withheld": 0,
    })
}

fn author() -> Result<NewPerson> {
    Ok(NewPerson {
        id: AUTHOR.to_owned(),
        email: "author@example.org".to_owned(),
        name: "Author".to_owned(),
        discipline: "sre".parse().map_err(anyhow::Error::msg)?,
        time_zone: "UTC".to_owned(),
        role: Role::Member,
        password_hash: None,
    })
}

/// To look more often would take the time that the indexing needs.
const LOOKED_EVERY: Duration = Duration::from_secs(2);

/// Returns when everything that is published is found.
pub(crate) async fn until_indexed(url: &str) -> Result<()> {
    let storage = Storage::open(url).await?;
    while !storage.publications_to_index("", 1).await?.is_empty() {
        tokio::time::sleep(LOOKED_EVERY).await;
    }
    storage.close().await;
    Ok(())
}
