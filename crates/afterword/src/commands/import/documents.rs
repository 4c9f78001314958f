//! `afterword import markdown` and `afterword import json`: files that are each a post-mortem.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::civil::Date;
use serde_json::Value;

use super::files::{FileToImport, files};
use super::report::{Counts, print};
use crate::commands::client::{Connection, Refused, Server, answer};
use crate::outcome::{say, tell};

#[derive(Args, Debug)]
pub(crate) struct Markdown {
    /// Files, or folders whose .md and .markdown files are taken
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The zone of times that name none: Europe/Berlin. Otherwise they are read as UTC and asked
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The day on which the incident began, for files that do not say
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    #[command(flatten)]
    how: How,
}

#[derive(Args, Debug)]
pub(crate) struct Json {
    /// Files that were exported as JSON, or folders with such files
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
}

#[derive(Args, Debug)]
struct How {
    /// Only say what would become of the files, and store nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    server: Server,
    /// Print JSON: [{"id": …, "taken": […], "asked": […], "skipped": […]}]
    #[arg(long)]
    json: bool,
}

/// Where files go, and how they are to be read there.
struct Destination {
    server: Connection,
    path: &'static str,
    media_type: &'static str,
    query: Vec<(&'static str, String)>,
}

pub(crate) async fn markdown(command: Markdown) -> anyhow::Result<()> {
    let files = files(&command.paths, &["md", "markdown"])?;
    let date = command.date.map(|date| date.to_string());
    let asked = [("zone", command.zone), ("date", date)];
    let to = Destination {
        server: command.how.server.connect()?,
        path: "/import/markdown",
        media_type: "text/markdown",
        query: asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
    };
    import(&files, to, &command.how).await
}

pub(crate) async fn json(command: Json) -> anyhow::Result<()> {
    let files = files(&command.paths, &["json"])?;
    let to = Destination {
        server: command.how.server.connect()?,
        path: "/import/json",
        media_type: "application/json",
        query: Vec::new(),
    };
    import(&files, to, &command.how).await
}

/// Imports each file. What cannot be imported does not stop the others; what was found in a folder
/// and is no post-mortem is left out and told.
async fn import(files: &[FileToImport], mut to: Destination, how: &How) -> anyhow::Result<()> {
    if how.dry_run {
        to.query.push(("dry_run", true.to_string()));
    }
    let mut counts = Counts::of(files.len());
    let mut done = Vec::new();
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    for (number, file) in files.iter().enumerate() {
        let path = file.path.display();
        tell(&format!("{} of {}: {path}", number + 1, files.len()));
        let answered = tokio::select! {
            answered = import_one(file, &to) => answered,
            _ = &mut interrupted => {
                counts.is_stopped = true;
                break;
            }
        };
        match answered {
            Ok(imported) => {
                counts.count(&imported);
                if !how.json {
                    print(&file.path, &imported, how.dry_run);
                }
                done.push(imported);
            }
            Err(error) if file.is_found && is_none(&error) => {
                counts.left_out += 1;
                tell(&format!("  left out: {error:#}"));
            }
            Err(error) => {
                counts.failed += 1;
                tell(&format!("afterword: {path}: {error:#}"));
            }
        }
    }
    if how.json {
        say(&serde_json::json!(done).to_string());
    } else {
        say(&counts.told(how.dry_run));
    }
    match counts {
        Counts { is_stopped: true, .. } => {
            bail!("stopped; import the same again to go on, nothing is stored twice")
        }
        Counts { failed, files, .. } if failed > 0 => {
            bail!("{failed} of {files} files were not imported")
        }
        _ => Ok(()),
    }
}

fn is_none(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Refused>().is_some_and(Refused::is_about_the_content)
}

async fn import_one(file: &FileToImport, to: &Destination) -> anyhow::Result<Value> {
    let text =
        tokio::fs::read_to_string(&file.path).await.context("cannot be read as UTF-8 text")?;
    let name = file.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut request = to.server.post(to.path).query(&to.query);
    if to.media_type == "text/markdown" {
        request = request.query(&[("name", name)]);
    }
    let request = request.header("Content-Type", to.media_type).body(text);
    Ok(answer(request).await?.json().await?)
}
