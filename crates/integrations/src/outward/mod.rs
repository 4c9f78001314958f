//! Addresses that anybody with an account may set, and that must not lead into the network behind
//! this server.

mod address;
mod client;

pub use address::{OutwardAddress, Reach};
pub(crate) use client::builder;
