//! Importing evidence: real repositories and files into a running server.

use std::path::{Path, PathBuf};
use std::process::Command;

use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_afterword");

/// A repository of one test's own.
struct Repository(PathBuf);

impl Repository {
    fn new(server: &Server, name: &str) -> Result<Self> {
        let path = server.folder().join(name);
        std::fs::create_dir(&path)?;
        let repository = Self(path);
        repository.git(&["init", "--quiet", "--initial-branch=main"], "")?;
        Ok(repository)
    }

    /// Runs git as Ada, who commits at that time.
    fn git(&self, arguments: &[&str], at: &str) -> Result<String> {
        let output = Command::new("git")
            .arg("-C")
            .arg(&self.0)
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs([("GIT_AUTHOR_NAME", "Grace"), ("GIT_AUTHOR_EMAIL", "grace@example.org")])
            .envs([("GIT_COMMITTER_NAME", "Ada"), ("GIT_COMMITTER_EMAIL", "ada@example.org")])
            .envs([("GIT_AUTHOR_DATE", "2026-02-27T09:00:00+01:00"), ("GIT_COMMITTER_DATE", at)])
            .output()?;
        ensure!(output.status.success(), "{arguments:?}: {output:?}");
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    fn commit(&self, message: &str, at: &str) -> Result<String> {
        let commit = ["commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", message];
        self.git(&commit, at)?;
        self.git(&["rev-parse", "HEAD"], at)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// A server, and somebody who imports.
struct Importer {
    server: Server,
    token: String,
}

impl Importer {
    async fn start() -> Result<Self> {
        let server = Server::start(BINARY).await?;
        let token = server.person("ada@example.org", "member").await?;
        Ok(Self { server, token })
    }

    /// What an import prints; it must succeed.
    async fn import(&self, arguments: &[&str]) -> Result<Vec<Value>> {
        let token = ["--token", &self.token, "--json"];
        let printed = self.server.tell(&[&["import"], arguments, &token[..]].concat()).await?;
        Ok(serde_json::from_str(&printed)?)
    }

    /// What an import that fails says.
    async fn refused(&self, arguments: &[&str]) -> Result<String> {
        let token = ["--token", &self.token];
        let output = self.server.run(&[&["import"], arguments, &token[..]].concat()).await?;
        ensure!(output.status.code() == Some(1), "{arguments:?}: {output:?}");
        Ok(String::from_utf8(output.stderr)?)
    }

    async fn events(&self, query: &str) -> Result<Vec<Value>> {
        let listed = reqwest::Client::new()
            .get(format!("{}/api/v1/events?{query}", self.server.url()))
            .bearer_auth(&self.token)
            .send()
            .await?;
        let listed: Value = listed.error_for_status()?.json().await?;
        Ok(listed["items"].as_array().context("events")?.clone())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let path = self.server.folder().join(name);
        std::fs::write(&path, bytes)?;
        Ok(path.display().to_string())
    }
}

fn each<'a>(events: &'a [Value], key: &str) -> Vec<&'a str> {
    events.iter().map(|event| event[key].as_str().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_repositorys_commits_become_events_with_both_times() -> Result<()> {
    let importer = Importer::start().await?;
    let repository = Repository::new(&importer.server, "shop")?;
    let first =
        repository.commit("Ask the cache first\n\nIt was asked last.", "2026-03-01T12:00:00Z")?;
    repository.git(&["switch", "--quiet", "-c", "queue"], "")?;
    repository.commit("Bound the queue", "2026-03-01T13:00:00Z")?;
    repository.git(&["switch", "--quiet", "main"], "")?;
    repository.commit("", "2026-03-01T14:00:00Z")?;
    let merge = ["merge", "--quiet", "--no-ff", "-m", "Bring in the queue", "queue"];
    repository.git(&merge, "2026-03-01T15:00:00Z")?;
    // Nothing but a tag leads to it.
    repository.git(&["switch", "--quiet", "--detach"], "")?;
    repository.commit("Release", "2026-03-01T16:00:00Z")?;
    repository.git(&["tag", "v1"], "")?;
    repository.git(&["switch", "--quiet", "main"], "")?;
    repository.git(&["remote", "add", "origin", "https://ada:pw@github.com/acme/store.git"], "")?;

    let told = importer.import(&["git", repository.path()]).await?;
    let expected = json!([{
        "id": "git-store", "events": 5, "known": 0, "skipped": [], "more_skipped": 0
    }]);
    ensure!(json!(told) == expected, "{told:?}");
    let events = importer.events("source=git-store&service=store").await?;
    let titles = each(&events, "title");
    ensure!(titles[..2] == ["Release", "Merge: Bring in the queue"], "{titles:?}");
    ensure!(titles[2].ends_with("without a message"), "{titles:?}");
    ensure!(titles[3..] == ["Bound the queue", "Ask the cache first"], "{titles:?}");
    ensure!(events[1]["labels"]["merge"] == "true", "{}", events[1]);
    let event = &events[4];
    ensure!(event["at"] == "2026-03-01T12:00:00Z" && event["kind"] == "change", "{event}");
    ensure!(event["labels"]["authored_at"] == "2026-02-27T09:00:00+01:00", "{event}");
    ensure!(event["actor"] == "Grace" && event["labels"]["committer"] == "Ada", "{event}");
    ensure!(event["text"] == "It was asked last.", "{event}");
    let url = format!("https://github.com/acme/store/commit/{first}");
    ensure!(event["url"] == url && event["fingerprint"].is_null(), "{event}");
    Ok(())
}

#[tokio::test]
async fn an_import_is_repeated_safely_and_takes_what_is_new() -> Result<()> {
    let importer = Importer::start().await?;
    let repository = Repository::new(&importer.server, "shop")?;
    repository.commit("One", "2026-03-01T12:00:00Z")?;
    importer.import(&["git", repository.path()]).await?;
    repository.commit("Two", "2026-03-02T12:00:00Z")?;
    let again = importer.import(&["git", repository.path()]).await?;
    ensure!(again[0]["events"] == 2 && again[0]["known"] == 1, "{again:?}");
    ensure!(importer.events("").await?.len() == 2);
    Ok(())
}

#[tokio::test]
async fn commits_can_be_chosen_and_named() -> Result<()> {
    let importer = Importer::start().await?;
    let repository = Repository::new(&importer.server, "shop")?;
    repository.commit("One", "2026-03-01T12:00:00Z")?;
    repository.git(&["branch", "old"], "")?;
    repository.commit("Two", "2026-03-02T12:00:00Z")?;
    let path = repository.path();
    let named = ["--source", "code", "--service", "Checkout"];
    let url = ["--url-template", "https://git.example.org/c/{commit}"];
    importer.import(&[&["git", path, "--since", "2026-03-02"][..], &named, &url].concat()).await?;
    let events = importer.events("source=code&service=checkout").await?;
    ensure!(each(&events, "title") == ["Two"], "{events:?}");
    ensure!(each(&events, "url")[0].starts_with("https://git.example.org/c/"), "{events:?}");
    importer.import(&["git", path, "--branch", "old", "--source", "branch"]).await?;
    ensure!(each(&importer.events("source=branch").await?, "title") == ["One"]);
    Ok(())
}

#[tokio::test]
async fn more_commits_than_one_request_holds() -> Result<()> {
    let importer = Importer::start().await?;
    let repository = Repository::new(&importer.server, "shop")?;
    let commit = |number| {
        let (at, message) = (1_700_000_000 + number, format!("Change {number}"));
        let length = message.len();
        let who = "committer Ada <ada@example.org>";
        format!("commit refs/heads/main\n{who} {at} +0000\ndata {length}\n{message}\n")
    };
    let history: String = (1..=2_500).map(commit).collect();
    let history = importer.file("history", history.as_bytes())?;
    let status = Command::new("git")
        .args(["-C", repository.path(), "fast-import", "--quiet"])
        .stdin(std::fs::File::open(history)?)
        .status()?;
    ensure!(status.success());
    let told = importer.import(&["git", repository.path()]).await?;
    ensure!(told[0]["events"] == 2_500 && told[0]["known"] == 0, "{told:?}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_repository_is_told_and_does_not_stop_the_others() -> Result<()> {
    let importer = Importer::start().await?;
    let repository = Repository::new(&importer.server, "shop")?;
    let empty = importer.import(&["git", repository.path()]).await?;
    ensure!(empty[0]["events"] == 0, "{empty:?}");
    repository.commit("One", "2026-03-01T12:00:00Z")?;
    let said = importer.refused(&["git", "/nowhere", repository.path()]).await?;
    ensure!(said.contains("/nowhere") && said.contains("1 of 2 repositories"), "{said}");
    ensure!(importer.events("").await?.len() == 1);
    let said = importer.refused(&["git", repository.path(), "--branch=--all"]).await?;
    ensure!(said.contains("there is no branch"), "{said}");
    let misused = importer.server.run(&["import", "git", ".", "--since", "lately"]).await?;
    ensure!(misused.status.code() == Some(2), "{misused:?}");
    Ok(())
}

#[tokio::test]
async fn a_table_is_imported_with_a_mapping() -> Result<()> {
    let importer = Importer::start().await?;
    let table = "Time;Summary\n2026-03-01 18:43;Slow\nsoon;Slower\n";
    let table = importer.file("shift log.csv", table.as_bytes())?;
    let map = ["--map", "at=Time", "--map", "title=Summary,kind==alert", "--zone", "Europe/Berlin"];
    let told = importer.import(&[&["csv", &table][..], &map].concat()).await?;
    ensure!(told[0]["id"] == "csv" && told[0]["events"] == 1, "{told:?}");
    ensure!(told[0]["skipped"][0]["line"] == 3, "{told:?}");
    let events = importer.events("source=csv&kind=alert").await?;
    ensure!(each(&events, "at") == ["2026-03-01T17:43:00Z"], "{events:?}");
    let said = importer.refused(&["csv", &table, "--map", "at=When,title=Summary"]).await?;
    ensure!(said.contains("there is no column “When”"), "{said}");
    Ok(())
}

#[tokio::test]
async fn a_refusal_reaches_whoever_is_still_sending() -> Result<()> {
    let importer = Importer::start().await?;
    let rows = "2026-03-01T18:43:00Z,Slow,and more words about it\n".repeat(400_000);
    let table = importer.file("large.csv", format!("time,title,text\n{rows}").as_bytes())?;
    let said = importer.refused(&["csv", &table, "--map", "at=When,title=title"]).await?;
    ensure!(said.contains("there is no column “When”"), "{said}");
    let said = importer.refused(&["slack", &table]).await?;
    ensure!(said.contains("not a ZIP file"), "{said}");
    let folder = importer.server.folder().to_path_buf();
    ensure!(left_over(&folder.join("data/blobs"))? == 0, "the export was left on the disk");
    Ok(())
}

fn left_over(folder: &Path) -> Result<usize> {
    if !folder.exists() {
        return Ok(0);
    }
    Ok(std::fs::read_dir(folder)?.count())
}

const STORY: &str = "# Checkout was down\n\nDate: 2026-03-01\n\n## Timeline\n\n- 18:43 CST it is down\n\
     - 18:50 CST it is up\n";

#[tokio::test]
async fn a_folder_of_post_mortems_is_looked_at_imported_and_repeated() -> Result<()> {
    let importer = Importer::start().await?;
    let folder = importer.server.folder().join("incidents");
    std::fs::create_dir_all(folder.join("2026"))?;
    std::fs::write(folder.join("2026/checkout.md"), STORY)?;
    std::fs::write(folder.join("README.md"), "# Incidents\n\n## Overview\n\nOur incidents.\n")?;
    let path = folder.display().to_string();

    let looked = importer.import(&["markdown", &path, "--dry-run"]).await?;
    ensure!(looked.len() == 1 && looked[0]["id"].is_null(), "{looked:?}");
    ensure!(looked[0]["asked"][0]["lines"] == 2, "{looked:?}");
    let zone = ["--zone", "America/Chicago"];
    let first = importer.import(&[&["markdown", &path][..], &zone].concat()).await?;
    ensure!(first[0]["existing"] == false && first[0]["asked"] == json!([]), "{first:?}");
    let again = importer.import(&["markdown", &path]).await?;
    ensure!(again[0]["existing"] == true && again[0]["id"] == first[0]["id"], "{again:?}");

    let token = ["--token", &importer.token];
    let shown = importer.server.run(&[&["import", "markdown", &path][..], &token].concat()).await?;
    let (said, told) = (String::from_utf8(shown.stdout)?, String::from_utf8(shown.stderr)?);
    ensure!(
        said.contains("here already") && said.contains("2 files: 1 here already, 1 left out"),
        "{said}"
    );
    ensure!(
        told.contains("README.md") && told.contains("left out: this is no post-mortem"),
        "{told}"
    );
    let misused = importer.server.run(&["import", "markdown", &path, "--date", "soon"]).await?;
    ensure!(misused.status.code() == Some(2), "{misused:?}");
    Ok(())
}

#[tokio::test]
async fn an_export_in_json_is_imported_elsewhere() -> Result<()> {
    let from = Importer::start().await?;
    let story = from.file("checkout.md", STORY.as_bytes())?;
    let imported = from.import(&["markdown", &story]).await?;
    let id = imported[0]["id"].as_str().unwrap_or_default().to_owned();
    let token = ["--token", &from.token];
    let exported = from.server.tell(&[&["export", &id, "--json"][..], &token].concat()).await?;

    let to = Importer::start().await?;
    let file = to.file("checkout.json", exported.as_bytes())?;
    let first = to.import(&["json", &file]).await?;
    ensure!(first[0]["title"] == "Checkout was down" && first[0]["entries"] == 2, "{first:?}");
    let again = to.import(&["json", &file]).await?;
    ensure!(again[0]["existing"] == true && again[0]["id"] == first[0]["id"], "{again:?}");
    let said = to.refused(&["json", &story_in(&to)?]).await?;
    ensure!(said.contains("this is no export of Afterword"), "{said}");
    Ok(())
}

fn story_in(importer: &Importer) -> Result<String> {
    importer.file("checkout.md", STORY.as_bytes())
}
