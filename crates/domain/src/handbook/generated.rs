//! Handbooks for tests, as different from one another as they may be.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Check, Handbook, Part, Prompt, PromptGroup, Sign, Step, Watch};
use crate::analysis::Tag;
use crate::timeline::EntryKind;

const PARTS: [Part; 5] = [Part::Open, Part::Record, Part::Analysis, Part::Actions, Part::Close];

/// Few words, so that two handbooks often share some.
fn words() -> impl Strategy<Value = String> {
    vec(select(vec!["ask", "look", "wait", "Ask", "[[probing]]", "why?"]), 1..4)
        .prop_map(|words| words.join(" "))
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    vec(words(), 0..4)
}

fn signs() -> impl Strategy<Value = Vec<Sign>> {
    vec((words(), words()).prop_map(|(sign, moves)| Sign { sign, moves }), 0..3)
}

fn checks() -> impl Strategy<Value = Vec<Check>> {
    let watch = option::of(select(vec![Watch::ThemesChosen, Watch::LookedBackAWeek]));
    btree_map("[a-c]", (words(), watch), 0..3).prop_map(|checks| {
        let check = |(id, (text, watch))| Check { id, text, watch };
        checks.into_iter().map(check).collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let spoken = (words(), words(), lines(), lines());
    (select(&PARTS[..]), 1..6_u32, spoken, checks(), signs()).prop_map(
        |(part, minutes, (title, purpose, say, prompts), checks, signs)| Step {
            id: String::new(),
            part,
            title,
            purpose,
            minutes,
            say,
            prompts,
            checks,
            signs,
        },
    )
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    btree_map("[a-f]", step(), 1..6)
        .prop_map(|steps| steps.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
        .prop_map(|steps| {
            let mut steps: Vec<_> =
                steps.into_iter().map(|(id, step)| Step { id, ..step }).collect();
            steps.sort_by_key(|step| step.part);
            steps
        })
}

fn groups() -> impl Strategy<Value = Vec<PromptGroup>> {
    let kinds = vec(select(vec![EntryKind::Alert, EntryKind::Did]), 0..2);
    let prompt = (words(), kinds).prop_map(|(text, kinds)| Prompt { text, kinds });
    let lens = option::of(select(vec![Tag::Probing, Tag::Sensing]));
    let group = (words(), lens, vec(prompt, 0..3));
    btree_map("[a-d]", group, 0..4)
        .prop_map(|groups| groups.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
        .prop_map(|groups| {
            let group = |(id, (title, lens, prompts))| PromptGroup { id, title, lens, prompts };
            groups.into_iter().map(group).collect()
        })
}

/// A handbook without fault.
pub(super) fn handbook() -> impl Strategy<Value = Handbook> {
    (words(), words(), lines(), steps(), groups(), signs(), lines()).prop_map(
        |(name, when, before, steps, prompts, signs, after)| Handbook {
            name,
            when,
            before,
            steps,
            prompts,
            signs,
            after,
        },
    )
}
