//! The meeting: leading it, voting in it, writing in silence, who is heard, the survey.

mod ask;
mod ballots;
mod handbook;
mod input;
mod notes;
mod once;
mod people;
mod survey;

pub use ask::MeetingView;
pub use ballots::BallotView;
pub use input::Input;
pub use notes::{NoteToKeep, NoteView};
pub(crate) use once::Once;
pub use people::{NamedElsewhere, PeopleHere, PersonHere};
pub use survey::SurveyView;
