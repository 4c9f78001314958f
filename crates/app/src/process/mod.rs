//! How the process improves: proposals that become versions of a handbook, figures around a
//! version, and a retrospective every few post-mortems.

mod accept;
mod decide;
mod figures;
mod ideas;
mod list;
mod propose;
mod retrospective;

pub use accept::ProposalDraft;
pub use decide::ProposalPatch;
pub use figures::{FiguresWanted, ProcessFigures};
pub use ideas::{Idea, Ideas};
pub use list::ProposalView;
pub use propose::ProposalToMake;
pub use retrospective::{RetrospectiveToClose, RetrospectiveView, RetrospectivesView};

use crate::error::AppError;

const LONGEST: usize = 2000;

/// Words as they are kept.
fn words(field: &'static str, text: &str) -> Result<String, AppError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(AppError::invalid(field, "write a few words")),
        count if count > LONGEST => {
            Err(AppError::invalid(field, format!("keep it below {LONGEST} characters")))
        }
        _ => Ok(text.to_owned()),
    }
}
