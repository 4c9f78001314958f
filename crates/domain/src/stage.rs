//! The path of a post-mortem.
