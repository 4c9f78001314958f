//! The first line of an item in an export: what it is called in bold, what else is known
//! about it in italics, then its words.
//!
//! `**12:17** _did · lane: support · who: Ada_ – The deployment was promoted.`

use afterword_domain::timeline::Evidence;

use crate::rich::{Inline, Marks};

const BETWEEN: &str = " · ";
const BEFORE_WORDS: &str = " – ";
const EVENT: &str = "event";
/// In the place of a link that is of no event.
const NO_EVENT: &str = "none";

/// What is known about an item beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// What it is called.
    pub(super) lead: String,
    /// Words that stand for themselves, and labels with their values.
    pub(super) facts: Vec<(String, Option<String>)>,
    /// Links.
    pub(super) links: Vec<Evidence>,
}

impl Head {
    pub(super) fn new(lead: &str) -> Self {
        Self { lead: lead.to_owned(), ..Self::default() }
    }

    /// Adds a word that stands for itself.
    pub(super) fn flag(&mut self, name: &str, set: bool) {
        if set {
            self.facts.push((name.to_owned(), None));
        }
    }

    /// Adds a value with its label.
    pub(super) fn fact(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let value = value.replace('·', "•");
            self.facts.push((label.to_owned(), Some(value)));
        }
    }

    /// Adds links, and which events they are of: their ids in the order of the links.
    pub(super) fn link(&mut self, links: &[Evidence]) {
        let known = links.iter().rposition(|link| link.event.is_some()).map_or(0, |last| last + 1);
        let id =
            |link: &Evidence| link.event.map_or_else(|| NO_EVENT.to_owned(), |id| id.to_string());
        let events: Vec<String> = links.iter().take(known).map(id).collect();
        self.fact(EVENT, Some(&events.join(", ")));
        self.links.extend_from_slice(links);
    }

    /// Gives the links that were read their events.
    fn find_events(&mut self) {
        let events = self.value(EVENT).unwrap_or_default();
        for (link, id) in self.links.iter_mut().zip(events.split(',')) {
            link.event = id.trim().parse().ok();
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.facts.iter().any(|(fact, value)| fact == name && value.is_none())
    }

    pub(super) fn value(&self, label: &str) -> Option<String> {
        let found = self.facts.iter().find(|(fact, value)| fact == label && value.is_some());
        found.and_then(|(_, value)| value.clone())
    }

    /// The numbers after a label.
    pub(super) fn numbers(&self, label: &str) -> Vec<usize> {
        let value = self.value(label).unwrap_or_default();
        value.split(',').filter_map(|number| number.trim().parse().ok()).collect()
    }

    /// Writes the line; the words follow.
    pub(super) fn write(&self, words: Vec<Inline>) -> Vec<Inline> {
        let bold = Marks { bold: true, ..Marks::default() };
        let mut line = vec![Inline::Text(self.lead.clone(), bold)];
        if !self.facts.is_empty() {
            line.push(plain_text(" "));
            line.extend(self.written_facts());
        }
        for link in &self.links {
            let title = link.title.clone().unwrap_or_else(|| link.url.clone());
            let marks = Marks { link: Some(link.url.clone()), ..Marks::default() };
            line.extend([plain_text(" "), Inline::Text(title, marks)]);
        }
        if !words.is_empty() {
            line.push(plain_text(BEFORE_WORDS));
            line.extend(words);
        }
        line
    }

    fn written_facts(&self) -> Vec<Inline> {
        let facts = self.facts.iter().map(|(label, value)| match value {
            Some(value) => format!("{label}: {value}"),
            None => label.clone(),
        });
        let italic = Marks { italic: true, ..Marks::default() };
        lines(&facts.collect::<Vec<_>>().join(BETWEEN), &italic)
    }

    /// Reads the line; returns the words too. `None` if it does not begin with a name.
    pub(super) fn read(line: &[Inline]) -> Option<(Self, Vec<Inline>)> {
        let (Inline::Text(lead, marks), rest) = line.split_first()? else { return None };
        if !marks.bold {
            return None;
        }
        let mut head = Self::new(lead);
        let rest = head_facts(&mut head.facts, rest);
        let rest = head.read_links(rest);
        head.find_events();
        Some((head, words_after(rest)))
    }

    fn read_links<'a>(&mut self, mut line: &'a [Inline]) -> &'a [Inline] {
        while let [Inline::Text(space, _), Inline::Text(title, marks), rest @ ..] = line
            && space == " "
            && let Some(url) = &marks.link
        {
            let title = Some(title.clone()).filter(|title| title != url);
            self.links.push(Evidence { url: url.clone(), title, event: None });
            line = rest;
        }
        line
    }
}

/// Reads what stands in italics at the beginning; returns what follows.
fn head_facts<'a>(facts: &mut Vec<(String, Option<String>)>, line: &'a [Inline]) -> &'a [Inline] {
    let [Inline::Text(space, _), after @ ..] = line else { return line };
    let is_fact = |inline: &&Inline| match inline {
        Inline::Text(_, marks) => marks.italic && marks.link.is_none(),
        Inline::Break => true,
        Inline::Image(_) => false,
    };
    let (italic, rest) = after.split_at(after.iter().take_while(is_fact).count());
    if space != " " || italic.is_empty() {
        return line;
    }
    let text = plain_lines(italic);
    facts.extend(text.split(BETWEEN).filter(|fact| !fact.trim().is_empty()).map(fact));
    rest
}

fn fact(text: &str) -> (String, Option<String>) {
    match text.split_once(": ") {
        Some((label, value)) => (label.trim().to_owned(), Some(value.to_owned())),
        None => (text.trim().to_owned(), None),
    }
}

fn words_after(rest: &[Inline]) -> Vec<Inline> {
    let mut words = rest.to_vec();
    if let Some(Inline::Text(first, _)) = words.first_mut()
        && let Some(after) = first.strip_prefix(BEFORE_WORDS)
    {
        *first = after.to_owned();
    }
    words
}

fn plain_text(text: &str) -> Inline {
    Inline::Text(text.to_owned(), Marks::default())
}

/// Plain words as the content of a line.
pub(super) fn lines(text: &str, marks: &Marks) -> Vec<Inline> {
    let mut line = Vec::new();
    for (i, words) in text.split('\n').enumerate() {
        if i > 0 {
            line.push(Inline::Break);
        }
        if !words.is_empty() {
            line.push(Inline::Text(words.to_owned(), marks.clone()));
        }
    }
    line
}

/// The content of a line as plain words.
pub(super) fn plain_lines(line: &[Inline]) -> String {
    let words = line.iter().map(|inline| match inline {
        Inline::Text(text, _) => text.as_str(),
        Inline::Break => "\n",
        Inline::Image(image) => image.alt.as_str(),
    });
    words.collect()
}
