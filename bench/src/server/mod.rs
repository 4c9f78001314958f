//! The servers under test: each is started as its own process, with its own data, on a free port.

mod afterword;
mod hocuspocus;
mod process;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use reqwest::{Method, RequestBuilder};
use tempfile::TempDir;

use crate::protocol::{Channel, Dialect};
use afterword::Setting;
use process::Process;

pub(crate) use process::own_cpu;

const HTTP_TIMEOUT: Duration = Duration::from_secs(10);

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Afterword,
    Hocuspocus,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Afterword => "afterword",
            Self::Hocuspocus => "hocuspocus",
        }
    }
}

/// Where the programs are.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Programs {
    /// The release binary of Afterword.
    #[arg(long, default_value = "target/release/afterword")]
    afterword: PathBuf,
    /// The folder of the peers, installed.
    #[arg(long, default_value = "bench/peers")]
    peers: PathBuf,
}

/// A server's data and what is needed to start it over them, again and again.
pub(crate) struct Installation {
    kind: Kind,
    programs: Programs,
    data: TempDir,
    database: String,
    token: String,
    http: reqwest::Client,
}

impl Installation {
    /// New and empty.
    pub(crate) async fn new(kind: Kind, programs: &Programs) -> Result<Self> {
        let data = TempDir::new()?;
        let database = afterword::beside(data.path());
        Self::of(kind, programs, data, database).await
    }

    /// Afterword over a database that is there already.
    pub(crate) async fn over(database: &str, programs: &Programs) -> Result<Self> {
        Self::of(Kind::Afterword, programs, TempDir::new()?, database.to_owned()).await
    }

    async fn of(kind: Kind, programs: &Programs, data: TempDir, database: String) -> Result<Self> {
        let http = reqwest::Client::builder().timeout(HTTP_TIMEOUT).build()?;
        let programs = programs.clone();
        let mut new = Self { kind, programs, data, database, token: String::new(), http };
        if kind == Kind::Afterword {
            new.token = new.setting().sign_in().await?;
        }
        Ok(new)
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            binary: &self.programs.afterword,
            data: self.data.path(),
            database: &self.database,
        }
    }

    /// Starts the server and waits until it is ready.
    pub(crate) async fn start(&self) -> Result<Server<'_>> {
        let port = process::free_port()?;
        let folder = self.data.path();
        let (command, ready) = match self.kind {
            Kind::Afterword => (self.setting().serve(port), "readyz"),
            Kind::Hocuspocus => (hocuspocus::serve(&self.programs.peers, folder, port), ""),
        };
        let ready_url = format!("http://127.0.0.1:{port}/{ready}");
        let log = folder.join("server.log");
        let process = Process::start(command, &log, &self.http, &ready_url).await?;
        Ok(Server { installation: self, process, port })
    }
}

/// A server that answers.
pub(crate) struct Server<'a> {
    installation: &'a Installation,
    process: Process,
    port: u16,
}

impl Server<'_> {
    /// Makes a document that nobody has opened yet.
    pub(crate) async fn create_document(&self) -> Result<String> {
        match self.installation.kind {
            Kind::Afterword => {
                let Installation { http, token, .. } = self.installation;
                afterword::create_postmortem(http, self.port, token).await
            }
            Kind::Hocuspocus => Ok(uuid::Uuid::new_v4().to_string()),
        }
    }

    /// Where and how to join a document.
    pub(crate) fn address(&self, document: &str) -> Address {
        let port = self.port;
        match self.installation.kind {
            Kind::Afterword => Address {
                port,
                url: afterword::sync_url(port, document, &self.installation.token),
                channel: Channel::new(Dialect::Yjs, document),
            },
            Kind::Hocuspocus => Address {
                port,
                url: format!("ws://127.0.0.1:{port}/"),
                channel: Channel::new(Dialect::Hocuspocus, document),
            },
        }
    }

    /// A request to Afterword's API, signed in; `path` begins with a slash.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://127.0.0.1:{}/api/v1{path}", self.port);
        self.installation.http.request(method, url).bearer_auth(&self.installation.token)
    }

    pub(crate) async fn kill(self) -> Result<()> {
        self.process.kill().await
    }

    pub(crate) async fn stop(self) -> Result<()> {
        self.process.stop().await
    }

    pub(crate) fn cpu(&self) -> Result<Duration> {
        self.process.cpu()
    }

    pub(crate) fn resident(&self) -> Result<u64> {
        self.process.resident()
    }
}

/// How a client joins one document.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) port: u16,
    pub(crate) url: String,
    pub(crate) channel: Channel,
}
