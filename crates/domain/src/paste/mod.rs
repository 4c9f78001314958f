//! Reading a timeline that somebody pastes.
