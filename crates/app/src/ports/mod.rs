//! The seams between the parts.

pub(crate) mod update_log;
