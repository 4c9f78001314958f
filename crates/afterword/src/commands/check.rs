//! `afterword check`

use crate::config::Options;
use crate::outcome::say;
use crate::parts;

/// Resolves the configuration and opens what it names.
pub(crate) async fn run(options: Options) -> anyhow::Result<()> {
    let config = options.resolve()?;
    let app = parts::start(&config).await?;
    app.stop().await;
    say(&format!("Everything is in order. People reach it at {}.", config.public_url));
    Ok(())
}
