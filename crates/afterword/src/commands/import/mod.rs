//! `afterword import`

mod documents;
mod events;
mod files;
mod git;
mod progress;
mod report;
mod upload;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Markdown files, each a post-mortem
    Markdown(documents::Markdown),
    /// Post-mortems that `afterword export --json` wrote
    Json(documents::Json),
    /// The commits of git repositories, as evidence
    Git(git::Git),
    /// What was said in the channels of a Slack export, as evidence
    Slack(upload::Slack),
    /// The rows of tables, as evidence
    Csv(upload::Csv),
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Markdown(command) => documents::markdown(command).await,
        Command::Json(command) => documents::json(command).await,
        Command::Git(command) => git::run(command).await,
        Command::Slack(command) => upload::slack(command).await,
        Command::Csv(command) => upload::csv(command).await,
    }
}
