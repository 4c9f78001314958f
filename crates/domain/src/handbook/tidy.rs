//! Words as they are kept: without the spaces and empty lines that editing leaves behind.

use super::{Check, Handbook, Prompt, PromptGroup, Sign, Step};

impl Handbook {
    /// The same words without spaces at their ends, without line breaks, and without lines that
    /// say nothing.
    #[must_use]
    pub fn tidied(self) -> Self {
        Self {
            name: one_line(&self.name),
            when: one_line(&self.when),
            before: lines(&self.before),
            steps: self.steps.into_iter().map(step).collect(),
            prompts: self.prompts.into_iter().map(group).collect(),
            signs: signs(self.signs),
            after: lines(&self.after),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect()
}

fn signs(signs: Vec<Sign>) -> Vec<Sign> {
    let tidy = |it: Sign| Sign { sign: one_line(&it.sign), moves: one_line(&it.moves) };
    let says = |it: &Sign| !(it.sign.is_empty() && it.moves.is_empty());
    signs.into_iter().map(tidy).filter(says).collect()
}

fn step(step: Step) -> Step {
    let tidy = |it: Check| Check { text: one_line(&it.text), ..it };
    Step {
        id: step.id,
        part: step.part,
        title: one_line(&step.title),
        purpose: one_line(&step.purpose),
        minutes: step.minutes,
        say: lines(&step.say),
        prompts: lines(&step.prompts),
        checks: step.checks.into_iter().map(tidy).filter(|it| !it.text.is_empty()).collect(),
        signs: signs(step.signs),
    }
}

fn group(group: PromptGroup) -> PromptGroup {
    let tidy = |it: Prompt| Prompt { text: one_line(&it.text), ..it };
    PromptGroup {
        title: one_line(&group.title),
        prompts: group.prompts.into_iter().map(tidy).filter(|it| !it.text.is_empty()).collect(),
        ..group
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::handbook::generated;

    #[test]
    fn what_says_nothing_goes() {
        assert_eq!(lines(&["  a\n b ".to_owned(), " \t".to_owned()]), ["a b"]);
        let empty = Sign { sign: " ".to_owned(), moves: String::new() };
        let half = Sign { sign: " Silence. ".to_owned(), moves: String::new() };
        let kept = signs(vec![empty, half]);
        assert_eq!(kept.len(), 1, "half a sign is asked about and not thrown away");
        assert_eq!(kept[0].sign, "Silence.");
    }

    proptest! {
        #[test]
        fn tidying_twice_is_tidying_once(handbook in generated::handbook()) {
            let once = handbook.tidied();
            prop_assert_eq!(once.clone().tidied(), once);
        }
    }
}
