//! Systems that evidence comes from, how they fare, and what could not be taken of them.

mod clock;
mod config;
mod health;
mod retention;
mod trouble;

pub use clock::ClockCorrection;
pub use config::{Source, SourceChange};
pub use health::{SourceAround, SourceHealth};
pub use trouble::{NewTrouble, Trouble, TroubleKind};
