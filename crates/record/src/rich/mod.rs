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

pub(crate) use model::has_link_address;
pub use model::{Block, Image, Inline, Marks, VERBATIM};
pub(crate) use normal::normal;
pub use parse::parse;
pub(crate) use parse::parse_as_written;
pub use plain::plain;
pub(crate) use read::{Unknown, read};
pub use render::render;
pub(crate) use render::render_normal;
pub use withhold::{WITHHELD, withhold};
pub(crate) use write::write;

#[cfg(test)]
pub(crate) mod tests;
