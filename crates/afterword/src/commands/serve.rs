//! `afterword serve`

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::{listen, parts};

/// Serves until it is told to stop, then stores everything and ends.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let app = parts::start(config).await?;
    if config.demo {
        app.fill_with_demo().await.context("the demonstration could not be set up")?;
    }
    let listener = listen::listen(config.listen)
        .await
        .with_context(|| format!("AFTERWORD_LISTEN: cannot listen on {}", config.listen))?;
    tracing::info!(address = %config.listen, public_url = config.public_url, "serving");
    let server = axum::serve(listener, afterword_http::router(app.clone()));
    // A live connection never ends by itself, so stopping does not wait for connections: what
    // they sent is stored by the rooms, and clients come back.
    tokio::select! {
        ended = async { server.await } => ended?,
        told = told_to_stop() => told?,
    }
    app.stop().await;
    tracing::info!("everything is stored; stopped");
    Ok(())
}

async fn told_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
