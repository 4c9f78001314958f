//! `afterword token`

use clap::{Args, Subcommand};

use crate::config::Config;
use crate::outcome::say;
use crate::parts;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a bearer token and print it and nothing else
    Create(Create),
}

#[derive(Args, Debug)]
pub(crate) struct Create {
    /// Whose token it is
    email: String,
    /// What to call it
    #[arg(long, default_value = "command line")]
    label: String,
}

pub(crate) async fn run(command: Command, config: &Config) -> anyhow::Result<()> {
    let Command::Create(create) = command;
    let app = parts::start(config).await?;
    let token = app.add_token_for(&create.email, &create.label).await;
    app.stop().await;
    say(&token?.secret);
    Ok(())
}
