//! When people can come, who is asked to, and which calls there were.

mod availability;
mod calendars;
mod calls;
mod invitees;
mod wishes;

pub use availability::Availability;
pub use calendars::{Calendar, CalendarRead};
pub use calls::PastCall;
pub use invitees::Invitee;
pub use wishes::{HourWish, WishKind};
