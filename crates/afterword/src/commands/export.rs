//! `afterword export`

use clap::{Args, ValueEnum};

use crate::commands::client::{Server, answer};

#[derive(Args, Debug)]
pub(crate) struct Command {
    /// The post-mortem's id
    id: String,
    #[command(flatten)]
    server: Server,
    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// Print JSON; the same as --format json
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Md,
    Json,
}

/// Prints the document as it is, without a line of our own.
pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    use std::io::Write as _;
    let format = match command.format {
        Format::Md if !command.json => "md",
        _ => "json",
    };
    let path = format!("/postmortems/{}/export", command.id);
    let request = command.server.connect()?.get(&path).query(&[("format", format)]);
    let document = answer(request).await?.bytes().await?;
    std::io::stdout().write_all(&document)?;
    Ok(())
}
