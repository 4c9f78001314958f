//! Terms of the glossary, marked in a handbook's words: `[[probing]]`, or in other words
//! `[[probing|trying it small]]`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A term that the glossary explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = GlossaryTerm)]
pub enum Term {
    /// How cause and effect are linked, and how to respond to that.
    Cynefin,
    /// Cause and effect are plain to everybody.
    Obvious,
    /// Cause and effect are plain to who knows the field.
    Complicated,
    /// Cause and effect are plain only afterwards.
    Complex,
    /// No link between them can be seen.
    Chaotic,
    /// Trying something small and safe.
    Probing,
    /// Seeing what happens.
    Sensing,
    /// Acting on what was seen.
    Responding,
    /// Judging a moment by what came later.
    Hindsight,
    /// A world that did not happen.
    Counterfactual,
    /// What people did made sense with what they knew.
    LocalRationality,
    /// Words that measure against a norm.
    NormativeLanguage,
    /// The picture by which one works.
    MentalModel,
    /// An early sign.
    Precursor,
    /// Reading what was odd before.
    LookBack,
    /// Where it could have gone another way.
    TurningPoint,
    /// Nothing new comes up.
    Saturation,
    /// One of several things that had to be so.
    ContributingFactor,
    /// What made probing, sensing or responding hard.
    Finding,
    /// What became apparent.
    Theme,
    /// It could have broken, and did not.
    NearMiss,
    /// What each saw, in the order of time.
    ObjectiveRecord,
    /// Asking why, and again.
    FiveWhys,
    /// Asking how, as long as it teaches.
    InfiniteHows,
    /// Everybody writes before anybody speaks.
    SilentWriting,
    /// Where early fixes wait.
    ParkingLot,
    /// Who leads the room.
    Facilitator,
    /// Who writes.
    Scribe,
    /// Production works again.
    Stabilised,
    /// Said, and kept nowhere.
    OffTheRecord,
    /// Of one person or team to the next.
    HandOver,
}

/// What a handbook's author writes for each.
const NAMES: [(&str, Term); 31] = [
    ("cynefin", Term::Cynefin),
    ("obvious", Term::Obvious),
    ("complicated", Term::Complicated),
    ("complex", Term::Complex),
    ("chaotic", Term::Chaotic),
    ("probing", Term::Probing),
    ("sensing", Term::Sensing),
    ("responding", Term::Responding),
    ("hindsight", Term::Hindsight),
    ("counterfactual", Term::Counterfactual),
    ("local-rationality", Term::LocalRationality),
    ("normative-language", Term::NormativeLanguage),
    ("mental-model", Term::MentalModel),
    ("precursor", Term::Precursor),
    ("look-back", Term::LookBack),
    ("turning-point", Term::TurningPoint),
    ("saturation", Term::Saturation),
    ("contributing-factor", Term::ContributingFactor),
    ("finding", Term::Finding),
    ("theme", Term::Theme),
    ("near-miss", Term::NearMiss),
    ("objective-record", Term::ObjectiveRecord),
    ("five-whys", Term::FiveWhys),
    ("infinite-hows", Term::InfiniteHows),
    ("silent-writing", Term::SilentWriting),
    ("parking-lot", Term::ParkingLot),
    ("facilitator", Term::Facilitator),
    ("scribe", Term::Scribe),
    ("stabilised", Term::Stabilised),
    ("off-the-record", Term::OffTheRecord),
    ("hand-over", Term::HandOver),
];

impl Term {
    /// The term that somebody wrote, in capitals and with spaces as they like.
    pub fn find(written: &str) -> Option<Self> {
        let name = normal(written);
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, term)| *term)
    }

    /// The name of the term that was probably meant.
    pub(super) fn nearest(written: &str) -> Option<&'static str> {
        let name = normal(written);
        let far = |known: &str| distance(known, &name);
        let (nearest, _) = NAMES.iter().min_by_key(|(known, _)| far(known))?;
        (far(nearest) <= 2).then_some(nearest)
    }
}

fn normal(written: &str) -> String {
    let words: Vec<_> = written
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|it| !it.is_empty())
        .collect();
    words.join("-").to_lowercase()
}

/// How many letters have to be put in, taken out or replaced.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

/// A marked term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The term as written; it may be unknown.
    pub term: &'a str,
    /// The words that are shown.
    pub words: &'a str,
}

/// The parts of a text: plain words, and marked terms. What is not closed is plain.
fn parts(text: &str) -> Vec<Result<Mark<'_>, &str>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inner, after)) = next_mark(rest) {
        parts.push(Err(before));
        let (term, words) = inner.split_once('|').unwrap_or((inner, inner));
        parts.push(Ok(Mark { term: term.trim(), words: words.trim() }));
        rest = after;
    }
    parts.push(Err(rest));
    parts
}

/// What is before the first mark, in it, and after it.
fn next_mark(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let end = from + text[from..].find("]]")?;
        // The last opening before it, so that a forgotten one swallows nothing.
        if let Some(start) = text[from..end].rfind("[[").map(|start| from + start) {
            return Some((&text[..start], &text[start + 2..end], &text[end + 2..]));
        }
        from = end + 2;
    }
}

/// The terms that a text marks.
pub fn marks(text: &str) -> Vec<Mark<'_>> {
    parts(text).into_iter().filter_map(Result::ok).collect()
}

/// A text as it is read aloud or exported: without marks.
pub fn plain(text: &str) -> String {
    parts(text).into_iter().map(|part| part.map_or_else(|words| words, |it| it.words)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_are_found_and_taken_away() {
        let text = "What kept us from [[Probing]] and [[ sensing | seeing it ]]?";
        let probing = Mark { term: "Probing", words: "Probing" };
        assert_eq!(marks(text), [probing, Mark { term: "sensing", words: "seeing it" }]);
        assert_eq!(plain(text), "What kept us from Probing and seeing it?");
    }

    #[test]
    fn what_is_not_closed_is_plain() {
        for text in ["[[", "]]", "a [[b", "a]] b", "[b]", "]] [["] {
            assert_eq!((marks(text), plain(text)), (vec![], text.to_owned()));
        }
        assert_eq!(plain("a ]] b [[c [[theme]]"), "a ]] b [[c theme");
        assert_eq!(plain("[[[theme]]]"), "[theme]");
        assert_eq!(plain(&"]]".repeat(1_000_000)).len(), 2_000_000);
    }

    #[test]
    fn names_are_those_on_the_wire() {
        for (name, term) in NAMES {
            assert_eq!(serde_json::json!(term), name);
            assert_eq!(Term::find(name), Some(term));
            assert!(NAMES.iter().filter(|(_, it)| *it == term).count() == 1, "{name} twice");
        }
        assert_eq!(Term::find(" Local  rationality "), Some(Term::LocalRationality));
        assert_eq!(Term::find("blame"), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(Term::nearest("probng"), Some("probing"));
        assert_eq!(Term::nearest("Turning pionts"), None);
        assert_eq!(Term::nearest("turning points"), Some("turning-point"));
        assert_eq!(Term::nearest("pizza"), None);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in r"[\[\]| a-c]{0,24}|\PC{0,24}") {
            let plain = plain(&text);
            prop_assert!(plain.len() <= text.len());
            for mark in marks(&text) {
                prop_assert!(!mark.words.contains("]]") && !mark.term.contains("[["));
            }
        }
    }
}
