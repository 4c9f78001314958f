//! What a section is to us, told by its heading.

use afterword_domain::time;

/// What a section is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What happened, in short.
    Summary,
    /// What happened, row by row.
    Timeline,
    /// Perhaps that: what stands below tells.
    Story,
    /// What came together.
    Analysis,
    /// What will be done.
    Actions,
    /// What was learned.
    Learned,
    /// Facts about the incident, one a line.
    Facts,
    /// Everything else.
    Background,
}

/// The words of headings, from what is told most surely on.
const WORDS: [(Role, &[&str]); 7] = [
    (
        Role::Timeline,
        &[
            "timeline",
            "time line",
            "chronology",
            "sequence of events",
            "order of events",
            "chain of events",
            "event log",
            "incident log",
            "log of events",
        ],
    ),
    (
        Role::Analysis,
        &[
            "cause",
            "causes",
            "contributing",
            "contributors",
            "factors",
            "trigger",
            "triggers",
            "five whys",
            "5 whys",
            "why it happened",
            "why did it happen",
            "why did this happen",
        ],
    ),
    (
        Role::Actions,
        &[
            "action",
            "actions",
            "follow up",
            "follow ups",
            "followup",
            "followups",
            "next steps",
            "remediation",
            "remediations",
            "remediation items",
            "todo",
            "todos",
            "to do",
            "corrective measures",
            "preventive measures",
            "preventative measures",
        ],
    ),
    (
        Role::Learned,
        &[
            "lesson",
            "lessons",
            "learned",
            "learnt",
            "learning",
            "learnings",
            "takeaway",
            "takeaways",
            "went well",
            "went wrong",
            "went badly",
            "went poorly",
            "go well",
            "go wrong",
            "worked well",
            "didn t go well",
            "lucky",
            "luck",
            "could have gone better",
            "can we do better",
            "reflections",
        ],
    ),
    (
        Role::Summary,
        &[
            "summary",
            "tl dr",
            "tldr",
            "overview",
            "abstract",
            "synopsis",
            "at a glance",
            "in short",
        ],
    ),
    (Role::Story, &["what happened", "events", "narrative", "incident details", "incident report"]),
    (Role::Facts, &["metadata", "meta data", "incident information", "incident facts", "facts"]),
];

/// What a heading that says "action" may also be about: what was done at the time.
const TAKEN_THEN: [&str; 3] = ["actions taken", "response actions", "immediate actions"];

pub(super) fn role(title: &str) -> Role {
    if time::begins_with_time(title) || time::begins_with_day(title) {
        return Role::Timeline;
    }
    let title = words(title);
    let has =
        |phrases: &[&str]| phrases.iter().any(|phrase| title.contains(&format!(" {phrase} ")));
    let found = WORDS.iter().find(|(_, phrases)| has(phrases)).map(|(role, _)| *role);
    match found {
        Some(Role::Actions) if has(&TAKEN_THEN) => Role::Story,
        found => found.unwrap_or(Role::Background),
    }
}

/// The words in small letters, with one blank around each.
pub(super) fn words(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let words: Vec<String> = parts.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_by_many_names() {
        for (title, expected) in [
            ("Executive Summary", Role::Summary),
            ("TL;DR", Role::Summary),
            ("3. Timeline (all times UTC)", Role::Timeline),
            ("Sequence of Events", Role::Timeline),
            ("18:43 The alert fired", Role::Timeline),
            ("2023-03-01", Role::Timeline),
            ("What happened", Role::Story),
            ("Underlying Cause(s)", Role::Analysis),
            ("Contributing Factors", Role::Analysis),
            ("Trigger", Role::Analysis),
            ("🔧 Action Items", Role::Actions),
            ("Follow-ups", Role::Actions),
            ("Actions taken", Role::Story),
            ("Where we got lucky", Role::Learned),
            ("What didn’t go well", Role::Learned),
            ("Lessons Learned", Role::Learned),
            ("Metadata", Role::Facts),
            ("Impact", Role::Background),
            ("Transactions", Role::Background),
            ("Because of Monday", Role::Background),
        ] {
            assert_eq!(role(title), expected, "{title}");
        }
    }
}
