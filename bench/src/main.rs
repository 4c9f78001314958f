//! Afterword's benchmarks: each measures it beside a peer, under the same load, in the same run.

mod evidence;
mod library;
mod place;
mod protocol;
mod report;
mod schedule;
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
    /// Events: what comes in, what is asked of them, and what they leave of live editing
    Evidence(evidence::Options),
    /// The search for an hour that suits 60 people
    Schedule(schedule::Options),
    /// The library: what is published, found, read and set in pages
    Library(library::Options),
}

// One thread for the whole load generator: it leaves the other core to the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let local = LocalSet::new();
    match Benchmark::parse() {
        Benchmark::Sync(options) => local.run_until(sync::run(options)).await,
        Benchmark::Evidence(options) => local.run_until(evidence::run(options)).await,
        Benchmark::Schedule(options) => schedule::run(&options),
        Benchmark::Library(options) => local.run_until(library::run(options)).await,
    }
}
