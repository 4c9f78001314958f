//! Who facilitates and who learns to; the seats of a post-mortem, whom to ask to take them, and what
//! those who lead prepare.

mod answer;
mod around;
mod ask;
mod involved;
mod join;
mod list;
mod mine;
mod notes;
mod prepare;
mod seats;
mod tell;
mod train;

pub use list::{Ahead, FacilitatorMay, FacilitatorView, NextStep, StepView};
pub use mine::{Facilitating, MySeat, ToShadow};
pub use notes::{NotesToKeep, NotesView};
pub use prepare::{Preparation, PrivateWordView};
pub use seats::{SeatMay, SeatView, SeatsMay, SeatsView, SuggestionView};
