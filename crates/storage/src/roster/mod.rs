//! Who facilitates, the seats of post-mortems, and what those who prepare one note for themselves.

mod facilitators;
mod notes;
mod people;
mod seats;

pub use facilitators::{Facilitator, HeldSeat, StepReached};
pub use notes::PreparationNotes;
pub use people::CallToShadow;
pub use seats::StoredSeat;
