//! Who did it: a person, or a machine. Told by words alone, from what stands before a verb.

use std::collections::HashSet;

use super::tokens::{Kind, Letters, Token};
use super::vocabulary::{
    BETWEEN, CONJUNCTIONS, DETERMINERS, PERSON_PRONOUNS, POSSESSIVES, PREPOSITIONS, RELATIVES,
    ROLES, SENSING, TECHNICAL_NAMES, THING_PRONOUNS, THINGS, may_open_as_name,
};

/// The words of which the names of the organisation's people are made.
#[derive(Clone, Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// From whole names: "Ada Lovelace".
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let words = names.into_iter().flat_map(|name| name.split(|c: char| !c.is_alphabetic()));
        // "de", "of" and initials are in other sentences, too.
        let is_name = |word: &&str| {
            word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase)
        };
        Self(words.filter(is_name).map(str::to_lowercase).collect())
    }
}

/// How many tokens before a verb are looked at: longer sentences are read by nobody.
const REACH: usize = 60;

/// Whom or what a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A person, a role, a team.
    Person,
    /// A thing that is said to be somebody's: "Ana's change".
    Owned,
    /// A machine, a program, or what else is nobody.
    Thing,
    /// Nobody is named.
    Unnamed,
}

/// Whether a token means a person: a pronoun, a role or a name.
pub(super) fn is_person_word(tokens: &[Token], at: usize, names: &Names) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.kind == Kind::Word) else { return false };
    let word = &token.word[..];
    if word == "one" {
        return at > 0 && tokens[at - 1].word == "no";
    }
    if token.joined && at > 0 {
        // "on-call" is a person and a call is none; a "co-lead" is one and a "cert-manager" is none.
        return match &tokens[at - 1].word[..] {
            "on" => matches!(word, "call" | "calls" | "caller"),
            "co" | "ex" | "vice" | "team" | "tech" => ROLES.contains(word),
            _ => is_name(tokens, at, names),
        };
    }
    PERSON_PRONOUNS.contains(word) || ROLES.contains(word) || is_name(tokens, at, names)
}

fn is_name(tokens: &[Token], at: usize, names: &Names) -> bool {
    let token = &tokens[at];
    if token.letters != Letters::Capital {
        return false;
    }
    let word = token.possessor().unwrap_or(&token.word);
    if names.0.contains(word) {
        return true;
    }
    if TECHNICAL_NAMES.contains(word) || THINGS.contains(word) || word.len() < 2 {
        return false;
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let opens =
        before.is_none_or(|it| it.is_break() && it.kind != Kind::Comma || it.kind == Kind::Quote);
    // "the Blue cluster" is no Blue.
    let is_described = before.is_some_and(|it| DETERMINERS.contains(&it.word[..]));
    if opens { may_open_as_name(word) } else { !is_described && !PREPOSITIONS.contains(word) }
}

/// Whether a token is the possessive of somebody: "my", "Ana's", "the team's".
pub(super) fn is_possessive(tokens: &[Token], at: usize, names: &Names) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.kind == Kind::Word) else { return false };
    POSSESSIVES.contains(&token.word[..])
        || token.possessor().is_some_and(|word| {
            ROLES.contains(word) || PERSON_PRONOUNS.contains(word) || is_name(tokens, at, names)
        })
}

/// The possessive of one person, whose thing it then is; a team has many.
fn is_owner(tokens: &[Token], at: usize, names: &Names) -> bool {
    let Some(possessor) = tokens[at].possessor() else { return false };
    is_name(tokens, at, names) || (ROLES.contains(possessor) && !is_group(possessor))
}

fn is_group(word: &str) -> bool {
    const GROUPS: [&str; 12] = [
        "team",
        "teams",
        "support",
        "operations",
        "ops",
        "devops",
        "engineering",
        "management",
        "vendor",
        "group",
        "organisation",
        "company",
    ];
    GROUPS.contains(&word)
}

