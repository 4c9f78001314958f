//! Finding the wordings of a text.

use super::lexicon::Lexicon;
use super::subject::Names;
use super::tokens::{Kind, tokens};
use super::{Family, Field};

/// A wording, and what to ask instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it begins, in Unicode scalar values.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it does to a conversation.
    pub family: Family,
    /// The better question.
    pub question: String,
}

struct Match<'l> {
    from: usize,
    to: usize,
    family: Family,
    question: &'l str,
}

/// The wordings of a text in their order; none overlaps another.
pub fn check(text: &str, field: Field, lexicon: &Lexicon, names: &Names) -> Vec<Finding> {
    if field == Field::Evidence {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let tokens = tokens(&chars);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word {
            continue;
        }
        for (entry, pattern) in lexicon.candidates(&token.word) {
            if entry.fine_in_actions && field == Field::Action {
                continue;
            }
            if let Some(to) = pattern.end_at(&tokens, at, names) {
                let (family, question) = (entry.family, &entry.question[..]);
                found.push(Match { from: at, to, family, question });
            }
        }
    }
    // Of those at one place the longest says the most.
    found.sort_by(|a, b| a.from.cmp(&b.from).then(b.to.cmp(&a.to)));
    let mut free = 0;
    let mut findings = Vec::new();
    for it in found {
        if it.from < free {
            continue;
        }
        free = it.to;
        findings.push(Finding {
            start: tokens[it.from].start,
            end: tokens[it.to - 1].end,
            family: it.family,
            question: it.question.to_owned(),
        });
    }
    findings
}
