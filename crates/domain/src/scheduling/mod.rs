//! The search for an hour in which everybody can come: after people rested, inside everybody's day
//! where there is such an hour, and where there is none, inconvenient for whom it was not the last
//! time.
//!
//! Hours begin on quarters of an hour. For each of them and each person it is known what stands
//! against it ([`Strain`]); what that weighs for somebody grows with each inconvenient hour that they
//! had lately, so that these go round. Every choice comes with its reasons, in sentences.

mod bounds;
mod grid;
mod hours;
mod ledger;
mod people;
mod search;
mod sessions;
mod strain;
#[cfg(test)]
mod tests;
mod words;

pub use bounds::Bounds;
pub use hours::{DayHours, DayRange, HoursRefused, TimeOfDay, WeekHours};
pub use ledger::{LEDGER, PastHour, inconvenience};
pub use people::{Attendee, Interval, Wish};
pub use search::{Candidate, Found, LocalHour, NOTICE, Search, find};
pub use sessions::{Offer, Session};
pub use strain::Strain;