/// The subject of the verb that begins at a token.
pub(super) fn subject(tokens: &[Token], verb: usize, names: &Names) -> Subject {
    let nearest = nearest(verb);
    let mut end = verb;
    while end > nearest && is_between(&tokens[end - 1]) && !is_known(&tokens[end - 1], names) {
        end -= 1;
    }
    let start = noun_phrase_before(tokens, end, nearest);
    if start < end {
        return of_noun_phrase(tokens, start, end, names);
    }
    let Some(before) = start.checked_sub(1) else { return Subject::Unnamed };
    match &tokens[before].word[..] {
        "who" | "whom" => Subject::Person,
        "which" => Subject::Thing,
        "that" => match noun_phrase_before(tokens, before, nearest) {
            start if start < before => of_noun_phrase(tokens, start, before, names),
            _ => Subject::Unnamed,
        },
        _ if matches!(tokens[before].kind, Kind::Sentence | Kind::Question) => Subject::Unnamed,
        _ => first_in_clause(tokens, verb, names),
    }
}

/// Where the noun phrase begins that ends before a token.
fn noun_phrase_before(tokens: &[Token], end: usize, nearest: usize) -> usize {
    let before = |at: &usize| ends_noun_phrase(tokens, *at);
    (nearest.min(end)..end).rev().find(before).map_or(nearest.min(end), |at| at + 1)
}

fn nearest(before: usize) -> usize {
    before.saturating_sub(REACH)
}

/// Somebody of the organisation, whatever else the name may mean: "Will".
fn is_known(token: &Token, names: &Names) -> bool {
    token.letters == Letters::Capital && names.0.contains(&token.word)
}

fn is_between(token: &Token) -> bool {
    token.kind == Kind::Word
        && (BETWEEN.contains(&token.word[..])
            || (token.word.ends_with("ly") && token.word.len() > 4))
}

fn ends_noun_phrase(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let word = &token.word[..];
    token.is_break()
        || (token.kind == Kind::Word && (CONJUNCTIONS.contains(word) || RELATIVES.contains(word)))
}

fn is_preposition(token: &Token, next: Option<&Token>) -> bool {
    PREPOSITIONS.contains(&token.word[..]) && !token.joined && !next.is_some_and(|it| it.joined)
}

/// Whom a noun phrase is about: its last word before what is said about it by a preposition.
fn of_noun_phrase(tokens: &[Token], start: usize, end: usize, names: &Names) -> Subject {
    // "At 18:43 the engineer on call": what it begins with only says when or where.
    // "The engineer leading the drill": what somebody is doing is said of them.
    let does =
        |at: usize| tokens[at].word.ends_with("ing") && is_person_word(tokens, at - 1, names);
    let cut =
        (start + 1..end).find(|&at| is_preposition(&tokens[at], tokens.get(at + 1)) || does(at));
    let mut last = cut.unwrap_or(end) - 1;
    while last > start && tokens[last].kind == Kind::Number {
        last -= 1;
    }
    let head = &tokens[last];
    let is_clear = head.kind == Kind::Word && head.possessor().is_none();
    if is_clear && is_person_word(tokens, last, names) {
        return Subject::Person;
    }
    if is_clear && (BETWEEN.contains(&head.word[..]) || DETERMINERS.contains(&head.word[..])) {
        return if start == last { Subject::Unnamed } else { Subject::Thing };
    }
    let is_owned = (start..last).any(|at| is_owner(tokens, at, names));
    if is_owned { Subject::Owned } else { Subject::Thing }
}

/// The first in a clause of whom or which it can be told what it is.
pub(super) fn first_in_clause(tokens: &[Token], before: usize, names: &Names) -> Subject {
    let parts = |at: &usize| {
        let token = &tokens[*at];
        matches!(token.kind, Kind::Clause | Kind::Sentence | Kind::Question)
    };
    let start = (nearest(before)..before).rev().find(parts).map_or(nearest(before), |at| at + 1);
    first_between(tokens, start, before, names)
}

/// The same for the clause that a conjunction begins: "that the config held the".
pub(super) fn first_in_part(tokens: &[Token], before: usize, names: &Names) -> Subject {
    let start = (nearest(before)..before).rev().find(|&at| {
        let token = &tokens[at];
        let word = &token.word[..];
        let is_break = token.is_break() && token.kind != Kind::Comma;
        is_break || (CONJUNCTIONS.contains(word) && word != "and") || word == "that"
    });
    let start = start.map_or(nearest(before), |at| at + 1);
    // Who sees something wrong did nothing.
    if tokens[start..before].iter().any(|token| SENSING.contains(&token.word[..])) {
        return Subject::Thing;
    }
    first_between(tokens, start, before, names)
}

