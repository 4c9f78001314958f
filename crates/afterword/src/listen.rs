//! Taking connections.

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

/// A listener whose connections send what they have at once.
///
/// With Nagle's algorithm on, an edit waits up to 40 ms for the acknowledgement of the one before.
pub(crate) async fn listen(
    address: std::net::SocketAddr,
) -> std::io::Result<impl axum::serve::Listener<Addr = std::net::SocketAddr>> {
    let listener = TcpListener::bind(address).await?;
    Ok(listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's algorithm");
        }
    }))
}
