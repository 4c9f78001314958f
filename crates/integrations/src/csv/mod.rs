//! Tables with a row for each event, and a mapping that says which column is what.

mod cell;
mod guess;
mod mapping;
mod row;
mod table;

pub use mapping::{Field, Mapping};
pub use table::{Options, Row, Table};
