//! The language in which patterns are written: words, and a few signs.
//!
//! | sign | means |
//! |---|---|
//! | `overlook*` | a word that begins so |
//! | `bad\|poor` | one or the other |
//! | `very?` | a word that may be missing |
//! | `…` or `...` | up to four other words |
//!
//! It is no regular expression on purpose: people read it, and however it is written it is matched
//! in a bounded number of steps. The built-in list also uses signs of its own: `^` the beginning of
//! a clause, `!a|b` neither of these next, `<a|b` neither of these before, `=a` this next without
//! being marked, and the classes in [`Alternative`].

use super::subject::is_person_word;
use super::tokens::{Kind, Token};
use super::vocabulary::is_participle;

/// How many words a gap stands for at most.
const LONGEST_GAP: usize = 4;
const MOST_WORDS: usize = 12;
const MOST_ALTERNATIVES: usize = 12;
/// What multiplies the ways in which a phrase can match.
const MOST_LOOSE: usize = 4;
const LONGEST_WORD: usize = 40;

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// Nothing is in it that could be found.
    #[error("it names no word")]
    Empty,
    /// More than anybody could read.
    #[error("it is too long: use at most 12 words, with at most 12 choices for each")]
    TooLong,
    /// It would match in too many ways.
    #[error("it is too loose: use “…” and “?” at most 4 times together")]
    TooLoose,
    /// A sign that means nothing here.
    #[error("“{0}” cannot be read: use words, “*” at the end of one, “|”, “?” and “…”")]
    Sign(String),
}

/// One of the words that may stand somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Alternative {
    Exact(String),
    Prefix(String),
    /// `@past`: a past participle.
    Past,
    /// `@person`: a pronoun, a name or a role.
    Person,
    /// `@whose`: the possessive of somebody.
    Whose,
}

type Alternatives = Vec<Alternative>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    One(Alternatives),
    Maybe(Alternatives),
    Gap,
    Begins,
    NotNext(Alternatives),
    NotBefore(Alternatives),
    Next(Alternatives),
}

/// A pattern that can be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase(Vec<Piece>);

/// What a phrase is looked for in.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) names: &'t super::Names,
}

impl Phrase {
    /// Reads a team's own pattern.
    pub(super) fn parse(text: &str) -> Result<Self, PhraseError> {
        if let Some(sign) =
            text.split_whitespace().find(|word| word.contains(['^', '!', '<', '=', '@']))
        {
            return Err(PhraseError::Sign(sign.to_owned()));
        }
        let choices = |word: &str| word.split('|').count();
        if text.split_whitespace().any(|word| choices(word) > MOST_ALTERNATIVES) {
            return Err(PhraseError::TooLong);
        }
        Self::read(text)
    }

    /// Reads a pattern of the built-in list, in which a word may have more choices.
    pub(super) fn read(text: &str) -> Result<Self, PhraseError> {
        let spaced =
            text.replace("...", "…").replace('…', " … ").replace('-', " ").replace('’', "'");
        let words = spaced.split_whitespace().map(parted).collect::<Result<Vec<_>, _>>()?;
        let pieces = words.iter().flatten().map(|it| piece(it)).collect::<Result<Vec<_>, _>>()?;
        let words = pieces.iter().filter(|piece| matches!(piece, Piece::One(_))).count();
        let loose = pieces.iter().filter(|it| matches!(it, Piece::Gap | Piece::Maybe(_))).count();
        if words == 0 {
            return Err(PhraseError::Empty);
        }
        if pieces.len() > MOST_WORDS {
            return Err(PhraseError::TooLong);
        }
        if loose > MOST_LOOSE {
            return Err(PhraseError::TooLoose);
        }
        Ok(Self(pieces))
    }

    /// The words with which it can begin; `None`: with others, too.
    pub(super) fn openers(&self) -> Option<impl Iterator<Item = &str>> {
        let zero_width =
            |it: &&Piece| matches!(it, Piece::Begins | Piece::NotNext(_) | Piece::NotBefore(_));
        let first = self.0.iter().find(|it| !zero_width(it))?;
        let Piece::One(alternatives) = first else { return None };
        let exact = |it| matches!(it, &Alternative::Exact(_));
        alternatives.iter().all(exact).then(|| {
            alternatives.iter().filter_map(|it| match it {
                Alternative::Exact(word) => Some(&word[..]),
                _ => None,
            })
        })
    }

    /// The token behind the phrase, if it begins at this one.
    pub(super) fn end_at(&self, place: Place<'_>, at: usize) -> Option<usize> {
        matches(&self.0, place, at)
    }
}

/// A word as texts are read: "didn't" is "did" and "not".
fn parted(word: &str) -> Result<Vec<String>, PhraseError> {
    for (ending, second) in [("n't", "not"), ("'ve", "have")] {
        let choices = || word.split('|');
        if choices().all(|choice| choice.ends_with(ending)) {
            let first = |choice: &str| match choice {
                "can't" => "can".to_owned(),
                "won't" => "will".to_owned(),
                _ => choice.trim_end_matches(ending).to_owned(),
            };
            let firsts: Vec<_> = choices().map(first).collect();
            return Ok(vec![firsts.join("|"), second.to_owned()]);
        }
        if choices().any(|choice| choice.ends_with(ending)) {
            return Err(PhraseError::Sign(word.to_owned()));
        }
    }
    Ok(vec![word.to_owned()])
}

