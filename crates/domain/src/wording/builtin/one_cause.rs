//! Stops at one cause.

use super::super::matching::When::{Any, DoneBy, Owned};
use super::{Builtin, entry};
use crate::wording::Family::SingleCause;

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        "caused",
        SingleCause,
        "caused (by people)",
        "What else had to be there for this to happen?",
        &[(Owned, "caused|causes|causing"), (DoneBy, "caused|triggered")],
    ),
    entry(
        "root-cause",
        SingleCause,
        "root cause",
        "Which factors came together?",
        &[
            (Any, "root cause|causes"),
            (Any, "rootcause"),
            (Any, "real|true|sole|only|single|main|actual|underlying|ultimate cause|causes"),
        ],
    ),
    entry(
        "the-reason",
        SingleCause,
        "the reason was",
        "One of which reasons?",
        &[
            (Any, "the|only|main|sole|real|primary|single reason was|is|why|that"),
            (Any, "the|only|main|sole|real|primary|single reason for|behind … =was|is|were"),
        ],
    ),
    entry(
        "trigger",
        SingleCause,
        "the trigger was",
        "Why was that enough today, and not on other days?",
        &[
            (
                Any,
                "<database|cron|sql|pipeline|build|audit|alert trigger was|is a|an|the|that|when|our|one",
            ),
            (
                Any,
                "<database|cron|sql|pipeline|build|audit|alert trigger for|of the|this|our outage|incident|failure|crash",
            ),
            (
                Any,
                "triggered|triggering|triggers|trigger … outage|outages|incident|incidents|cascade|crash|failure|\
                 failures|downtime|degradation|meltdown",
            ),
        ],
    ),
    entry(
        "single-point",
        SingleCause,
        "single point of failure",
        "Which other defences let it through?",
        &[(Any, "single point|points of failure"), (Any, "spof|spofs")],
    ),
    entry(
        "never-again",
        SingleCause,
        "prevent this from ever happening again",
        "What would we handle better next time?",
        &[
            (Any, "prevent|avoid this|it|that … again"),
            (Any, "never|not happen|happens|occur|recur again"),
            (
                Any,
                "prevent|prevents|preventing|avoid|avoiding|stop … happening|occurring|recurring again",
            ),
            (
                Any,
                "prevent|preventing|avoid|avoiding a|any|its|their|future? recurrence|recurrences|repeat|repetition",
            ),
            (Any, "from ever|happening again|happening"),
        ],
    ),
];
