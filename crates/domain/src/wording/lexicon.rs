//! The list: what is built in, and what a team made of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Family;
use super::builtin::{self, Builtin};
use super::matching::{Pattern, When};
use super::phrase::{Phrase, PhraseError};

/// How much a team's own list may hold.
pub mod limits {
    /// Entries of its own.
    pub const OWN: usize = 200;
    /// Characters of a pattern.
    pub const PATTERN: usize = 200;
    /// Characters of a question.
    pub const QUESTION: usize = 200;
    /// Phrases of one entry.
    pub const PHRASES: usize = 8;
    /// Characters of an entry's id.
    pub const ID: usize = 60;
}

/// What a team changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WordingEdits)]
#[serde(default)]
pub struct Edits {
    /// Ids of built-in entries that are switched off.
    pub off: BTreeSet<String>,
    /// Better questions for built-in entries, by their ids.
    pub questions: BTreeMap<String, String>,
    /// The team's own entries.
    pub own: Vec<OwnEntry>,
}

/// An entry of a team's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OwnWording)]
pub struct OwnEntry {
    /// Unlike every other's; made by whoever adds it.
    pub id: String,
    /// What it does to a conversation.
    pub family: Family,
    /// Words, with `*` at the end of one, `a|b`, `word?` and `…`; several patterns with commas.
    pub pattern: String,
    /// What to ask instead.
    pub question: String,
    /// It counts only with a person, a role or a team as the subject.
    #[serde(default)]
    pub people_only: bool,
    /// It is looked for.
    #[serde(default = "yes")]
    pub on: bool,
}

fn yes() -> bool {
    true
}

/// Why a team's list cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditsError {
    /// An id that no built-in entry has.
    #[error("there is no built-in entry “{0}”")]
    Unknown(String),
    /// Two entries have it, or it is not short and plain.
    #[error(
        "the id “{0}” is taken or cannot be used: take 1 to 60 lower-case letters, digits, hyphens"
    )]
    Id(String),
    /// A question that is empty or too long.
    #[error("the question beside “{0}” needs 1 to 200 characters")]
    Question(String),
    /// A pattern that cannot be looked for.
    #[error("the pattern “{0}” cannot be used: {1}")]
    Pattern(String, PhraseError),
    /// More than a list should hold.
    #[error("a list holds at most 200 entries of your own")]
    TooMany,
}

/// An entry as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// What it does to a conversation.
    pub family: Family,
    /// The pattern, as people read it.
    pub pattern: String,
    /// What to ask instead.
    pub question: String,
    /// The question that it came with, where the team has another one.
    pub original: Option<String>,
    /// It counts only with a person, a role or a team as the subject.
    pub people_only: bool,
    /// The team's own.
    pub own: bool,
    /// It is looked for.
    pub on: bool,
}

/// An entry that is looked for.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) family: Family,
    pub(super) question: String,
    pub(super) fine_in_actions: bool,
    patterns: Vec<Pattern>,
}

/// Where a pattern stands: of which entry, which of its patterns.
type Address = (usize, usize);

/// The list, ready to be looked for in a text.
#[derive(Debug)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// By the word with which it begins.
    by_word: HashMap<String, Vec<Address>>,
    /// Those that begin with more words than can be named.
    open: Vec<Address>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new(&Edits::default())
    }
}

impl Lexicon {
    /// The built-in list with a team's changes. What of these cannot be used is left out.
    pub fn new(edits: &Edits) -> Self {
        let builtin = builtin::entries().filter(|it| !edits.off.contains(it.id)).map(|it| Entry {
            family: it.family,
            question: question_of(it, edits).to_owned(),
            fine_in_actions: it.fine_in_actions,
            patterns: it.patterns.iter().filter_map(built_in_pattern).collect(),
        });
        let own = edits.own.iter().filter(|it| it.on).map(|it| Entry {
            family: it.family,
            question: it.question.trim().to_owned(),
            fine_in_actions: false,
            patterns: own_patterns(it).unwrap_or_default(),
        });
        let mut lexicon = Self {
            entries: builtin.chain(own).collect(),
            by_word: HashMap::new(),
            open: Vec::new(),
        };
        lexicon.index();
        lexicon
    }

    fn index(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            for (number, pattern) in entry.patterns.iter().enumerate() {
                let address = (at, number);
                match pattern.phrase.openers() {
                    Some(words) => {
                        for word in words {
                            self.by_word.entry(word.to_owned()).or_default().push(address);
                        }
                    }
                    None => self.open.push(address),
                }
            }
        }
    }

    /// The patterns that may begin with a word.
    pub(super) fn candidates(&self, word: &str) -> impl Iterator<Item = (&Entry, &Pattern)> {
        let named = self.by_word.get(word).into_iter().flatten();
        named.chain(&self.open).map(|&(at, number)| {
            let entry = &self.entries[at];
            (entry, &entry.patterns[number])
        })
    }

    /// Every entry with a team's changes, also those that are switched off.
    pub fn listed(edits: &Edits) -> Vec<Listed> {
        let builtin = builtin::entries().map(|it| Listed {
            id: it.id.to_owned(),
            family: it.family,
            pattern: it.shown.to_owned(),
            question: question_of(it, edits).to_owned(),
            original: edits.questions.contains_key(it.id).then(|| it.question.to_owned()),
            people_only: false,
            own: false,
            on: !edits.off.contains(it.id),
        });
        let own = edits.own.iter().map(|it| Listed {
            id: it.id.clone(),
            family: it.family,
            pattern: it.pattern.clone(),
            question: it.question.clone(),
            original: None,
            people_only: it.people_only,
            own: true,
            on: it.on,
        });
        builtin.chain(own).collect()
    }
}

