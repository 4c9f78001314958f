//! `afterword import markdown`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::Value;

use crate::commands::client::{Connection, Server, answer};
use crate::outcome::{say, tell};

#[derive(Args, Debug)]
pub(crate) struct Markdown {
    /// Files, or folders whose .md files are taken
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    server: Server,
    /// Print JSON: [{"id": …, "skipped": […]}]
    #[arg(long)]
    json: bool,
}

/// Imports each file; what cannot be imported is named at the end, and does not stop the others.
pub(crate) async fn run(markdown: Markdown) -> anyhow::Result<()> {
    let server = markdown.server.connect()?;
    let files = files(&markdown.paths)?;
    let (mut done, mut failed) = (Vec::new(), 0);
    for (number, file) in files.iter().enumerate() {
        tell(&format!("{} of {}: {}", number + 1, files.len(), file.display()));
        match import(file, &server).await {
            Ok(imported) => done.push((file, imported)),
            Err(error) => {
                failed += 1;
                tell(&format!("afterword: {}: {error:#}", file.display()));
            }
        }
    }
    report(&done, markdown.json);
    if failed > 0 {
        bail!("{failed} of {} files were not imported", files.len());
    }
    Ok(())
}

async fn import(file: &Path, server: &Connection) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(file).context("cannot be read as UTF-8 text")?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let request = server
        .post("/import/markdown")
        .query(&[("name", name)])
        .header("Content-Type", "text/markdown")
        .body(text);
    Ok(answer(request).await?.json().await?)
}

fn report(done: &[(&PathBuf, Value)], json: bool) {
    if json {
        let all: Vec<_> = done.iter().map(|(_, imported)| imported).collect();
        say(&serde_json::json!(all).to_string());
        return;
    }
    for (file, imported) in done {
        let id = imported.get("id").and_then(Value::as_str).unwrap_or_default();
        say(&format!("{id}  {}", file.display()));
        for skipped in imported.get("skipped").and_then(Value::as_array).into_iter().flatten() {
            let text = |key| skipped.get(key).and_then(Value::as_str).unwrap_or_default();
            let line = skipped.get("line").and_then(Value::as_u64).unwrap_or_default();
            say(&format!("  line {line}: {} ({})", text("text"), text("why")));
        }
    }
}

/// The files themselves, and the Markdown files in folders, in their order.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path)
            .with_context(|| format!("the folder {} cannot be read", path.display()))?;
        let mut found: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|it| it == "md" || it == "markdown"))
            .collect();
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}
