//! How well the lexicon tells wordings apart, measured on sentences that people labelled, and what
//! holds for every text.

use std::collections::BTreeMap;

use afterword_domain::wording::{Edits, Family, Field, Lexicon, Names, OwnEntry, check};
use proptest::prelude::*;

const DEVELOPMENT: &str = include_str!("wording/development.txt");
const HELD_OUT: &str = include_str!("wording/held_out.txt");
const SECOND_LOOK: &str = include_str!("wording/second_look.txt");

/// Each file says how it came about.
const FILES: [(&str, &str); 3] =
    [("development", DEVELOPMENT), ("held out", HELD_OUT), ("second look", SECOND_LOOK)];

/// The organisation's people; other names in the sentences have to be recognised as such.
const PEOPLE: [&str; 3] = ["Ana Souza", "Ben Okafor", "Priya Nair"];

struct Sentence {
    expected: Vec<Family>,
    field: Field,
    text: &'static str,
}

fn family(letter: &str) -> Family {
    match letter {
        "C" => Family::Counterfactual,
        "N" => Family::Normative,
        "M" => Family::Mechanistic,
        "H" => Family::Hindsight,
        "B" => Family::Blame,
        "R" => Family::SingleCause,
        "P" => Family::PrematureFix,
        other => panic!("{other} is no family"),
    }
}

fn sentences(file: &'static str) -> Vec<Sentence> {
    let is_sentence = |line: &&str| !line.starts_with('#') && !line.trim().is_empty();
    let sentence = |line: &'static str| {
        let mut columns = line.splitn(3, '|').map(str::trim);
        let mut column = || columns.next().unwrap_or_else(|| panic!("three columns: {line}"));
        let (families, field, text) = (column(), column(), column());
        let letters = families.split_whitespace().filter(|it| *it != "-");
        Sentence { expected: letters.map(family).collect(), field: Field::named(field), text }
    };
    file.lines().filter(is_sentence).map(sentence).collect()
}

/// Places that were found rightly, found for nothing, and not found.
#[derive(Clone, Copy, Default)]
struct Score {
    right: usize,
    nothing: usize,
    missed: usize,
}

impl Score {
    #[expect(clippy::cast_precision_loss, reason = "some hundred sentences")]
    fn share(part: usize, rest: usize) -> f64 {
        if part + rest == 0 { 1.0 } else { part as f64 / (part + rest) as f64 }
    }

    fn precision(self) -> f64 {
        Self::share(self.right, self.nothing)
    }

    fn recall(self) -> f64 {
        Self::share(self.right, self.missed)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.nothing += other.nothing;
        self.missed += other.missed;
    }
}

type Scores = BTreeMap<Family, Score>;

/// Measures a file, and lists what was found for nothing and not found.
fn measure(file: &'static str) -> (Scores, Vec<String>) {
    let lexicon = Lexicon::default();
    let names = Names::new(PEOPLE);
    let mut scores = Scores::new();
    let mut report = Vec::new();
    for sentence in sentences(file) {
        let mut left = sentence.expected.clone();
        for finding in check(sentence.text, sentence.field, &lexicon, &names) {
            let score = scores.entry(finding.family).or_default();
            if let Some(at) = left.iter().position(|it| *it == finding.family) {
                left.swap_remove(at);
                score.right += 1;
            } else {
                score.nothing += 1;
                report.push(format!("  for nothing {:?}: {}", finding.family, sentence.text));
            }
        }
        for family in left {
            scores.entry(family).or_default().missed += 1;
            report.push(format!("  not found {family:?}: {}", sentence.text));
        }
    }
    (scores, report)
}

fn total(scores: &Scores) -> Score {
    let mut total = Score::default();
    for score in scores.values() {
        total.add(*score);
    }
    total
}

fn line(name: &str, score: Score) -> String {
    let (precision, recall) = (score.precision(), score.recall());
    let Score { right, nothing, missed } = score;
    format!(
        "{name:<16} precision {precision:.3}  recall {recall:.3}  ({right} right, {nothing} for nothing, {missed} not found)"
    )
}

#[test]
fn the_lexicon_is_precise_and_finds_what_it_names() {
    let mut whole = Scores::new();
    let mut report = Vec::new();
    for (name, file) in FILES {
        let (scores, errors) = measure(file);
        let count = sentences(file).len();
        report.push(format!("{}, {count} sentences", line(name, total(&scores))));
        report.extend(errors);
        for (family, score) in scores {
            whole.entry(family).or_default().add(score);
        }
    }
    report.push(line("whole", total(&whole)));
    report.extend(whole.iter().map(|(family, score)| line(&format!("  {family:?}"), *score)));
    let report = report.join("\n");
    println!("{report}");
    let sentences: usize = FILES.iter().map(|(_, file)| sentences(file).len()).sum();
    assert!(sentences >= 300, "{sentences} sentences are too few");
    let total = total(&whole);
    assert!(total.precision() >= 0.9 && total.recall() >= 0.9, "{report}");
}

