//! `afterword import`

mod events;
mod git;
mod markdown;
mod progress;
mod upload;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Markdown files, each a post-mortem
    Markdown(markdown::Markdown),
    /// The commits of git repositories, as evidence
    Git(git::Git),
    /// What was said in the channels of a Slack export, as evidence
    Slack(upload::Slack),
    /// The rows of tables, as evidence
    Csv(upload::Csv),
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Markdown(command) => markdown::run(command).await,
        Command::Git(command) => git::run(command).await,
        Command::Slack(command) => upload::slack(command).await,
        Command::Csv(command) => upload::csv(command).await,
    }
}
