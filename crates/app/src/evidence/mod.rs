//! What the tools said: how it comes in, and what is asked of it.

pub(crate) mod arrivals;
mod health;
mod hook;
mod import;
pub(crate) mod intake;
mod list;
mod lookback;
mod proposals;
mod report;
mod sources;

pub use arrivals::{Arrival, Arrivals};
pub use health::SourceFaring;
pub use hook::{HookAnswer, HookError};
pub use import::{ImportedEvents, PreviewedRow, TablePreview, TableToRead};
pub use lookback::LookBack;
pub(crate) use proposals::service_keys;
pub use proposals::{Proposals, ProposalsWanted};
pub use report::Reception;
pub use sources::{
    ClockToCorrect, SourcePatch, SourceToAdd, SourceView, Vendor, source_page, vendors,
};
pub(crate) use sources::{check_against, check_name, check_secret};
