//! Tells of a world that did not happen.

use super::super::matching::When::{Any, Human, Person, Statement};
use super::{Builtin, entry};
use crate::wording::Family::Counterfactual;

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        "should-have",
        Counterfactual,
        "should have",
        "What made it sensible to do what was done, at that moment?",
        &[(Any, "should not|never|probably|really|clearly|also|at? have =@past|really|already|also|at|not|never")],
    )
    .fine_in_actions(),
    entry(
        "could-have",
        Counterfactual,
        "could have",
        "Which options could people see just then?",
        &[(Any, "could probably|easily|also|at? have =@past|easily|also|at|just")],
    ),
    entry(
        "would-have",
        Counterfactual,
        "would have",
        "What happened next, in the world as it was?",
        &[(Any, "would not|never|probably|also|surely|likely? have =@past|also|never|not|already|probably")],
    ),
    entry(
        "if-only",
        Counterfactual,
        "if only",
        "What was in front of people instead?",
        &[(Any, "if only !one|two|three|half|some|a|an|part … =had|were|was|could|would|knew")],
    ),
    entry(
        "had-been",
        Counterfactual,
        "had … been",
        "What was it really like, and how had it come to be so?",
        &[
            (Statement, "^ had !to|already|just|not|never|been|a … been"),
            (Statement, "^ had we|they|i|he|she|you|somebody|someone|anybody|anyone =@past"),
            (Statement, "^ had the|our|this|that … =known|noticed|seen|checked|tested|fired|looked|asked|shown"),
        ],
    ),
    entry(
        "failed-to",
        Counterfactual,
        "failed to, failure to",
        "What were they doing instead, and what made that the thing to do?",
        &[
            (Person, "fail|fails|failed|failing to"),
            (Any, "@whose failure to"),
            (
                Any,
                "failure|failures to notice|check|escalate|communicate|follow|announce|verify|test|review|\
                 document|consider|act|warn|tell|inform|ask|read|recognise|recognize|coordinate|realise",
            ),
            (Human, "failed|failing to notice|check|escalate|communicate|follow|announce|consider|realise|realize"),
        ],
    ),
    entry(
        "did-not-notice",
        Counterfactual,
        "did not notice",
        "What held their attention then?",
        &[
            (Human, "did|do|does|had|have|has not notice|noticed|spot|spotted|realise|realised|realize|realized|recognise|recognised|recognize|recognized"),
            (Human, "never noticed|spotted|realised|realized"),
            (Any, "nobody|none noticed|spotted|realised|realized"),
            (Any, "no one noticed|spotted|realised|realized"),
            (Human, "without noticing|realising|realizing"),
        ],
    ),
    entry(
        "did-not-check",
        Counterfactual,
        "did not check",
        "What gave them confidence that it was fine?",
        &[
            (Human, "did|do|had|have|has not check|checked|verify|verified|test|tested|validate|validated|confirm|confirmed|review|reviewed"),
            (Human, "never checked|verified|tested|validated|confirmed|reviewed"),
            (Human, "did|had not double check|checked"),
            (Any, "nobody checked|verified|tested|validated|confirmed|reviewed"),
            (Any, "no one checked|verified|tested|validated|confirmed|reviewed"),
            (Human, "without checking|verifying|testing"),
        ],
    ),
    entry(
        "did-not-follow",
        Counterfactual,
        "did not follow the runbook",
        "How is the runbook used in practice, and what did it say for this case?",
        &[
            (Human, "not follow|followed|following … runbook|playbook|procedure|procedures|process|processes|checklist|steps|instructions|guide|guideline|guidelines|protocol|policy|documentation"),
            (Any, "without following … runbook|playbook|procedure|procedures|process|checklist|steps|instructions|guidelines|protocol"),
            (Human, "skipped|bypassed|circumvented … runbook|playbook|procedure|process|checklist|review|steps|step|approval"),
        ],
    ),
];
