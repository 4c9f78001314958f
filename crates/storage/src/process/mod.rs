//! How the process fares and improves: proposals to handbooks, meetings by the version that they
//! were led with, retrospectives.

mod meetings;
mod proposals;
mod retrospectives;

pub use meetings::HeldMeeting;
pub use proposals::HandbookProposal;
pub use retrospectives::Retrospective;
