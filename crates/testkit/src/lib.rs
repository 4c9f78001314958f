//! What the tests need: databases, a running server, a client that edits a record, people.

pub mod postgres;
