//! What a handbook has to be like, and what to do where it is not.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use super::marks::{Term, marks};
use super::{Handbook, PromptGroup, Sign, Step};

const STEPS: RangeInclusive<usize> = 1..=40;
const MINUTES: RangeInclusive<u32> = 1..=240;
const LONGEST_ID: usize = 60;
const NAME: usize = 80;
const PARAGRAPH: usize = 600;
const SPEECH: usize = 1200;
const LINE: usize = 400;
/// How many lines a step, a group or the handbook may have of a sort.
const MOST_LINES: usize = 60;
const MOST_GROUPS: usize = 30;

/// Something in a handbook that cannot be kept, in words for whoever edits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is: “Step 3, Look further back”.
    pub place: String,
    /// What to do.
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.says)
    }
}

impl Handbook {
    /// What has to be put right before it can be kept, from the top to the bottom.
    pub fn faults(&self) -> Vec<Fault> {
        let mut at = Checker { place: "The handbook".to_owned(), faults: Vec::new() };
        at.words("name", &self.name, 1, NAME);
        at.words("words on when it fits", &self.when, 1, PARAGRAPH);
        at.lines("preparation", &self.before, SPEECH);
        at.lines("follow-up", &self.after, SPEECH);
        at.steps(&self.steps);
        at.go_to("The prompt cards");
        at.groups(&self.prompts);
        at.go_to("Signs for every step");
        at.signs(&self.signs);
        at.faults
    }
}

struct Checker {
    place: String,
    faults: Vec<Fault>,
}

impl Checker {
    fn go_to(&mut self, place: impl Into<String>) {
        self.place = place.into();
    }

    fn say(&mut self, says: impl Into<String>) {
        self.faults.push(Fault { place: self.place.clone(), says: says.into() });
    }

    fn words(&mut self, what: &str, text: &str, least: usize, most: usize) {
        let length = text.chars().count();
        if length < least {
            self.say(format!("the {what} is empty; write a few words"));
        } else if length > most {
            self.say(format!("the {what} has {length} characters; {most} is the most"));
        }
        for mark in marks(text) {
            if Term::find(mark.term).is_none() {
                let advice = match Term::nearest(mark.term) {
                    Some(near) => format!("did you mean [[{near}]]?"),
                    None => "take the brackets away, or mark a term that is in it".to_owned(),
                };
                self.say(format!("“{}” is not in the glossary; {advice}", mark.term));
            }
        }
    }

    fn lines(&mut self, what: &str, lines: &[String], most: usize) {
        self.count(what, lines.len());
        for line in lines {
            self.words(&format!("{what} “{}”", beginning(line)), line, 1, most);
        }
    }

    fn count(&mut self, what: &str, count: usize) {
        if count > MOST_LINES {
            self.say(format!("there are {count} lines of {what}; {MOST_LINES} is the most"));
        }
    }

    fn signs(&mut self, signs: &[Sign]) {
        self.count("signs", signs.len());
        for sign in signs {
            self.words("sign", &sign.sign, 1, LINE);
            let what = format!("move for “{}”", beginning(&sign.sign));
            self.words(&what, &sign.moves, 1, PARAGRAPH);
        }
    }

