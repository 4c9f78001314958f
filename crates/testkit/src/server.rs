//! The real binary, started, killed and started again on the same data.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

/// A server with data of its own, both gone with this value.
#[derive(Debug)]
pub struct Server {
    binary: PathBuf,
    folder: TempDir,
    address: String,
    running: Option<Child>,
}

impl Server {
    /// Starts the binary on empty data and waits until it serves.
    pub async fn start(binary: impl Into<PathBuf>) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let folder = TempDir::new()?;
        let mut server = Self { binary: binary.into(), folder, address, running: None };
        server.start_again().await?;
        Ok(server)
    }

    /// The address, `http://…`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder that holds the data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the server on the data that is there.
    pub async fn start_again(&mut self) -> Result<()> {
        let mut child = self.command(&["serve"]).stderr(Stdio::piped()).spawn()?;
        let errors = child.stderr.take().context("the server's standard error")?;
        let mut lines = BufReader::new(errors).lines();
        let mut said = Vec::new();
        loop {
            let line = lines.next_line().await?;
            let line = line.with_context(|| format!("the server ended: {}", said.join("\n")))?;
            if line.contains("serving") {
                break;
            }
            said.push(line);
        }
        // A pipe that nobody reads would stop the server at last.
        tokio::spawn(forget(lines));
        self.running = Some(child);
        Ok(())
    }

    /// Ends the server at once, as a power cut does, and waits until it is gone.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.running.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Asks the server to stop, and waits until it has.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(mut child) = self.running.take() {
            let id = child.id().context("the server runs")?.to_string();
            Command::new("kill").args(["-TERM", &id]).status().await?;
            let status = child.wait().await?;
            ensure!(status.success(), "the server stopped with {status}");
        }
        Ok(())
    }

    /// Lets no file of the running server be written beyond so many bytes, or any (`None`): to the
    /// server it is as if the disk were full. A process that does not ignore `SIGXFSZ` dies of it.
    pub async fn limit_files(&self, bytes: Option<u64>) -> Result<()> {
        let id = self.running.as_ref().and_then(Child::id).context("the server runs")?;
        let bytes = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let limit = [format!("--pid={id}"), format!("--fsize={bytes}:unlimited")];
        let status = Command::new("prlimit").args(limit).status().await?;
        ensure!(status.success(), "prlimit ended with {status}");
        Ok(())
    }

    /// Runs a command beside the server, on the same data.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        Ok(self.command(arguments).output().await?)
    }

    /// Runs a command that must succeed; answers what it printed.
    pub async fn tell(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{arguments:?} failed: {said}");
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Adds a person; answers a bearer token.
    pub async fn person(&self, email: &str, role: &str) -> Result<String> {
        self.tell(&["person", "add", email, "--name", email, "--role", role]).await?;
        self.tell(&["token", "create", email]).await
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        let inherited = std::env::vars_os()
            .filter(|(name, _)| name.to_str().is_some_and(|name| name.starts_with("AFTERWORD_")));
        for (name, _) in inherited {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .env("AFTERWORD_LISTEN", &self.address)
            .env("AFTERWORD_URL", self.url())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }
}

async fn forget(mut lines: Lines<BufReader<ChildStderr>>) {
    while let Ok(Some(_)) = lines.next_line().await {}
}
