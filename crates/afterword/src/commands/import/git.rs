//! `afterword import git`

use std::path::{Path, PathBuf};

use afterword_integrations::git::{Description, Repository, Selection};
use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinSet, spawn_blocking};

use super::events::{Imported, report};
use super::progress::{Progress, Unit, shows_bar};
use crate::commands::client::{Connection, Server, answer};
use crate::outcome::tell;

#[derive(Args, Debug)]
pub(crate) struct Git {
    /// Folders of repositories
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only commits from this time on: 2026-03-01, or 2026-03-01T18:43:00Z
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<Timestamp>,
    /// Only what this branch leads to; may be repeated. Otherwise all branches and tags
    #[arg(long, value_name = "NAME")]
    branch: Vec<String>,
    /// The service that the commits are about; otherwise the repository's name
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Under which name the commits are kept; otherwise git-REPOSITORY
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Where a commit is shown, with {commit} for its name; known for GitHub and its like
    #[arg(long, value_name = "URL", value_parser = template)]
    url_template: Option<String>,
    #[command(flatten)]
    server: Server,
    /// Print JSON: [{"id": …, "events": …, "known": …, "skipped": […]}]
    #[arg(long)]
    json: bool,
}

/// A request holds so many commits, or so many bytes: whichever is reached first.
const BATCH: u64 = 1_000;
const BATCH_BYTES: usize = 2 << 20;
/// Requests under way while the next is being read.
const IN_FLIGHT: usize = 3;

/// Commits ready to be sent.
#[derive(Default)]
struct Batch {
    lines: Vec<u8>,
    commits: u64,
}

/// Imports each repository; one that cannot be does not stop the others.
pub(crate) async fn run(command: Git) -> anyhow::Result<()> {
    let connection = command.server.connect()?;
    let (mut done, mut failed) = (Vec::new(), 0);
    for path in &command.paths {
        match import(path, &command, &connection).await {
            Ok(imported) => done.push(imported),
            Err(error) => {
                failed += 1;
                tell(&format!("afterword: {}: {error:#}", path.display()));
            }
        }
    }
    report(&done, command.json);
    if failed > 0 {
        bail!("{failed} of {} repositories were not imported", command.paths.len());
    }
    Ok(())
}

async fn import(path: &Path, command: &Git, connection: &Connection) -> anyhow::Result<Imported> {
    let repository = Repository::open(path)?;
    let description = describe(&repository, command);
    let selection = Selection { since: command.since, branches: command.branch.clone() };
    let id = description.source.clone();
    let mut progress = Progress::start(&id, Unit::Commits, None);
    // Counting takes git a while, and only a bar needs it.
    let counted = shows_bar().then(|| count(repository.clone(), selection.clone()));
    let (batches, inbox) = mpsc::channel(1);
    let reading = spawn_blocking(move || read(&repository, &selection, &description, &batches));
    let sent = send(inbox, connection, &mut progress, counted).await;
    progress.end();
    let (events, known) = sent.context("run the command again to go on")?;
    reading.await??;
    Ok(Imported { id, events, known, ..Imported::default() })
}

fn describe(repository: &Repository, command: &Git) -> Description {
    let name = repository.name();
    Description {
        source: command.source.clone().unwrap_or_else(|| format!("git-{name}")),
        service: command.service.clone().unwrap_or(name),
        url_template: command.url_template.clone().or_else(|| repository.url_template()),
    }
}

fn count(repository: Repository, selection: Selection) -> oneshot::Receiver<u64> {
    let (told, counted) = oneshot::channel();
    spawn_blocking(move || {
        if let Ok(Some(count)) = repository.count(&selection) {
            // The import may be over.
            let _ = told.send(count);
        }
    });
    counted
}

/// Reads commits into batches as long as somebody takes them.
fn read(
    repository: &Repository,
    selection: &Selection,
    description: &Description,
    batches: &mpsc::Sender<Batch>,
) -> anyhow::Result<()> {
    let mut batch = Batch::default();
    for commit in repository.commits(selection)? {
        commit?.write(description, &mut batch.lines)?;
        batch.commits += 1;
        let full = batch.commits == BATCH || batch.lines.len() >= BATCH_BYTES;
        // Whoever sends may have failed, and says why.
        if full && batches.blocking_send(std::mem::take(&mut batch)).is_err() {
            return Ok(());
        }
    }
    if batch.commits > 0 {
        // The same.
        let _ = batches.blocking_send(batch);
    }
    Ok(())
}

/// Sends batches, a few at a time. Answers how many commits there were, and how many of them the
/// server knew.
async fn send(
    mut inbox: mpsc::Receiver<Batch>,
    connection: &Connection,
    progress: &mut Progress,
    mut counted: Option<oneshot::Receiver<u64>>,
) -> anyhow::Result<(u64, u64)> {
    let (mut events, mut known) = (0, 0);
    let mut under_way = JoinSet::new();
    loop {
        let batch = if under_way.len() < IN_FLIGHT { inbox.recv().await } else { None };
        if let Some(batch) = batch {
            under_way.spawn(send_one(connection.clone(), batch));
            continue;
        }
        let Some(reception) = under_way.join_next().await else { return Ok((events, known)) };
        let reception: Reception = reception??;
        events += reception.received;
        known += reception.known;
        if let Some(total) = counted.as_mut().and_then(|counted| counted.try_recv().ok()) {
            progress.expect(total);
        }
        progress.advance(reception.received);
    }
}

#[derive(Deserialize)]
struct Reception {
    received: u64,
    known: u64,
}

async fn send_one(connection: Connection, batch: Batch) -> anyhow::Result<Reception> {
    let request =
        connection.post("/events").header("Content-Type", "application/x-ndjson").body(batch.lines);
    Ok(answer(request).await?.json().await?)
}

fn since(text: &str) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let day: Date = text.parse().map_err(|_| {
        "write a day such as 2026-03-01, or a time such as 2026-03-01T18:43:00Z".to_owned()
    })?;
    day.to_zoned(TimeZone::UTC).map(|at| at.timestamp()).map_err(|error| error.to_string())
}

fn template(text: &str) -> Result<String, String> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_address && text.contains("{commit}") {
        return Ok(text.to_owned());
    }
    Err("write an address with {commit} in it, such as https://git.example.org/shop/commit/{commit}"
        .to_owned())
}
