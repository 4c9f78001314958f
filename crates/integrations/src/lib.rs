//! Other people's systems: one folder a vendor or protocol, registered only when configured.

pub mod mail;