/// Pieces of which sentences with hard cases are made.
const PIECES: [&str; 34] = [
    "Ana",
    "the on-call",
    "the job",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "> ",
    "```",
    "`",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "«",
    "»",
    "failed to",
    "should have",
    "n't",
    "'ve",
    "been",
    "root-cause",
    ", ",
    ". ",
    "? ",
    "-",
    "—",
    "[a](",
    "https://",
    ")",
    "é\u{301}",
    "\u{1f980}\u{fffc}",
];

fn prose() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.as_slice()).prop_map(str::to_owned);
    prop_oneof![
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    /// Places are inside the text, in order, apart from each other, and begin and end in words.
    #[test]
    fn places_are_places(text in prose()) {
        let chars: Vec<char> = text.chars().collect();
        let mut free = 0;
        for finding in check(&text, Field::Text, &Lexicon::default(), &Names::new(PEOPLE)) {
            prop_assert!(free <= finding.start && finding.start < finding.end);
            prop_assert!(finding.end <= chars.len());
            prop_assert!(chars[finding.start].is_alphanumeric(), "{finding:?}");
            free = finding.end;
        }
    }

    /// What somebody said is theirs, whatever it is and whatever stands around it.
    #[test]
    fn speech_is_never_marked(
        before in "[A-Za-z ,.]{0,20}",
        speech in "[^\"“”„\n]{0,40}",
        marks in prop::sample::select(vec![('"', '"'), ('“', '”'), ('„', '“')]),
    ) {
        let text = format!("{before} {}{speech} should have been {}", marks.0, marks.1);
        let from = before.chars().count() + 1;
        // A link or code that begins in the speech may end behind it; nothing does here.
        for finding in check(&text, Field::Text, &Lexicon::default(), &Names::default()) {
            prop_assert!(finding.end <= from, "{text}: {finding:?}");
        }
    }

    #[test]
    fn evidence_is_never_marked(text in prose()) {
        prop_assert!(check(&text, Field::Evidence, &Lexicon::default(), &Names::default()).is_empty());
    }

    /// However a team's pattern is written, it is refused or can be looked for.
    #[test]
    fn own_patterns_are_safe(pattern in "[a-c|*?…., ]{0,60}", text in "[a-c ]{0,120}") {
        let own = OwnEntry {
            id: "own".to_owned(),
            family: Family::Blame,
            pattern,
            question: "What happened before?".to_owned(),
            people_only: false,
            on: true,
        };
        if let Ok(edits) = (Edits { own: vec![own], ..Edits::default() }).checked() {
            check(&text, Field::Text, &Lexicon::new(&edits), &Names::default());
        }
    }
}

#[test]
fn places_are_counted_in_unicode_scalar_values() {
    let text = "\u{1f980} Ünïcödé – the root cause";
    let found = check(text, Field::Text, &Lexicon::default(), &Names::default());
    let finding = found.first().expect("it is found");
    let marked: String =
        text.chars().skip(finding.start).take(finding.end - finding.start).collect();
    assert_eq!(marked, "root cause");
}

#[test]
fn a_team_edits_the_list() {
    let own = OwnEntry {
        id: "cowboy".to_owned(),
        family: Family::Blame,
        pattern: "cowboy*, went rogue".to_owned(),
        question: "Which way was open?".to_owned(),
        people_only: true,
        on: true,
    };
    let edits = Edits {
        off: ["finally".to_owned()].into(),
        questions: [("blame".to_owned(), "What came together?".to_owned())].into(),
        own: vec![own],
    };
    let edits = edits.checked().expect("it can be used");
    let lexicon = Lexicon::new(&edits);
    let questions = |text: &str| -> Vec<String> {
        let found = check(text, Field::Text, &lexicon, &Names::default());
        found.into_iter().map(|it| it.question).collect()
    };
    assert_eq!(questions("It finally worked."), [""; 0]);
    assert_eq!(questions("I blame the network."), ["What came together?"]);
    assert_eq!(questions("Ana went rogue."), ["Which way was open?"]);
    assert_eq!(questions("The probe went rogue."), [""; 0]);
    let listed = Lexicon::listed(&edits);
    assert_eq!(listed.len(), 57);
    assert!(listed.iter().any(|it| it.id == "finally" && !it.on));
    assert!(listed.iter().any(|it| it.id == "blame" && it.original.is_some()));
}

/// `cargo nextest run --workspace --no-capture -E 'test(speed_of_a_check)'` prints the figure.
#[test]
fn speed_of_a_check() {
    let lexicon = Lexicon::default();
    let names = Names::new(PEOPLE);
    let text: String = "At 18:43 the on-call engineer saw the alert and took it for the nightly job, since \
        the graph looked like that of last week; in hindsight Ana should have paged the database team, but \
        the runbook said that the failover takes thirty seconds, and the health check failed to report that \
        the replica had fallen behind the primary by then."
        .chars()
        .take(300)
        .collect();
    let rounds = 2_000;
    let begin = std::time::Instant::now();
    let found: usize = (0..rounds).map(|_| check(&text, Field::Text, &lexicon, &names).len()).sum();
    let each = begin.elapsed().as_secs_f64() * 1e6 / f64::from(rounds);
    println!("{each:.1} µs a check of {} characters", text.chars().count());
    assert_eq!(found, 2 * 2_000, "what was measured finds something");
}