fn first_between(tokens: &[Token], start: usize, end: usize, names: &Names) -> Subject {
    for at in start..end {
        let token = &tokens[at];
        let next_is_thing = tokens.get(at + 1).is_some_and(is_thing);
        if token.kind == Kind::Thing {
            return Subject::Thing;
        }
        if is_person_word(tokens, at, names) && token.possessor().is_none() && !next_is_thing {
            return Subject::Person;
        }
        // "the database team" is people.
        let next_is_person = is_person_word(tokens, at + 1, names) && at + 1 < end;
        let is_time = at > start && is_preposition(&tokens[at - 1], Some(token));
        if (is_thing(token) || THING_PRONOUNS.contains(&token.word[..]))
            && !next_is_person
            && !is_time
        {
            return Subject::Thing;
        }
    }
    Subject::Unnamed
}

fn is_thing(token: &Token) -> bool {
    token.kind == Kind::Thing
        || THINGS.contains(&token.word[..])
        || TECHNICAL_NAMES.contains(&token.word[..])
}

/// By whom something was done, as the words behind it say; none: they do not.
pub(super) fn agent(tokens: &[Token], after: usize, names: &Names) -> Subject {
    let mut at = after;
    while tokens.get(at).is_some_and(is_between) {
        at += 1;
    }
    if tokens.get(at).is_none_or(|token| token.word != "by") {
        return Subject::Unnamed;
    }
    let start = at + 1;
    let mut end = start;
    while end < start + REACH
        && tokens.get(end).is_some_and(|token| {
            !ends_noun_phrase(tokens, end) && !is_preposition(token, tokens.get(end + 1))
        })
    {
        end += 1;
    }
    if start == end { Subject::Unnamed } else { of_noun_phrase(tokens, start, end, names) }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    /// The subject of the first "failed" of a sentence.
    fn who(sentence: &str) -> Subject {
        let chars: Vec<char> = sentence.chars().collect();
        let tokens = tokens(&chars);
        let verb = tokens.iter().position(|token| token.word == "failed").unwrap();
        subject(&tokens, verb, &Names::new(["Will Smith", "Ada de Lovelace"]))
    }

    #[test]
    fn people() {
        for sentence in [
            "Ana failed to see it",
            "We then failed to see it",
            "At 18:45 the on-call engineer had also failed to see it",
            "The engineer on call in Lisbon failed to see it",
            "The on-call failed to see it",
            "By noon support failed to see it",
            "Ben and the database team failed to see it",
            "Chidi, who failed to see it",
            "Priya saw the graph and failed to see it",
            "Will failed to see it",
            "Yesterday Ana Souza failed to see it",
        ] {
            assert_eq!(who(sentence), Subject::Person, "{sentence}");
        }
    }

    #[test]
    fn things() {
        for sentence in [
            "The health check failed",
            "Deploys failed",
            "Redis failed to start",
            "It failed to start",
            "`payments` failed to start",
            "payments-api failed to start",
            "the node, which failed to start",
            "The script by Ana failed to start",
            "The team's pipeline failed to start",
            "Ana saw that the deploy failed to start",
            "The Blue cluster failed to start",
        ] {
            assert_eq!(who(sentence), Subject::Thing, "{sentence}");
        }
        assert_eq!(who("Ana's deploy failed to start"), Subject::Owned);
        assert_eq!(who("Failed: failed to start"), Subject::Unnamed);
    }

    fn by_whom(sentence: &str) -> Subject {
        let chars: Vec<char> = sentence.chars().collect();
        let tokens = tokens(&chars);
        let verb = tokens.iter().position(|token| token.word == "caused").unwrap();
        agent(&tokens, verb + 1, &Names::default())
    }

    #[test]
    fn agents() {
        assert_eq!(by_whom("It was caused by a full disk"), Subject::Thing);
        assert_eq!(by_whom("It was caused by an engineer in Lisbon"), Subject::Person);
        assert_eq!(by_whom("It was caused mainly by Ben"), Subject::Person);
        assert_eq!(by_whom("It was caused at night"), Subject::Unnamed);
    }
}
