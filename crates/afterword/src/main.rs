//! The Afterword server and its command line.

mod commands;
mod config;
mod outcome;
mod parts;

use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("AFTERWORD_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    // Misuse ends here, with status 2.
    let cli = Cli::parse();
    outcome::exit(commands::run(cli).await)
}
