//! The routes of `docs/api-rules.md`, asked of the router without a network.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

mod actions;
mod answers;
mod api;
mod appointments;
mod chase;
mod documents;
mod events;
mod evidence;
mod facilitators;
mod feedback;
mod handbooks;
mod hooks;
mod imports;
mod input;
mod items;
mod leaving;
mod library;
mod meeting;
mod openapi;
mod pages;
mod people;
mod policies;
mod postmortems;
mod process;
mod provider;
mod publication;
mod record;
mod recordings;
mod redaction;
mod reminders;
mod scheduling;
mod session;
mod sources;
mod teams;
mod trackers;
mod transcripts;
mod watch;
mod wording;
