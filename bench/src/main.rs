//! Afterword's benchmarks: each measures it beside a peer, under the same load, in the same run.

mod protocol;
mod server;
mod stats;
mod sync;

use anyhow::Result;
use clap::Parser;
use tokio::task::LocalSet;

#[derive(Parser)]
#[command(bin_name = "bin/bench", about = "Measures Afterword beside its peers")]
enum Benchmark {
    /// Live editing: latency, CPU, memory, cold open, and what `kill -9` loses
    Sync(sync::Options),
}

// One thread for the whole load generator: it leaves the other core to the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Benchmark::Sync(options) = Benchmark::parse();
    LocalSet::new().run_until(sync::run(options)).await
}