fn piece(text: &str) -> Result<Piece, PhraseError> {
    if text == "…" {
        return Ok(Piece::Gap);
    }
    if text == "^" {
        return Ok(Piece::Begins);
    }
    if let Some(rest) = text.strip_prefix('!') {
        return Ok(Piece::NotNext(alternatives(rest, text)?));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Ok(Piece::NotBefore(alternatives(rest, text)?));
    }
    if let Some(rest) = text.strip_prefix('=') {
        return Ok(Piece::Next(alternatives(rest, text)?));
    }
    match text.strip_suffix('?') {
        Some(rest) => Ok(Piece::Maybe(alternatives(rest, text)?)),
        None => Ok(Piece::One(alternatives(text, text)?)),
    }
}

fn alternatives(text: &str, whole: &str) -> Result<Alternatives, PhraseError> {
    text.split('|').map(|word| alternative(word, whole)).collect()
}

fn alternative(word: &str, whole: &str) -> Result<Alternative, PhraseError> {
    match word {
        "@past" => return Ok(Alternative::Past),
        "@person" => return Ok(Alternative::Person),
        "@whose" => return Ok(Alternative::Whose),
        _ => {}
    }
    let word = word.to_lowercase();
    let (stem, is_prefix) = match word.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (&word[..], false),
    };
    if stem.chars().count() > LONGEST_WORD {
        return Err(PhraseError::TooLong);
    }
    let is_word = !stem.is_empty() && stem.chars().all(|c| c.is_alphabetic() || c == '\'');
    // One letter and anything behind it would be found everywhere.
    if !is_word || (is_prefix && stem.chars().count() < 3) {
        return Err(PhraseError::Sign(whole.to_owned()));
    }
    let stem = stem.to_owned();
    Ok(if is_prefix { Alternative::Prefix(stem) } else { Alternative::Exact(stem) })
}

fn matches(pieces: &[Piece], place: Place<'_>, at: usize) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(at) };
    let here = |them: &Alternatives, at: usize| is_one_of(them, place, at);
    match piece {
        Piece::One(them) => here(them, at).then(|| matches(rest, place, at + 1)).flatten(),
        Piece::Maybe(them) => {
            let with = here(them, at).then(|| matches(rest, place, at + 1)).flatten();
            with.or_else(|| matches(rest, place, at))
        }
        Piece::Gap => (0..=LONGEST_GAP)
            .take_while(|n| {
                *n == 0 || place.tokens.get(at + n - 1).is_some_and(|it| !it.is_break())
            })
            .find_map(|n| matches(rest, place, at + n)),
        Piece::Begins => {
            begins_clause(place.tokens, at).then(|| matches(rest, place, at)).flatten()
        }
        Piece::NotNext(them) => (!here(them, at)).then(|| matches(rest, place, at)).flatten(),
        Piece::NotBefore(them) => {
            let before = at.checked_sub(1).is_some_and(|before| here(them, before));
            (!before).then(|| matches(rest, place, at)).flatten()
        }
        // What follows without being marked can only be the last.
        Piece::Next(them) => here(them, at).then_some(at),
    }
}

fn begins_clause(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    before.is_break() || matches!(&before.word[..], "and" | "but")
}

fn is_one_of(them: &Alternatives, place: Place<'_>, at: usize) -> bool {
    let Some(token) = place.tokens.get(at) else { return false };
    let is_word = token.kind == Kind::Word;
    them.iter().any(|it| match it {
        Alternative::Exact(word) => is_word && token.word == *word,
        Alternative::Prefix(stem) => is_word && token.word.starts_with(&stem[..]),
        Alternative::Past => is_word && is_participle(&token.word),
        Alternative::Person => is_person_word(place.tokens, at, place.names),
        Alternative::Whose => super::subject::is_possessive(place.tokens, at, place.names),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Names;
    use super::*;

    fn finds(pattern: &str, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let tokens = super::super::tokens::tokens(&chars);
        let names = Names::default();
        let place = Place { tokens: &tokens, names: &names };
        let phrase = Phrase::parse(pattern).unwrap();
        (0..tokens.len()).any(|at| phrase.end_at(place, at).is_some())
    }

    #[test]
    fn what_the_signs_mean() {
        assert!(finds("overlook*", "It was Overlooked."));
        assert!(finds("bad|poor choice", "a poor choice"));
        assert!(!finds("bad|poor choice", "a good choice"));
        assert!(
            finds("be very? careful", "be careful") && finds("be very? careful", "Be very careful")
        );
        assert!(finds("take … down", "take the whole site down"));
        assert!(!finds("take … down", "take one two three four five down"));
        assert!(!finds("take … down", "take it. Sit down"));
        assert!(finds("didn't ask", "they did not ask"));
        assert!(finds("can’t|won’t say", "we won't say"));
        assert!(finds("half-baked", "a half-baked idea"));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let error = |text: &str| Phrase::parse(text).unwrap_err();
        assert_eq!(error("  "), PhraseError::Empty);
        assert_eq!(error("…"), PhraseError::Empty);
        assert_eq!(error(&"a ".repeat(13)), PhraseError::TooLong);
        assert_eq!(error("a … b … c … d … e … f"), PhraseError::TooLoose);
        for sign in ["(a+)+", "a*", "^had", "@person", "a||b", "a.b", "don't|never say"] {
            assert!(matches!(error(sign), PhraseError::Sign(_)), "{sign}");
        }
    }
}
