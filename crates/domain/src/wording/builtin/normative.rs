//! Measures what was done against a norm that is left unsaid.

use super::super::matching::When::{Any, Clause, Done, Human, Person};
use super::{Builtin, entry};
use crate::wording::Family::Normative;

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        "ought-to",
        Normative,
        "ought to",
        "What was usual practice?",
        &[(Any, "ought not|never|really? to")],
    )
    .fine_in_actions(),
    entry(
        "wrong",
        Normative,
        "wrong, incorrectly (of people)",
        "Compared with which expectation, and known when?",
        &[
            (Person, "wrong !way|side|number"),
            (
                Any,
                "wrong decision|decisions|call|choice|choices|assumption|assumptions|conclusion|conclusions|\
                 judgement|judgment|judgements|approach|priority|priorities|idea|move|instinct|thing",
            ),
            (
                Any,
                "decision|decisions|choice|assumption|assumptions|call|judgement|conclusion was|were|is|are \
                 simply|just|obviously? wrong|incorrect",
            ),
            (Clause, "wrong !decision|call|choice|assumption|conclusion|judgement|approach"),
            (Person, "incorrectly|wrongly|erroneously"),
            (
                Done,
                "was|were|been|is incorrectly|wrongly configured|set|entered|typed|labelled|assumed|deployed|applied",
            ),
        ],
    ),
    entry(
        "improper",
        Normative,
        "improper, inappropriate",
        "Judged against which norm, and whose?",
        &[(Any, "improper|improperly|inappropriate|inappropriately")],
    ),
    entry(
        "inadequate",
        Normative,
        "inadequate, insufficient",
        "What was there, and what was needed?",
        &[
            (Any, "inadequate|inadequately|insufficiently"),
            (
                Any,
                "insufficient !disk|memory|space|permission|permissions|privilege|privileges|funds|scope|storage|\
                 balance|credentials|rights|replicas|nodes|cpu|quota|resources|shared|access",
            ),
        ],
    ),
    entry(
        "bad-decision",
        Normative,
        "poor decision, bad decision",
        "Which things were weighed against each other?",
        &[(
            Any,
            "poor|bad|terrible|questionable|unwise|unfortunate decision|decisions|choice|choices|judgement|judgment|idea|call",
        )],
    ),
    entry(
        "mismanaged",
        Normative,
        "mismanaged",
        "What did people do, one after the other?",
        &[
            (Any, "mismanaged|mismanagement|mismanage|mismanaging"),
            (Person, "mishandled|mishandles|botched|bungled"),
        ],
    ),
    entry(
        "violated",
        Normative,
        "violated policy, broke the rules",
        "How does work usually go there?",
        &[
            (
                Human,
                "violated|violates|violating|breached … policy|policies|rule|rules|procedure|procedures|process|processes|standard|standards|freeze",
            ),
            (
                Any,
                "violation|violations of our|the|its|company? … policy|rule|rules|procedure|process|standard",
            ),
            (
                Person,
                "broke|broken|breaking|breaks … policy|policies|rule|rules|procedure|procedures|process|protocol",
            ),
            (Any, "against … policy|policies|rules|procedure"),
        ],
    ),
    entry(
        "unacceptable",
        Normative,
        "unacceptable",
        "What did it do to whom?",
        &[(Any, "unacceptable|unacceptably|inexcusable|inexcusably|unforgivable")],
    ),
    entry(
        "too-late",
        Normative,
        "too late, too slow, delayed",
        "What filled that time?",
        &[
            (Any, "too late"),
            (Human, "too slow|slowly"),
            (
                Any,
                "response|reaction|escalation|communication|rollback|decision|detection|recovery|mitigation was|were|is far|much? too slow|slowly",
            ),
            (Person, "delayed|delays"),
            (
                Any,
                "delayed|belated|late|slow response|reaction|escalation|communication|decision|detection|announcement|handover",
            ),
        ],
    ),
    entry(
        "finally",
        Normative,
        "finally, eventually",
        "What changed just then?",
        &[(Any, "finally|eventually !block|blocks|clause|clauses|consistent")],
    ),
    entry(
        "always-never",
        Normative,
        "always, never (of people)",
        "How often is it so, and how do we know?",
        &[
            (Person, "always|never !mind|again"),
            (Any, "nobody|none|noone ever|always"),
            (Any, "no one ever|always"),
            (Any, "always noisy|flapping|flaps|firing|fires|red|false|benign|broken|flaky|late"),
            (Any, "always|never works|worked|happens|happen|fails|breaks|crashes"),
        ],
    ),
];
