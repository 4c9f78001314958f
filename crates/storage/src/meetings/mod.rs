//! What a room keeps to itself until it is shown, and who took part in it.

mod ballots;
mod notes;
mod surveys;
mod voices;

pub use ballots::StoredBallot;
pub use notes::Note;
pub use surveys::Survey;
pub use voices::Voice;
