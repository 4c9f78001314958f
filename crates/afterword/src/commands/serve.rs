//! `afterword serve`

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config::Config;
use crate::parts;

/// Serves until it is told to stop, then stores everything and ends.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let stop = told_to_stop(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let app = parts::start(config).await?;
    if config.demo {
        app.fill_with_demo().await.context("the demonstration could not be set up")?;
    }
    app.start_jobs().await.context("the work in the background cannot begin")?;
    afterword_http::serve(config.listen, app.clone(), stop)
        .await
        .with_context(|| format!("AFTERWORD_LISTEN: cannot serve on {}", config.listen))?;
    app.stop().await;
    tracing::info!("everything is stored; stopped");
    Ok(())
}

async fn told_to_stop(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
