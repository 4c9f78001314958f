//! Configuration: by flag, environment or file, in this order.

mod provider;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use afterword_app::ProviderSignIn;
use anyhow::{Context as _, bail};
use clap::Args;
use serde::Deserialize;

use provider::ProviderOptions;

const DEFAULT_LISTEN: &str = "127.0.0.1:8787";
const DEFAULT_DATABASE: &str = "sqlite://data/afterword.db";
const DEFAULT_BLOBS: &str = "file://data/blobs";

/// What can be configured, as it was given.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Options {
    /// A TOML file with any of the settings below, named as in the long flags with underscores
    #[arg(long, env = "AFTERWORD_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen (127.0.0.1:8787 if absent)
    #[arg(long, env = "AFTERWORD_LISTEN", global = true, value_name = "ADDRESS")]
    listen: Option<String>,
    /// `sqlite://PATH` or `postgres://USER@HOST/NAME` (`sqlite://data/afterword.db` if absent)
    #[arg(
        long,
        env = "AFTERWORD_DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Where pictures are kept, `file://PATH` (`file://data/blobs` if absent)
    #[arg(long, env = "AFTERWORD_BLOBS_URL", global = true, value_name = "URL")]
    blobs_url: Option<String>,
    /// The address under which people reach the server (where it listens if absent)
    #[arg(long, env = "AFTERWORD_PUBLIC_URL", global = true, value_name = "URL")]
    public_url: Option<String>,
    /// The mail server, `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…` (no mail if absent)
    #[arg(
        long,
        env = "AFTERWORD_SMTP_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    smtp_url: Option<String>,
    /// `1`: fill an empty database with a demonstration organisation and show its passwords
    #[arg(long, env = "AFTERWORD_DEMO", global = true, value_name = "0|1")]
    demo: Option<String>,
    #[command(flatten)]
    provider: ProviderOptions,
    /// `1`: people's calendars may be in the network behind the server (only outside of it if absent)
    #[arg(long, env = "AFTERWORD_PRIVATE_CALENDARS", global = true, value_name = "0|1")]
    private_calendars: Option<String>,
}

/// The same in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    listen: Option<String>,
    database_url: Option<String>,
    blobs_url: Option<String>,
    public_url: Option<String>,
    smtp_url: Option<String>,
    demo: Option<bool>,
    private_calendars: Option<bool>,
    #[serde(flatten)]
    provider: ProviderOptions,
    /// Named wrongly.
    #[serde(flatten)]
    unknown: BTreeMap<String, toml::Value>,
}

/// What is configured.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) database_url: String,
    pub(crate) blobs_url: String,
    /// Without a slash at the end.
    pub(crate) public_url: String,
    pub(crate) smtp_url: Option<String>,
    pub(crate) demo: bool,
    pub(crate) provider: Option<ProviderSignIn>,
    pub(crate) private_calendars: bool,
}

impl Options {
    /// What is configured; an error says which setting is wrong and what would be right.
    pub(crate) fn resolve(self) -> anyhow::Result<Config> {
        let file = self.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let listen = pick(self.listen, file.listen).unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
        let listen: SocketAddr = listen.parse().with_context(|| {
            format!("AFTERWORD_LISTEN: “{listen}” is no address; write 127.0.0.1:8787")
        })?;
        let database_url = pick(self.database_url, file.database_url);
        let blobs_url = pick(self.blobs_url, file.blobs_url);
        let public_url = pick(self.public_url, file.public_url);
        let public_url =
            check_public_url(&public_url.unwrap_or_else(|| format!("http://{listen}")))?;
        Ok(Config {
            listen,
            database_url: database_url.unwrap_or_else(|| DEFAULT_DATABASE.to_owned()),
            blobs_url: blobs_url.unwrap_or_else(|| DEFAULT_BLOBS.to_owned()),
            provider: self.provider.or(file.provider).resolve(&public_url)?,
            public_url,
            smtp_url: pick(self.smtp_url, file.smtp_url),
            demo: switch("AFTERWORD_DEMO", self.demo.as_deref(), file.demo)?,
            private_calendars: switch(
                "AFTERWORD_PRIVATE_CALENDARS",
                self.private_calendars.as_deref(),
                file.private_calendars,
            )?,
        })
    }
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the configuration file {} cannot be read", path.display()))?;
    let file: File = toml::from_str(&text)
        .with_context(|| format!("the configuration file {} is not right", path.display()))?;
    match file.unknown.keys().next() {
        Some(name) => {
            bail!("the configuration file {} sets “{name}”, which is no setting", path.display())
        }
        None => Ok(file),
    }
}

fn check_public_url(url: &str) -> anyhow::Result<String> {
    let url = url.trim_end_matches('/').to_owned();
    match url.split_once("://") {
        Some(("http" | "https", host)) if !host.is_empty() && !host.contains('/') => Ok(url),
        _ => bail!(
            "AFTERWORD_PUBLIC_URL: “{url}” is no address of a site; write https://afterword.example.org"
        ),
    }
}

fn switch(name: &str, given: Option<&str>, filed: Option<bool>) -> anyhow::Result<bool> {
    match given {
        None => Ok(filed.unwrap_or(false)),
        given => is_on(name, given),
    }
}

/// What is given, and else what stands in the file; an empty value is none.
fn pick(given: Option<String>, filed: Option<String>) -> Option<String> {
    given.or(filed).filter(|it| !it.is_empty())
}

fn is_on(setting: &str, given: Option<&str>) -> anyhow::Result<bool> {
    match given {
        None | Some("" | "0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(other) => bail!("{setting}: “{other}” is neither 0 nor 1"),
    }
}

impl Config {
    /// The host name in the public address, without a port.
    pub(crate) fn host(&self) -> &str {
        let host = self.public_url.split_once("://").map_or("localhost", |(_, host)| host);
        if host.starts_with('[') {
            return "localhost";
        }
        host.split(':').next().unwrap_or("localhost")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_serve_on_this_machine() {
        let config = Options::default().resolve().expect("defaults");
        assert_eq!(config.public_url, "http://127.0.0.1:8787");
        assert_eq!(config.host(), "127.0.0.1");
        assert!(!config.demo && !config.private_calendars);
    }

    #[test]
    fn wrong_settings_are_named() {
        let listen = Options { listen: Some("here".to_owned()), ..Options::default() };
        let error = format!("{:#}", listen.resolve().expect_err("no address"));
        assert!(error.contains("AFTERWORD_LISTEN"), "{error}");
        let public = Options { public_url: Some("example.org".to_owned()), ..Options::default() };
        let error = format!("{:#}", public.resolve().expect_err("no address"));
        assert!(error.contains("AFTERWORD_PUBLIC_URL"), "{error}");
    }
}
