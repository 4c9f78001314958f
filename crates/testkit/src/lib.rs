//! What the tests need: databases, a running server, a client that edits a record.

pub mod alertmanager;
pub mod client;
pub mod issues;
pub mod peer;
pub mod postgres;
pub mod server;
pub mod tree;
