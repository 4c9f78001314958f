//! How well bare tasks are told from others, measured on titles that people labelled, and what holds
//! for every title.

use afterword_domain::action::bare::bare;
use proptest::prelude::*;

const DEVELOPMENT: &str = include_str!("bare/development.txt");
const HELD_OUT: &str = include_str!("bare/held_out.txt");

/// Each title, and whether it is bare.
fn titles(file: &'static str) -> impl Iterator<Item = (bool, &'static str)> {
    let is_title = |line: &&str| !line.starts_with('#') && !line.trim().is_empty();
    file.lines().filter(is_title).map(|line| match line.split_once(" | ") {
        Some(("bare", title)) => (true, title),
        Some(("fine", title)) => (false, title),
        _ => panic!("no label: {line}"),
    })
}

#[expect(clippy::cast_precision_loss, reason = "some hundred titles")]
fn share(part: usize, rest: usize) -> f64 {
    part as f64 / (part + rest) as f64
}

fn assert_told_apart(name: &str, file: &'static str) {
    let (mut right, mut nothing, mut missed) = (0, 0, 0);
    for (is_bare, title) in titles(file) {
        match (is_bare, bare(title).is_some()) {
            (true, true) => right += 1,
            (false, true) => {
                nothing += 1;
                println!("{name}: asked for nothing: {title}");
            }
            (true, false) => {
                missed += 1;
                println!("{name}: missed: {title}");
            }
            (false, false) => {}
        }
    }
    let (precision, recall) = (share(right, nothing), share(right, missed));
    let count = titles(file).count();
    println!("{name}: {count} titles, precision {precision:.3}, recall {recall:.3}");
    assert!(count >= 80, "{name}: {count} titles");
    assert!(precision >= 0.9, "{name}: precision {precision:.3}");
    assert!(recall >= 0.9, "{name}: recall {recall:.3}");
}

#[test]
fn bare_tasks_are_told_apart_from_others() {
    assert_told_apart("development", DEVELOPMENT);
}

#[test]
fn so_are_titles_that_the_rules_were_not_made_with() {
    assert_told_apart("held out", HELD_OUT);
}

proptest! {
    #[test]
    fn any_title_can_be_asked_about(title in "\\PC{0,80}") {
        let _ = bare(&title);
    }

    #[test]
    fn blanks_around_and_letters_change_nothing(at in 0_usize..200) {
        let all: Vec<_> = titles(DEVELOPMENT).chain(titles(HELD_OUT)).collect();
        let (_, title) = all[at % all.len()];
        let asked = bare(title);
        prop_assert_eq!(bare(&format!("  {title} ")), asked);
        prop_assert_eq!(bare(&title.to_uppercase()), asked, "{}", title);
    }
}
