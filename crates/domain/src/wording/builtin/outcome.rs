//! Knows the end and looks back from it, or asks people to try harder.

use super::super::matching::When::{Any, Human};
use super::{Builtin, entry};
use crate::wording::Family::{Hindsight, PrematureFix};

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        "obviously",
        Hindsight,
        "obviously, clearly, of course",
        "Was it obvious to everybody here? How?",
        &[
            (Any, "obviously"),
            (Any, "it|that is|was|seems|seemed obvious|clear !from =that|to|in|which"),
            (Any, "of course"),
            (
                Any,
                "<more|most|very|as|so|says|said|say|state|states|stated|mark|marked|write|written|show|shows|shown|\
                 explain|explains|explained|speak|named|labelled|labeled|communicated|communicate|not clearly \
                 !marked|labelled|labeled|visible|named|documented|written|stated|defined|separated|readable|shown|says|state",
            ),
        ],
    ),
    entry(
        "simply",
        Hindsight,
        "simply, just needed to",
        "What made it hard then?",
        &[(Any, "simply !put|because"), (Any, "just|only had|needed|need|needs|have|has to !be")],
    ),
    entry(
        "in-hindsight",
        Hindsight,
        "in hindsight, in retrospect",
        "What was known at that moment?",
        &[(Any, "in|with|of hindsight|retrospect")],
    ),
    entry(
        "should-have-known",
        Hindsight,
        "should have known, knew better",
        "How could it be known, from where they stood?",
        &[
            (Any, "should|must really|surely|probably? have known"),
            (Any, "ought to have known"),
            (Any, "knew or should have known"),
            (Any, "knew|know|knows|known better !than"),
        ],
    ),
    entry(
        "common-sense",
        Hindsight,
        "common sense",
        "Where does one learn it?",
        &[(Any, "common sense")],
    ),
    entry(
        "situational-awareness",
        Hindsight,
        "lost situational awareness",
        "What was their picture of the situation?",
        &[(
            Any,
            "lost|lose|loses|losing|loss|lacked|lack|lacking|poor|no of|all|their|any? situational|situation awareness",
        )],
    ),
    entry(
        "be-careful",
        PrematureFix,
        "be more careful, pay attention",
        "What could make it easy to get right?",
        &[
            (
                Any,
                "be|being|been|become|stay more|extra|very|particularly|really? careful|vigilant|cautious|attentive|diligent|mindful",
            ),
            (Any, "pay|pays|paying more|closer|close|better|special|extra? attention"),
            (Any, "more|better|greater|take|takes|taking care =when|with|next|in|during"),
        ],
    ),
    entry(
        "remind",
        PrematureFix,
        "remind or retrain the team",
        "What would the system do differently?",
        &[
            (Human, "remind|reminding|retrain|retraining|educate|educating =@person"),
            (Human, "re train|training =the|all|our|every|each|@person"),
            (
                Human,
                "remind|reminding|retrain|retraining|educate|educating|retrained the|all|our|every|each =@person|on|dba|sre|new|night",
            ),
            (Human, "train|training the|all|our|every|each =@person|on|dba|sre|new|night"),
        ],
    ),
];
