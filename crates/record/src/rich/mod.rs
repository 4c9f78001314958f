//! Rich text: as values, as Markdown, and in the document as `y-prosemirror` writes it.

mod inline;
mod model;
mod normal;
mod parse;
mod plain;
mod read;
mod render;
mod withhold;
mod write;

pub use model::{Block, Image, Inline, Marks, VERBATIM};
pub use parse::parse;
pub use plain::plain;
pub(crate) use read::{Unknown, read};
pub use render::render;
pub use withhold::{WITHHELD, withhold};
pub(crate) use write::write;

#[cfg(test)]
pub(crate) mod tests;
