//! The process looks at itself: what is proposed for a handbook, how meetings fared before and after
//! a version of it, and when to talk about the process as a whole.
//!
//! Nothing here is about a person, and nothing is added up to one score.

mod figures;
mod proposal;
mod retrospective;

pub use figures::{
    Case, FEWEST_CASES, Figure, Figures, Outcomes, Point, Side, Tally, TallyPart, Told, Unit,
    figures,
};
pub use proposal::{Source, State, beginning, reason};
pub use retrospective::{EVERY, FEWEST, MOST, Matter, Prepared, Theme, is_due, questions};
