//! The Node.js peer, see `bench/peers/hocuspocus`.

use std::path::Path;

use tokio::process::Command;

pub(super) fn serve(peers: &Path, data: &Path, port: u16) -> Command {
    let mut command = Command::new("node");
    command
        .env("NODE_ENV", "production")
        .arg(peers.join("hocuspocus/server.js"))
        .arg(port.to_string())
        .arg(data.join("hocuspocus.db"));
    command
}
