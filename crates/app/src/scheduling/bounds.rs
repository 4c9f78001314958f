//! How long after an incident its post-mortem meets.

use afterword_domain::postmortem::Postmortem;
use afterword_domain::scheduling::Bounds;

/// From when on, and until when, a post-mortem should meet.
pub(crate) fn bounds_of(_postmortem: &Postmortem) -> Bounds {
    Bounds::default()
}
