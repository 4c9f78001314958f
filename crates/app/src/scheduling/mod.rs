//! When a post-mortem meets: when people can come, who is asked, and which hour suits them.

mod availability;
mod calendars;
mod countries;
mod gather;
mod hours;
mod invitees;
mod read_calendar;
mod wishes;

pub use availability::{AvailabilityView, AvailabilityWishes};
pub use calendars::CalendarView;
pub use countries::CountryView;
pub use hours::{CandidateView, HoursView, LocalHourView, LocalTime, OfferView, SessionView};
pub use invitees::{InviteeView, InviteesView, ProposedInvitee};
pub use wishes::{HourWishToSay, HourWishView, WishName};
