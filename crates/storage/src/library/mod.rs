//! The library: how published post-mortems are found, what comes back in them, who read them, what
//! is asked below them.

mod alike;
mod candidates;
pub(crate) mod index;
mod links;
mod questions;
mod reach;
mod recurring;
mod search;
mod words;

pub use index::LibraryEntry;
pub use questions::{Answer, Question};
pub use reach::Reach;
pub use recurring::{RecurringPassage, Recurs};
pub use search::Wanted;

/// `($1, $2), ($3, $4)`: the values of so many rows of so many columns.
fn values(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", places.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
