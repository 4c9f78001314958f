//! The rules of the repository that the compiler does not know: who may depend on whom, how long
//! a file may be, which words the product never says, how decisions are numbered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// The workspace crates that a crate may depend on. Who stands here with everything puts the
/// parts together.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("record", &["domain"]),
    ("storage", &["domain"]),
    ("integrations", &["domain"]),
    ("rooms", &["domain", "record"]),
    ("app", &["domain", "record", "storage", "integrations", "rooms"]),
    ("http", &["domain", "app"]),
    ("afterword", &["domain", "integrations", "app", "http"]),
];

/// Libraries that only some crates may know, so that they can be changed for others.
const KEPT_IN: &[(&str, &[&str])] = &[
    ("axum", &["http"]),
    ("lettre", &["integrations"]),
    ("sqlx", &["storage"]),
    ("yrs", &["record", "rooms"]),
];

/// They look at the product from outside, and may know anything.
const OUTSIDE: &[&str] = &["testkit", "bench"];

/// Where the words that the product never says are named: to read other people's documents, and
/// to ask about wordings.
const MAY_NAME_THE_UNSAID: &[&str] = &["import", "wording"];

const LONGEST_FILE: usize = 500;

/// Before the names of the workspace's own crates.
const PREFIX: &str = "afterword-";

#[test]
fn crates_depend_on_each_other_in_one_direction() -> Result<()> {
    let ours: BTreeSet<_> =
        DIRECTIONS.iter().map(|(name, _)| *name).chain(OUTSIDE.iter().copied()).collect();
    let allowed: BTreeMap<_, _> = DIRECTIONS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, dependencies) in dependencies()? {
        if OUTSIDE.contains(&&name[..]) {
            continue;
        }
        let allowed =
            allowed.get(&name[..]).with_context(|| format!("{name} has no direction yet"))?;
        wrong.extend(
            dependencies
                .iter()
                // A library may be called like one of ours: `http`.
                .filter_map(|to| to.strip_prefix(PREFIX))
                .filter(|to| ours.contains(to) && !allowed.contains(to))
                .map(|to| format!("{name} -> {to}")),
        );
    }
    ensure!(wrong.is_empty(), "these dependencies go the wrong way: {wrong:?}");
    Ok(())
}

#[test]
fn libraries_stay_where_they_are_known() -> Result<()> {
    let mut wrong = Vec::new();
    for (name, dependencies) in dependencies()? {
        if OUTSIDE.contains(&&name[..]) {
            continue;
        }
        wrong.extend(
            KEPT_IN
                .iter()
                .filter(|(library, homes)| {
                    dependencies.contains(*library) && !homes.contains(&&name[..])
                })
                .map(|(library, _)| format!("{name} -> {library}")),
        );
    }
    ensure!(wrong.is_empty(), "these libraries left their crate: {wrong:?}");
    Ok(())
}

#[test]
fn files_are_short_enough_to_be_read_at_once() -> Result<()> {
    let mut long = Vec::new();
    for file in product_files()? {
        let lines = fs::read_to_string(&file)?.lines().count();
        if lines > LONGEST_FILE {
            long.push(format!("{} ({lines})", file.display()));
        }
    }
    ensure!(long.is_empty(), "more than {LONGEST_FILE} lines: {long:#?}");
    Ok(())
}

#[test]
fn the_product_knows_no_root_cause() -> Result<()> {
    let mut said = Vec::new();
    for file in product_files()? {
        let relative = file.strip_prefix(root())?.to_string_lossy().into_owned();
        if MAY_NAME_THE_UNSAID.iter().any(|place| relative.contains(place)) {
            continue;
        }
        let text = fs::read_to_string(&file)?.to_lowercase();
        said.extend(
            text.lines()
                .enumerate()
                .filter(|(_, line)| {
                    ["root cause", "root-cause", "root_cause"]
                        .iter()
                        .any(|word| line.contains(word))
                })
                .map(|(at, _)| format!("{relative}:{}", at + 1)),
        );
    }
    ensure!(said.is_empty(), "an incident has no one cause; say it otherwise: {said:#?}");
    Ok(())
}

#[test]
fn decisions_are_numbered_one_after_the_other() -> Result<()> {
    let mut files = files_below(&root().join("docs/decisions"))?;
    files.sort();
    ensure!(!files.is_empty(), "there are no decisions");
    for (file, number) in files.iter().zip(1..) {
        let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        ensure!(name.starts_with(&format!("{number:04}-")), "{name} should be number {number:04}");
        let text = fs::read_to_string(file)?;
        ensure!(
            text.starts_with(&format!("# {number:04}: ")),
            "{name} does not begin with its number"
        );
    }
    Ok(())
}

/// What each crate of ours is built from, apart from what only its tests need. Names of ours are
/// without `afterword-`.
fn dependencies() -> Result<BTreeMap<String, BTreeSet<String>>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(root())
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo lists packages")?;
    packages.iter().map(|package| Ok((name(package)?, built_from(package)?))).collect()
}

fn built_from(package: &Value) -> Result<BTreeSet<String>> {
    let dependencies = package["dependencies"].as_array().context("cargo lists dependencies")?;
    dependencies.iter().filter(|dependency| dependency["kind"] != "dev").map(full_name).collect()
}

fn full_name(thing: &Value) -> Result<String> {
    Ok(thing["name"].as_str().context("it has a name")?.to_owned())
}

fn name(package: &Value) -> Result<String> {
    let name = full_name(package)?;
    Ok(name.strip_prefix(PREFIX).unwrap_or(&name).to_owned())
}

/// The sources of the product: of the crates, and of the web app that people wrote.
fn product_files() -> Result<Vec<PathBuf>> {
    let mut files = files_below(&root().join("web/src"))?;
    for folder in fs::read_dir(root().join("crates"))? {
        let folder = folder?.path();
        if !OUTSIDE.iter().any(|name| folder.ends_with(name)) {
            files.extend(files_below(&folder.join("src"))?);
        }
    }
    let sources = ["rs", "ts", "svelte", "css"];
    files.retain(|file| {
        let is_source =
            file.extension().is_some_and(|found| sources.iter().any(|source| found == *source));
        is_source && !file.ends_with("api/schema.ts")
    });
    ensure!(!files.is_empty(), "there are no sources");
    Ok(files)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
