//! Wordings in what people write, and the organisation's list of them.

mod check;
mod lexicon;

pub(crate) use check::Prepared;
