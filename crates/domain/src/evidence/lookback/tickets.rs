//! Tickets that speak of what the incident was about.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use super::super::proposals::Proposal;
use super::super::words::{counted, dated};
use super::{Answer, Finding, Looked, MOST_FINDINGS, Question, first_ids};

const SHORTEST_WORD: usize = 4;
/// Words that are in every text and tell nothing.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| COMMON_WORDS.split_whitespace().collect());
const COMMON_WORDS: &str = "about above after again against also always another because been before \
    being below between both cannot could does doing done down during each even every first from \
    gave getting give goes going gone have having hello here hers herself himself into itself just \
    know last like made make many more most much must near need never next none nothing once only \
    other ours over please same says seen shall should since some someone something still such \
    sure take than thank thanks that their theirs them themselves then there these they thing this \
    those through time times today took tomorrow under until upon very want wants well went were \
    what when where which while whom whose will with within without would yesterday your yours \
    alert alerts customer customers error errors issue issues minute minutes hour hours service \
    services system systems team ticket tickets user users problem problems";

/// The words of an incident, each with where it stands.
#[derive(Clone, Debug, Default)]
pub struct Subject(BTreeMap<String, Place>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    Alert,
    Timeline,
}

impl Place {
    fn words(self) -> &'static str {
        match self {
            Self::Title => "the title",
            Self::Alert => "an alert",
            Self::Timeline => "the timeline",
        }
    }
}

impl Subject {
    /// The words of an incident's title, its alerts' titles and its timeline's texts.
    pub fn new<'a>(
        title: &'a str,
        alerts: impl Iterator<Item = &'a str>,
        timeline: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut words = BTreeMap::new();
        let texts = [(Place::Title, title)]
            .into_iter()
            .chain(alerts.map(|text| (Place::Alert, text)))
            .chain(timeline.map(|text| (Place::Timeline, text)));
        for (place, text) in texts {
            for word in words_of(text) {
                words.entry(word).or_insert(place);
            }
        }
        Self(words)
    }

    /// Whether the word is in the title or in an alert, which are about little else.
    fn is_at_the_heart(&self, word: &str) -> bool {
        self.0.get(word).is_some_and(|place| *place < Place::Timeline)
    }

    /// A timeline has many words, and a title few.
    fn weight(&self, word: &str) -> f64 {
        if self.is_at_the_heart(word) { 3.0 } else { 1.0 }
    }
}

/// Words that may tell something, in lower case and in one number.
fn words_of(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(word.as_str()) && !word.chars().all(char::is_numeric))
        .map(|word| match word.strip_suffix('s') {
            Some(one) if !one.ends_with('s') && one.chars().count() >= SHORTEST_WORD => {
                one.to_owned()
            }
            _ => word,
        })
        .collect()
}

/// "Which tickets speak of the same thing?" Of the tickets in the window those that share
/// uncommon words with the incident, the least common words first.
pub fn tickets(looked: &Looked, subject: &Subject, tickets: Vec<Proposal>) -> Answer {
    let all: Vec<(BTreeSet<String>, Proposal)> = tickets
        .into_iter()
        .map(|it| (words_of(&format!("{} {}", it.title, it.text)), it))
        .collect();
    let read = all.len();
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    for word in all.iter().flat_map(|(words, _)| words) {
        *common.entry(word).or_default() += 1;
    }
    let mut found: Vec<(f64, Vec<&String>, &Proposal)> = all
        .iter()
        .filter_map(|(words, ticket)| {
            let shared = shared(subject, words, &common, read)?;
            let weigh = |word: &&String| {
                subject.weight(word) * rarity(common.get(word.as_str()).copied(), read)
            };
            let weight = shared.iter().map(weigh).sum();
            Some((weight, shared, ticket))
        })
        .collect();
    found.sort_by(|(a, _, one), (b, _, other)| {
        b.total_cmp(a).then(other.last_at.cmp(&one.last_at)).then(one.id.cmp(&other.id))
    });
    let before = looked.before();
    let summary = match (read, found.len()) {
        (0, _) => format!("Nothing: there is no ticket in {before}."),
        (n, 0) => format!(
            "Nothing: of {} in {before} none shares uncommon words with the incident.",
            counted(n, "ticket")
        ),
        (n, some) => format!(
            "{some} of {} in {before} share uncommon words with the incident.",
            counted(n, "ticket")
        ),
    };
    let findings = found
        .into_iter()
        .take(MOST_FINDINGS)
        .map(|(_, words, ticket)| finding(subject, words, ticket, &common, read));
    looked.answer(Question::Tickets, &summary, findings.collect())
}

/// The words that a ticket shares with the incident, if they say enough: the rarest first.
fn shared<'a>(
    subject: &Subject,
    words: &'a BTreeSet<String>,
    common: &BTreeMap<&str, usize>,
    read: usize,
) -> Option<Vec<&'a String>> {
    let number = |word: &String| common.get(word.as_str()).copied().unwrap_or_default();
    let is_uncommon = |word: &&String| read < 5 || number(word) * 2 <= read;
    let mut shared: Vec<&String> =
        words.iter().filter(|word| subject.0.contains_key(*word)).filter(is_uncommon).collect();
    shared.sort_by_key(|word| (number(word), *word));
    let at_the_heart = shared.iter().any(|word| subject.is_at_the_heart(word));
    (shared.len() >= 3 || (shared.len() == 2 && at_the_heart)).then_some(shared)
}

#[expect(clippy::cast_precision_loss, reason = "there are few tickets, and this only sorts")]
fn rarity(number: Option<usize>, read: usize) -> f64 {
    (1.0 + read as f64 / number.unwrap_or(1).max(1) as f64).ln()
}

fn finding(
    subject: &Subject,
    words: Vec<&String>,
    ticket: &Proposal,
    common: &BTreeMap<&str, usize>,
    read: usize,
) -> Finding {
    let quoted: Vec<_> = words.iter().map(|word| format!("“{word}”")).collect();
    let places: BTreeSet<Place> =
        words.iter().filter_map(|word| subject.0.get(*word).copied()).collect();
    let places: Vec<_> = places.into_iter().map(Place::words).collect();
    let rarest = words.first().map(|word| word.as_str()).unwrap_or_default();
    let number = common.get(rarest).copied().unwrap_or_default();
    Finding {
        sentence: format!(
            "“{}” of {} shares {} with {}.",
            ticket.title,
            dated(ticket.first_at),
            quoted.join(", "),
            places.join(" and ")
        ),
        reason: format!("“{rarest}” stands in {number} of {}", counted(read, "ticket")),
        count: ticket.count,
        events: first_ids(ticket.events.iter().rev().copied()),
        words: words.into_iter().cloned().collect(),
        proposal: ticket.clone(),
    }
}