    fn id(&mut self, id: &str, taken: &mut BTreeSet<String>) {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !(1..=LONGEST_ID).contains(&id.len()) || !id.bytes().all(plain) {
            let most = LONGEST_ID;
            let id = beginning(id);
            self.say(format!(
                "the id “{id}” cannot be used; take 1 to {most} lower-case letters, digits and \
                 hyphens"
            ));
        } else if !taken.insert(id.to_owned()) {
            self.say(format!("the id “{id}” stands there twice; each needs one of its own"));
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        if steps.is_empty() {
            self.say("there is no step; add at least one");
        } else if !STEPS.contains(&steps.len()) {
            let (count, most) = (steps.len(), STEPS.end());
            self.say(format!("there are {count} steps; {most} is the most, so join some"));
        }
        let mut ids = BTreeSet::new();
        let mut before: Option<&Step> = None;
        for (number, step) in (1..).zip(steps) {
            self.go_to(format!("Step {number}, {}", name_of(step)));
            self.step(step, &mut ids);
            if let Some(before) = before.filter(|before| before.part > step.part) {
                self.say(format!(
                    "“{}” comes before “{}” in a meeting; move this step up, or choose another \
                     part for it",
                    step.part.words(),
                    before.part.words()
                ));
            }
            before = Some(step);
        }
    }

    fn step(&mut self, step: &Step, ids: &mut BTreeSet<String>) {
        self.id(&step.id, ids);
        self.words("title", &step.title, 1, NAME);
        self.words("purpose", &step.purpose, 1, PARAGRAPH);
        if !MINUTES.contains(&step.minutes) {
            let (least, most) = (MINUTES.start(), MINUTES.end());
            self.say(format!("{} minutes cannot be; give {least} to {most}", step.minutes));
        }
        self.lines("speech", &step.say, SPEECH);
        self.lines("question", &step.prompts, LINE);
        self.count("checks", step.checks.len());
        let mut checks = BTreeSet::new();
        for check in &step.checks {
            self.id(&check.id, &mut checks);
            self.words("check", &check.text, 1, LINE);
        }
        self.signs(&step.signs);
    }

    fn groups(&mut self, groups: &[PromptGroup]) {
        if groups.len() > MOST_GROUPS {
            self.say(format!("there are {} groups; {MOST_GROUPS} is the most", groups.len()));
        }
        let mut ids = BTreeSet::new();
        for group in groups {
            self.id(&group.id, &mut ids);
            self.words("group's title", &group.title, 1, NAME);
            self.count("questions", group.prompts.len());
            for prompt in &group.prompts {
                let what = format!("question “{}”", beginning(&prompt.text));
                self.words(&what, &prompt.text, 1, LINE);
            }
        }
    }
}

fn name_of(step: &Step) -> String {
    if step.title.is_empty() { "which has no title".to_owned() } else { beginning(&step.title) }
}

/// Enough of a text to recognise it.
fn beginning(text: &str) -> String {
    const ENOUGH: usize = 40;
    let mut beginning: String = text.chars().take(ENOUGH).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::handbook::{Part, built_in, generated};

    fn usual() -> Handbook {
        built_in()[0].handbook.clone()
    }

    type Case = (fn(&mut Handbook), &'static str);

    fn said(change: impl FnOnce(&mut Handbook)) -> Vec<String> {
        let mut handbook = usual();
        change(&mut handbook);
        handbook.faults().iter().map(Fault::to_string).collect()
    }

    #[test]
    fn a_fault_says_where_it_is_and_what_to_do() {
        assert_eq!(said(|_| ()), [""; 0]);
        let cases: [Case; 12] = [
            (|it| it.name.clear(), "The handbook: the name is empty; write a few words"),
            (|it| it.steps.clear(), "The handbook: there is no step; add at least one"),
            (
                |it| it.steps[1].minutes = 0,
                "Step 2, Walk through it together: 0 minutes cannot be; give 1 to 240",
            ),
            (
                |it| it.steps[0].title.clear(),
                "Step 1, which has no title: the title is empty; write a few words",
            ),
            (
                |it| it.steps[0].title = "x".repeat(81),
                "Step 1, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…: the title has 81 characters; 80 \
                 is the most",
            ),
            (
                |it| it.steps[2].id = "welcome".to_owned(),
                "Step 3, Look further back: the id “welcome” stands there twice; each needs one of \
                 its own",
            ),
            (
                |it| it.steps[2].id = "Look Back".to_owned(),
                "Step 3, Look further back: the id “Look Back” cannot be used; take 1 to 60 \
                 lower-case letters, digits and hyphens",
            ),
            (
                |it| it.steps[1].part = Part::Close,
                "Step 3, Look further back: “Objective record” comes before “Closing” in a meeting; \
                 move this step up, or choose another part for it",
            ),
            (
                |it| it.steps[0].checks[1].id = it.steps[0].checks[0].id.clone(),
                "Step 1, Welcome: the id “consent” stands there twice; each needs one of its own",
            ),
            (
                |it| it.signs[8].moves.clear(),
                "Signs for every step: the move for “Silence.” is empty; write a few words",
            ),
            (
                |it| it.steps[0].purpose = "It is [[hindsigth]].".to_owned(),
                "Step 1, Welcome: “hindsigth” is not in the glossary; did you mean [[hindsight]]?",
            ),
            (
                |it| it.steps[0].say = vec!["[[Pizza]] first.".to_owned()],
                "Step 1, Welcome: “Pizza” is not in the glossary; take the brackets away, or mark a \
                 term that is in it",
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(said(change), [expected]);
        }
    }

    #[test]
    fn too_much_is_refused() {
        let many = said(|it| {
            let step = it.steps[0].clone();
            let named = |n| Step { id: format!("s{n}"), ..step.clone() };
            it.steps = (0..41).map(named).collect();
        });
        assert_eq!(many, ["The handbook: there are 41 steps; 40 is the most, so join some"]);
        let lines = said(|it| it.steps[0].say = vec!["Hello.".to_owned(); 61]);
        assert_eq!(lines, ["Step 1, Welcome: there are 61 lines of speech; 60 is the most"]);
    }

    proptest! {
        #[test]
        fn whatever_is_generated_as_sound_is_sound(handbook in generated::handbook()) {
            prop_assert_eq!(handbook.tidied().faults(), vec![]);
        }
    }
}
