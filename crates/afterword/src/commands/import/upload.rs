//! `afterword import slack` and `afterword import csv`: files that the server reads.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio_util::io::ReaderStream;

use super::events::{Imported, report};
use super::progress::{Progress, Unit};
use crate::commands::client::{Connection, Server, answer};
use crate::outcome::tell;

#[derive(Args, Debug)]
pub(crate) struct Slack {
    #[command(flatten)]
    files: Files,
}

#[derive(Args, Debug)]
pub(crate) struct Csv {
    /// Which column is what: at=Time,title=Summary,service=Component,kind==alert. `==` sets all
    /// rows to a constant. Otherwise by the columns' names
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Vec<String>,
    /// What stands between two cells, one character or `tab`; otherwise found out
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<String>,
    /// The zone of times that name none: Europe/Berlin. Otherwise they are read as UTC and marked
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    #[command(flatten)]
    files: Files,
}

#[derive(Args, Debug)]
struct Files {
    /// Files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Under which name the events are kept
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    #[command(flatten)]
    server: Server,
    /// Print JSON: [{"id": …, "events": …, "known": …, "skipped": […]}]
    #[arg(long)]
    json: bool,
}

/// Where files go, and how they are to be read there.
struct Destination {
    path: &'static str,
    media_type: &'static str,
    query: Vec<(&'static str, String)>,
}

pub(crate) async fn slack(command: Slack) -> anyhow::Result<()> {
    let to =
        Destination { path: "/import/slack", media_type: "application/zip", query: Vec::new() };
    import(command.files, to).await
}

pub(crate) async fn csv(command: Csv) -> anyhow::Result<()> {
    let map = Some(command.map.join(",")).filter(|map| !map.is_empty());
    let asked = [("map", map), ("delimiter", command.delimiter), ("zone", command.zone)];
    let query = asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    import(command.files, Destination { path: "/import/csv", media_type: "text/csv", query }).await
}

/// Imports each file; one that cannot be does not stop the others.
async fn import(files: Files, mut to: Destination) -> anyhow::Result<()> {
    let connection = files.server.connect()?;
    to.query.extend(files.source.map(|source| ("source", source)));
    let (mut done, mut failed) = (Vec::new(), 0);
    for path in &files.paths {
        match upload(path, &to, &connection).await {
            Ok(imported) => done.push(imported),
            Err(error) => {
                failed += 1;
                tell(&format!("afterword: {}: {error:#}", path.display()));
            }
        }
    }
    report(&done, files.json);
    if failed > 0 {
        bail!("{failed} of {} files were not imported", files.paths.len());
    }
    Ok(())
}

async fn upload(
    path: &Path,
    to: &Destination,
    connection: &Connection,
) -> anyhow::Result<Imported> {
    let file = tokio::fs::File::open(path).await.context("cannot be opened")?;
    let about = file.metadata().await?;
    ensure!(about.is_file(), "is no file");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut progress = Progress::start(&name, Unit::Bytes, Some(about.len()));
    let (told, mut sent) = mpsc::unbounded_channel();
    let stream = ReaderStream::with_capacity(file, 64 * 1024);
    let stream = stream.inspect(move |chunk| {
        if let Ok(chunk) = chunk {
            // Nobody counts any more once the server has answered.
            let _ = told.send(chunk.len());
        }
    });
    let request = connection
        .post(to.path)
        .query(&to.query)
        .header("Content-Type", to.media_type)
        .header("Content-Length", about.len())
        .body(reqwest::Body::wrap_stream(stream));
    let mut answered = std::pin::pin!(answer(request));
    let answered = loop {
        tokio::select! {
            answered = &mut answered => break answered,
            Some(bytes) = sent.recv() => progress.advance(bytes.try_into().unwrap_or(0)),
        }
    };
    progress.end();
    Ok(answered?.json().await?)
}
