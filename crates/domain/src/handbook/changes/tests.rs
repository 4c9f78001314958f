use proptest::prelude::*;

use super::*;
use crate::handbook::{Part, built_in, generated};

fn usual() -> Handbook {
    built_in()[0].handbook.clone()
}

fn changed(change: impl FnOnce(&mut Handbook)) -> Vec<HandbookChange> {
    let mut after = usual();
    change(&mut after);
    changes(&usual(), &after)
}

fn rewritten(before: &str, after: &str) -> Passage {
    Passage { before: Some(before.to_owned()), after: Some(after.to_owned()) }
}

/// What happened to which step, and where it stood and stands.
fn summary(changes: &[HandbookChange]) -> Vec<(ChangeKind, &str, Option<usize>, Option<usize>)> {
    changes.iter().map(|it| (it.kind, &it.title[..], it.from, it.to)).collect()
}

#[test]
fn old_and_new_words_stand_beside_each_other() {
    let changes = changed(|it| {
        it.name = "An hour".to_owned();
        it.steps[2].title = "A week back".to_owned();
        it.steps[2].minutes = 7;
        it.steps[2].say.insert(1, "Take your time.".to_owned());
        it.steps[2].checks.pop();
    });
    assert_eq!(
        summary(&changes),
        [
            (ChangeKind::Changed, "An hour", None, None),
            (ChangeKind::Changed, "A week back", None, None)
        ]
    );
    assert_eq!(changes[0].part, ChangedPart::Handbook);
    assert_eq!(changes[0].fields[0].passages, [rewritten("60 minutes", "An hour")]);
    let fields: Vec<_> = changes[1].fields.iter().map(|it| it.field).collect();
    assert_eq!(fields, ["title", "minutes", "say", "checks"]);
    assert_eq!(changes[1].fields[1].passages, [rewritten("5", "7")]);
    let put_in = Passage { before: None, after: Some("Take your time.".to_owned()) };
    assert_eq!(changes[1].fields[2].passages, [put_in]);
    assert!(changes[1].fields[3].passages[0].after.is_none());
}

#[test]
fn steps_come_go_and_move() {
    let changes = changed(|it| {
        let mut pause = it.steps[0].clone();
        pause.id = "pause".to_owned();
        pause.title = "A pause".to_owned();
        let gaps = it.steps.remove(3);
        it.steps.insert(1, gaps);
        it.steps.remove(5);
        it.steps.insert(4, pause);
    });
    assert_eq!(
        summary(&changes),
        [
            (ChangeKind::Moved, "What is still missing", Some(4), Some(2)),
            (ChangeKind::Added, "A pause", None, Some(5)),
            (ChangeKind::Removed, "Write in silence", Some(6), None),
        ]
    );
    assert!(changes[0].fields.is_empty(), "only its place changed");
    let added: Vec<_> = changes[1].fields.iter().map(|it| it.field).collect();
    assert_eq!(added, ["title", "part", "minutes", "purpose", "say", "prompts", "checks", "signs"]);
}

#[test]
fn what_is_no_word_is_said_in_words() {
    let changes = changed(|it| {
        it.steps[1].part = Part::Open;
        it.steps[2].checks[0].watch = None;
        it.prompts[0].prompts[0].kinds.clear();
    });
    let passage = |at: usize| &changes[at].fields[0].passages[..];
    assert_eq!(passage(0), [rewritten("Objective record", "Opening")]);
    assert_eq!(
        passage(1),
        [rewritten(
            "Have we looked at least a week back? (Afterword sees whether the room has looked a \
             week back)",
            "Have we looked at least a week back?"
        )]
    );
    assert_eq!((changes[2].part, &changes[2].title[..]), (ChangedPart::Prompts, "Probing"));
    assert_eq!(
        passage(2),
        [rewritten(
            "How could this have been tried small first? (for did, change)",
            "How could this have been tried small first?"
        )]
    );
}

/// The names of checks are not words: nobody reads them.
fn nameless(mut handbook: Handbook) -> Handbook {
    for check in handbook.steps.iter_mut().flat_map(|step| &mut step.checks) {
        check.id.clear();
    }
    handbook
}

/// The lines of one field after its passages were carried out.
fn carried_out(before: &[String], after: &[String], passages: &[Passage]) -> bool {
    let mut old = before.to_vec();
    let mut new = after.to_vec();
    for passage in passages {
        let take = |lines: &mut Vec<String>, line: &Option<String>| match line {
            Some(line) => lines.iter().position(|it| it == line).map(|at| lines.remove(at)),
            None => Some(String::new()),
        };
        if take(&mut old, &passage.before).is_none() || take(&mut new, &passage.after).is_none() {
            return false;
        }
    }
    old.sort();
    new.sort();
    old == new
}

proptest! {
    #[test]
    fn there_are_changes_only_where_words_differ(
        one in generated::handbook(), other in generated::handbook()
    ) {
        prop_assert_eq!(changes(&one, &one), vec![]);
        let same = nameless(one.clone()) == nameless(other.clone());
        prop_assert_eq!(changes(&one, &other).is_empty(), same);
    }

    #[test]
    fn what_comes_on_the_way_there_goes_on_the_way_back(
        one in generated::handbook(), other in generated::handbook()
    ) {
        let ids = |changes: Vec<HandbookChange>, kind| -> BTreeSet<_> {
            let those = changes.into_iter().filter(|it| it.kind == kind);
            those.map(|it| (it.part as u8, it.id)).collect()
        };
        let there = ids(changes(&one, &other), ChangeKind::Added);
        let back = ids(changes(&other, &one), ChangeKind::Removed);
        prop_assert_eq!(there, back);
    }

    #[test]
    fn one_step_that_was_moved_is_one_change(
        handbook in generated::handbook(), from in 0..6_usize, to in 0..6_usize
    ) {
        let mut moved = handbook.clone();
        let count = moved.steps.len();
        let step = moved.steps.remove(from % count);
        moved.steps.insert(to % count, step);
        let changes = changes(&handbook, &moved);
        let expected = usize::from(from % count != to % count);
        prop_assert_eq!(changes.len(), expected);
        prop_assert!(changes.iter().all(|it| it.kind == ChangeKind::Moved));
    }

    #[test]
    fn passages_hold_all_that_went_and_came(
        before in proptest::collection::vec("[a-c]", 0..6),
        after in proptest::collection::vec("[a-c]", 0..6),
    ) {
        prop_assert!(carried_out(&before, &after, &passages(&before, &after)));
        prop_assert_eq!(passages(&before, &before), vec![]);
    }
}
