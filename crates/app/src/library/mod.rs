//! The library: finding what is published, what comes back in it, and what is said below it.

mod around;
mod entry;
pub(crate) mod index;
mod links;
mod passages;
mod questions;
mod recurring;
mod search;
mod similar;

pub use around::{Around, LinkedPostmortem};
pub use passages::FoundPassage;
pub(crate) use passages::beginning;
pub use questions::{AnswerView, QuestionView};
pub use recurring::{PassageBehind, RecurringView};
pub use search::{Found, LibraryQuery, Meant};
pub use similar::Similar;
