//! Taking connections.

use std::net::SocketAddr;
use std::sync::Arc;

use afterword_app::App;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

/// Serves on an address until `stop` is done.
///
/// A live connection never ends by itself, so stopping does not wait for connections: what they
/// sent is stored by the rooms, and clients come back.
pub async fn serve(
    address: SocketAddr,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    // With Nagle's algorithm on, an edit waits up to 40 ms for the acknowledgement of the one
    // before.
    let listener = TcpListener::bind(address).await?.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's algorithm");
        }
    });
    tracing::info!(%address, public_url = app.settings().public_url, "serving");
    let server = axum::serve(listener, crate::router(app));
    tokio::select! {
        ended = async { server.await } => ended,
        () = stop => Ok(()),
    }
}
