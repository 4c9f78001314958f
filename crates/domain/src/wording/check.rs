//! Finding the wordings of a text.

use super::lexicon::Lexicon;
use super::subject::Names;
use super::tokens::{Kind, tokens};
use super::{Family, Field};
use crate::action::bare::bare;

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
            if entry.fine_in_actions && field.looks_ahead() {
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
    // One question at a time: a wording comes first, and the task may be fine without it.
    if field == Field::ActionTitle && findings.is_empty() {
        findings.extend(bare_task(&chars, text));
    }
    findings
}

fn bare_task(chars: &[char], text: &str) -> Option<Finding> {
    let question = bare(text)?.question().to_owned();
    let start = chars.iter().position(|c| !c.is_whitespace())?;
    let end = chars.iter().rposition(|c| !c.is_whitespace())? + 1;
    Some(Finding { start, end, family: Family::BareTask, question })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Edits;

    #[test]
    fn a_bare_task_is_asked_about_in_the_title_of_an_action_alone() {
        let (lexicon, names) = (Lexicon::new(&Edits::default()), Names::new([]));
        let found = |text, field| check(text, Field::named(field), &lexicon, &names);
        let title = "  Investigate the ålerts ";
        let [finding] = &found(title, "action_title")[..] else { panic!("one finding") };
        assert_eq!((finding.start, finding.end), (2, 24));
        assert_eq!(finding.family, Family::BareTask);
        for field in ["action", "text", "said"] {
            assert!(found(title, field).is_empty(), "{field}");
        }
        // A wording has a question of its own.
        let families: Vec<_> =
            found("Be more careful", "action_title").iter().map(|it| it.family).collect();
        assert_eq!(families, [Family::PrematureFix]);
        assert!(found("Add an alert that should page on-call", "action_title").is_empty());
    }
}
