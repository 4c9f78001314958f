//! The rules of post-mortems: pure, without I/O, without async.
//!
//! Time and randomness come in as parameters. Every other crate may use this one;
//! this one knows none of them.

pub mod action;
pub mod analysis;
pub mod announcing;
pub mod appointment;
pub mod ballot;
pub mod chasing;
pub mod evidence;
pub mod feedback;
pub mod handbook;
pub mod incident;
pub mod job;
pub mod lanes;
pub mod library;
pub mod markdown;
pub mod meeting;
pub mod organisation;
pub mod paste;
pub mod people;
pub mod policy;
pub mod postmortem;
pub mod process;
pub mod recording;
pub mod review;
pub mod role_groups;
pub mod stage;
pub mod survey;
pub mod ticket;
pub mod time;
pub mod timeline;
pub mod transcript;
pub mod wording;
