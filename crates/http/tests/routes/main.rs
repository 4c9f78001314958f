//! The routes of `docs/api-rules.md`, asked of the router without a network.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

mod actions;
mod answers;
mod api;
mod chase;
mod documents;
mod events;
mod evidence;
mod handbooks;
mod hooks;
mod imports;
mod items;
mod meeting;
mod openapi;
mod people;
mod postmortems;
mod publication;
mod record;
mod redaction;
mod reminders;
mod session;
mod sources;
mod trackers;
mod watch;
mod wording;
