//! The library: finding what is published, what comes back in it, and what is said below it.

mod around;
mod entry;
pub(crate) mod index;
mod links;
mod questions;
mod recurring;
mod search;
mod similar;

pub use around::{Around, LinkedPostmortem};
pub use questions::{AnswerView, QuestionView};
pub use recurring::{PassageBehind, RecurringView};
pub(crate) use search::beginning;
pub use search::{Found, FoundPassage, LibraryQuery, Meant};
pub use similar::Similar;
