//! The command line: one file a command.

mod backup;
mod check;
mod client;
mod export;
mod import;
mod person;
mod reproject;
mod restore;
mod serve;
mod token;

use clap::{Parser, Subcommand};

use crate::config::Options;

/// Post-mortems as incident analysis.
#[derive(Debug, Parser)]
#[command(name = "afterword", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve,
    /// Accounts
    #[command(subcommand)]
    Person(person::Command),
    /// Bearer tokens for programs
    #[command(subcommand)]
    Token(token::Command),
    /// Bring post-mortems and evidence into a running server
    #[command(subcommand)]
    Import(import::Command),
    /// Print a post-mortem of a running server
    Export(export::Command),
    /// Copy the database and the pictures into a new folder, also beside a running server
    Backup(backup::Command),
    /// Put a backup in the place of an absent database
    Restore(restore::Command),
    /// Read every record into its projection anew
    Reproject(reproject::Command),
    /// Say what is wrong with the configuration
    Check,
}

pub(crate) async fn run(cli: Cli) -> anyhow::Result<()> {
    let options = cli.options;
    match cli.command {
        Command::Serve => serve::run(&options.resolve()?).await,
        Command::Person(command) => person::run(command, &options.resolve()?).await,
        Command::Token(command) => token::run(command, &options.resolve()?).await,
        Command::Import(command) => import::run(command).await,
        Command::Export(command) => export::run(command).await,
        Command::Backup(command) => backup::run(&command, &options.resolve()?).await,
        Command::Restore(command) => restore::run(&command, &options.resolve()?),
        Command::Reproject(command) => reproject::run(&command, &options.resolve()?).await,
        Command::Check => check::run(options).await,
    }
}