impl Edits {
    /// Refuses what cannot be used, and drops what changes nothing.
    pub fn checked(mut self) -> Result<Self, EditsError> {
        let known = |id: &String| builtin::entries().find(|it| it.id == id);
        if let Some(id) = self.off.iter().find(|id| known(id).is_none()) {
            return Err(EditsError::Unknown(id.clone()));
        }
        for (id, question) in &self.questions {
            let entry = known(id).ok_or_else(|| EditsError::Unknown(id.clone()))?;
            check_question(question, entry.shown)?;
        }
        self.questions.retain(|id, question| known(id).is_some_and(|it| it.question != question));
        if self.own.len() > limits::OWN {
            return Err(EditsError::TooMany);
        }
        let mut ids = BTreeSet::new();
        for own in &self.own {
            let is_free = builtin::entries().all(|it| it.id != own.id) && ids.insert(&own.id);
            if !is_free || !is_plain(&own.id) {
                return Err(EditsError::Id(own.id.clone()));
            }
            check_question(&own.question, &own.pattern)?;
            own_patterns(own).map_err(|error| EditsError::Pattern(own.pattern.clone(), error))?;
        }
        Ok(self)
    }
}

fn question_of<'e>(entry: &'static Builtin, edits: &'e Edits) -> &'e str {
    edits.questions.get(entry.id).map_or(entry.question, |question| question)
}

fn is_plain(id: &str) -> bool {
    (1..=limits::ID).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn check_question(question: &str, beside: &str) -> Result<(), EditsError> {
    let fits = (1..=limits::QUESTION).contains(&question.trim().chars().count())
        && question.chars().count() <= limits::QUESTION;
    if fits { Ok(()) } else { Err(EditsError::Question(beside.chars().take(80).collect())) }
}

fn built_in_pattern((when, text): &(When, &str)) -> Option<Pattern> {
    let phrase = Phrase::read(text).ok()?;
    Some(Pattern { phrase, when: *when })
}

fn own_patterns(entry: &OwnEntry) -> Result<Vec<Pattern>, PhraseError> {
    if entry.pattern.chars().count() > limits::PATTERN {
        return Err(PhraseError::TooLong);
    }
    let when = if entry.people_only { When::Person } else { When::Any };
    let texts: Vec<_> =
        entry.pattern.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    if texts.is_empty() {
        return Err(PhraseError::Empty);
    }
    if texts.len() > limits::PHRASES {
        return Err(PhraseError::TooLong);
    }
    texts.into_iter().map(|text| Ok(Pattern { phrase: Phrase::parse(text)?, when })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str, pattern: &str) -> OwnEntry {
        OwnEntry {
            id: id.to_owned(),
            family: Family::Blame,
            pattern: pattern.to_owned(),
            question: "What happened before?".to_owned(),
            people_only: false,
            on: true,
        }
    }

    fn with_own(entries: Vec<OwnEntry>) -> Result<Edits, EditsError> {
        Edits { own: entries, ..Edits::default() }.checked()
    }

    #[test]
    fn every_built_in_pattern_can_be_read() {
        for entry in builtin::entries() {
            for (_, text) in entry.patterns {
                assert!(Phrase::read(text).is_ok(), "{}: {text}", entry.id);
            }
        }
    }

    #[test]
    fn the_built_in_list_is_whole() {
        let ids: BTreeSet<_> = builtin::entries().map(|it| it.id).collect();
        assert_eq!(ids.len(), builtin::entries().count(), "an id stands there twice");
        assert_eq!(ids.len(), 56);
        assert!(ids.iter().all(|id| is_plain(id)));
        let families: BTreeSet<_> = builtin::entries().map(|it| it.family).collect();
        assert_eq!(families, BTreeSet::from(Family::ALL));
    }

    #[test]
    fn a_list_that_cannot_be_used_is_refused() {
        let off = |id: &str| Edits { off: [id.to_owned()].into(), ..Edits::default() }.checked();
        assert!(off("blame").is_ok());
        assert_eq!(off("blam"), Err(EditsError::Unknown("blam".to_owned())));
        let id = |id: &str| with_own(vec![own(id, "the usual suspects")]);
        assert!(id("usual").is_ok());
        for taken in ["blame", "Usual", "", &"x".repeat(61)] {
            assert_eq!(id(taken), Err(EditsError::Id(taken.to_owned())));
        }
        let twice = with_own(vec![own("a", "one thing"), own("a", "another thing")]);
        assert_eq!(twice, Err(EditsError::Id("a".to_owned())));
        let pattern = |text: &str| with_own(vec![own("a", text)]);
        for text in ["", " , ", "(a|b)+", "a, b, c, d, e, f, g, h, i", &"word ".repeat(41)] {
            assert!(matches!(pattern(text), Err(EditsError::Pattern(..))), "{text}");
        }
        let many = (0..=limits::OWN).map(|n| own(&format!("n{n}"), "usual suspects")).collect();
        assert_eq!(with_own(many), Err(EditsError::TooMany));
        let unasked = OwnEntry { question: " ".to_owned(), ..own("a", "usual suspects") };
        assert!(matches!(with_own(vec![unasked]), Err(EditsError::Question(_))));
    }

    #[test]
    fn a_question_like_the_built_in_one_is_no_change() {
        let same = builtin::entries().next().map(|it| (it.id.to_owned(), it.question.to_owned()));
        let edits = Edits { questions: same.into_iter().collect(), ..Edits::default() };
        assert_eq!(edits.checked(), Ok(Edits::default()));
    }
}
