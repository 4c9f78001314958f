//! Asking people to calls: by mail, with a file that their calendars read; their answers by the
//! links in it; and feeds that calendars subscribe to.

mod answer;
mod feed;
mod letter;
mod page;
mod tell;
#[cfg(test)]
mod tests;

pub use answer::{InvitationAnswer, InvitationView};
pub use feed::{CalendarAddresses, CalendarFeed};
