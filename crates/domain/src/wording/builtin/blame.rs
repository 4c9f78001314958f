//! Makes somebody the reason, or takes people for parts that were not good enough.

use super::super::matching::When::{Any, Done, Human, Owned, Person};
use super::{Builtin, entry};
use crate::wording::Family::{Blame, Mechanistic};

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        "forgot",
        Blame,
        "forgot",
        "What reminds people of it when all goes well?",
        &[
            (Human, "forgot|forget|forgets|forgetting !password|passwords|gate"),
            (Any, "was|were|been|being|is|are simply|just|also? forgotten !password"),
            (Human, "had|has|have|having also|simply|just? forgotten"),
        ],
    ),
    entry(
        "neglected",
        Blame,
        "neglected",
        "What else competed for that time?",
        &[(Any, "neglect|neglected|neglects|neglecting|neglectful")],
    ),
    entry(
        "ignored",
        Blame,
        "ignored the alert",
        "How does that alert usually behave?",
        &[
            (Person, "ignored|ignoring|ignores|disregarded|disregarding"),
            (
                Human,
                "ignored|ignoring|disregarded … alert|alerts|alarm|alarms|page|pages|warning|warnings|ticket|tickets|message|messages",
            ),
            (Done, "was|were|been|got simply|largely|repeatedly|also|just? ignored|disregarded"),
        ],
    ),
    entry(
        "missed",
        Blame,
        "missed the alert",
        "Where and how did it appear, and beside what else?",
        &[
            (
                Person,
                "missed|misses … alert|alerts|alarm|alarms|page|pages|warning|warnings|notification|notifications|\
                 signal|signals|message|messages|mail|mails|email|emails|call|calls|ping|pings|sign|signs|symptom|\
                 symptoms|spike|change|step|regression|bug|ticket|tickets|it|this|that",
            ),
            (
                Done,
                "alert|alerts|alarm|alarms|page|pages|warning|warnings|notification|notifications|signal|signals|\
                 message|messages|mail|email|sign|signs|symptom|symptoms|call|calls|ticket|tickets was|were|been|got \
                 also|simply|initially? missed",
            ),
            (Any, "went|gone|go|goes|going completely|entirely|largely? unnoticed"),
        ],
    ),
    entry(
        "overlooked",
        Blame,
        "overlooked",
        "How visible was it, from where they stood?",
        &[
            (Human, "overlook|overlooked|overlooking"),
            (Done, "was|were|been|is|are easily|simply|also? overlooked"),
        ],
    ),
    entry(
        "careless",
        Blame,
        "careless, sloppy",
        "What were the conditions of the work that day?",
        &[(Any, "careless*|sloppy|sloppily|sloppiness")],
    ),
    entry(
        "inattentive",
        Blame,
        "inattentive, distracted",
        "What else asked for attention at that time?",
        &[
            (Any, "inattentive|inattention|inattentiveness"),
            (Any, "distracted"),
            (Human, "was|were|is|are|been not paying|paid … attention"),
        ],
    ),
    entry(
        "complacent",
        Blame,
        "complacent",
        "Which experience said that it was safe?",
        &[(Any, "complacent|complacently|complacency")],
    ),
    entry(
        "reckless",
        Blame,
        "reckless",
        "Which risk did they see, and how did it look?",
        &[(Any, "reckless*|irresponsible|irresponsibly")],
    ),
    entry(
        "negligent",
        Blame,
        "negligent",
        "What led up to this, step by step?",
        &[(Any, "negligent|negligently|negligence")],
    ),
    entry(
        "incompetent",
        Blame,
        "incompetent, clueless",
        "Which knowledge was at hand, and where was the rest?",
        &[(Any, "incompetent|incompetence|incompetently|clueless|stupid|stupidly|stupidity")],
    ),
    entry(
        "junior",
        Mechanistic,
        "inexperienced, junior",
        "Which support did the work take for granted?",
        &[(Any, "inexperienced|inexperience|junior|juniors")],
    ),
    entry(
        "lack-of-training",
        Mechanistic,
        "lack of training",
        "How does anybody learn this here?",
        &[
            (Any, "lack|lacks|lacked|lacking of|any|proper? training !data|set|sets"),
            (
                Any,
                "insufficient|inadequate|missing|poor|no training !data|set|sets|job|jobs|run|runs",
            ),
            (
                Human,
                "not|never properly|well|fully|sufficiently? trained =on|for|in|to|enough|properly|yet",
            ),
            (Any, "untrained|undertrained|poorly trained"),
            (Any, "untrained|undertrained !model|models"),
        ],
    ),
    entry(
        "unfamiliar",
        Mechanistic,
        "unfamiliar with",
        "Who knows it, and how is such a person found at that hour?",
        &[
            (Any, "unfamiliar|unfamiliarity with"),
            (Any, "not very|yet|really|fully|too|so? familiar with"),
        ],
    ),
    entry(
        "human-error",
        Blame,
        "human error, operator error",
        "What made that action possible, and plausible?",
        &[(
            Any,
            "human|operator|user|pilot|manual|engineer error|errors !log|rate|rates|code|codes|message|messages|page|pages",
        )],
    ),
    entry(
        "mistake",
        Blame,
        "mistake",
        "What was intended?",
        &[(Any, "mistake|mistakes|mistaken|mistakenly"), (Person, "mistook")],
    ),
    entry(
        "typo",
        Blame,
        "fat-fingered, typo",
        "How did the tool take what was typed?",
        &[
            (Any, "typo|typos|mistyped|mistype|misspelt|misspelled"),
            (Any, "fat finger|fingered|fingers|fingering"),
        ],
    ),
    entry(
        "broke",
        Blame,
        "broke, took down (of people)",
        "How did that change come to have this effect?",
        &[
            (Owned, "broke|breaks|broken !up|out|off|in|into|even|with"),
            (Owned, "took|takes|taken|brought|brings down"),
            (Owned, "took|brought … down"),
            (Owned, "killed|crashed|destroyed|ruined"),
        ],
    ),
    entry(
        "whose-fault",
        Blame,
        "whose fault, who did this",
        "How did the work come to be in this state?",
        &[
            (Any, "@whose own? fault|faults"),
            (Any, "at fault"),
            (Any, "who did|broke|caused this|that|it"),
            (Any, "who is|was responsible|guilty"),
        ],
    ),
    entry(
        "blame",
        Blame,
        "blame",
        "Which factors came together?",
        &[(Any, "<git|no blame|blames|blamed|blaming !view|annotation|annotations")],
    ),
    entry(
        "accidentally",
        Blame,
        "accidentally",
        "Which result was intended?",
        &[
            (Any, "accidentally|inadvertently|unintentionally|accidental|inadvertent"),
            (Any, "by accident"),
        ],
    ),
    entry(
        "why-did-you",
        Blame,
        "why did you, why didn’t you",
        "How did you come to decide that?",
        &[
            (Any, "why did|does|do|was|were|is|are|had|has|have|would|could|can not? =@person"),
            (Any, "why did|does|do|was|were|had|has|have|would not? the|our|your|any =@person"),
            (
                Any,
                "why did|was|were|had not? the|our|your on|dba|sre|data|platform|database|network|release =call|team|engineer|engineers",
            ),
        ],
    ),
];
