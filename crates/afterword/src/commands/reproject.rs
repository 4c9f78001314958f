//! `afterword reproject`

use clap::Args;

use crate::config::Config;
use crate::outcome::{say, tell};
use crate::parts;

#[derive(Args, Debug)]
pub(crate) struct Command {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(command: &Command, config: &Config) -> anyhow::Result<()> {
    let app = parts::start(config).await?;
    let done = app.reproject(|done, all| tell(&format!("{done} of {all}"))).await;
    app.stop().await;
    let done = done?;
    if command.json {
        say(&serde_json::json!({ "records": done }).to_string());
    } else {
        say(&format!("{done} records were read anew."));
    }
    Ok(())
}
