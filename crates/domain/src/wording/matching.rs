//! On which condition a pattern counts.

use super::phrase::Phrase;
use super::subject::{Names, Subject, agent, first_in_part, subject};
use super::tokens::{Kind, Token};

/// How far away the end of a sentence is looked for.
const REACH: usize = 60;

/// On which condition a pattern counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Whoever did it.
    Any,
    /// A person, role or team did it.
    Person,
    /// A person did it, or nobody is named.
    Human,
    /// A person did it, or a thing that is said to be somebody's.
    Owned,
    /// It was done, and not by a thing.
    Done,
    /// It was done by a person.
    DoneBy,
    /// The clause is about a person.
    Clause,
    /// The sentence asks nothing.
    Statement,
}

/// A pattern with its condition.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) phrase: Phrase,
    pub(super) when: When,
}

impl Pattern {
    /// The token behind the pattern, if it is here.
    pub(super) fn end_at(&self, tokens: &[Token], at: usize, names: &Names) -> Option<usize> {
        let place = super::phrase::Place { tokens, names };
        let end = self.phrase.end_at(place, at).filter(|end| *end > at)?;
        let is_whole = !tokens[at].joined && !tokens.get(end).is_some_and(|next| next.joined);
        (is_whole && self.holds(tokens, at, end, names)).then_some(end)
    }

    fn holds(&self, tokens: &[Token], at: usize, end: usize, names: &Names) -> bool {
        match self.when {
            When::Any => true,
            When::Person => subject(tokens, at, names) == Subject::Person,
            When::Human => {
                matches!(subject(tokens, at, names), Subject::Person | Subject::Unnamed)
            }
            When::Owned => matches!(subject(tokens, at, names), Subject::Person | Subject::Owned),
            When::Done => agent(tokens, end, names) != Subject::Thing,
            When::DoneBy => matches!(agent(tokens, end, names), Subject::Person | Subject::Owned),
            When::Clause => first_in_part(tokens, at, names) == Subject::Person,
            When::Statement => !is_asked(tokens, end),
        }
    }
}

fn is_asked(tokens: &[Token], from: usize) -> bool {
    let end = tokens[from..]
        .iter()
        .take(REACH)
        .find(|token| matches!(token.kind, Kind::Sentence | Kind::Question));
    end.is_some_and(|token| token.kind == Kind::Question)
}
