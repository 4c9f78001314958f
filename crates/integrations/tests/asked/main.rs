//! Asking vendors, against a server that pages, forbids, breaks off, and answers nonsense.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

mod pull;
mod server;
mod tickets;
