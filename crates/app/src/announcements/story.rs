//! What a message tells of a publication: taken from what readers get, and from nothing else.

use afterword_domain::action::ActionState;
use afterword_integrations::chat::{Card, CardItem, CardLink};
use afterword_record::rich;
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::publications::{Document, shortened};

const LONGEST_PARAGRAPH: usize = 600;
const LONGEST_LINE: usize = 200;
/// So many of what was learned and of what is done; the page has all.
const MOST: usize = 5;

/// What happened, what was learned, what is done differently.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    id: String,
    edition: i64,
    published_at: Timestamp,
    services: Vec<String>,
    severity: Option<String>,
    started_at: Timestamp,
    /// One line.
    pub(crate) title: String,
    /// The page.
    pub(crate) url: String,
    /// In a paragraph; may be empty.
    pub(crate) happened: String,
    /// In a line each.
    pub(crate) learned: Vec<String>,
    /// In a line each.
    pub(crate) differently: Vec<String>,
}

fn plain(markdown: &str, longest: usize) -> String {
    shortened(&rich::plain(&rich::parse(markdown)), longest)
}

impl Story {
    pub(crate) fn of(document: &Document, public_url: &str) -> Self {
        let line = |text: &str| shortened(text, LONGEST_LINE);
        let themes: Vec<_> = document.themes.iter().map(|it| line(&it.title)).collect();
        let learned = plain(&document.prose.learned, LONGEST_PARAGRAPH);
        let learned = if themes.is_empty() { vec![learned] } else { themes };
        let decided = document.actions.iter().filter(|it| it.state != ActionState::Declined);
        let some = |lines: Vec<String>| {
            lines.into_iter().filter(|it| !it.is_empty()).take(MOST).collect::<Vec<_>>()
        };
        Self {
            id: document.id.clone(),
            edition: document.edition,
            published_at: document.published_at,
            services: document.services.clone(),
            severity: document.severity.clone(),
            started_at: document.incident.started_at,
            title: line(&document.title),
            url: format!("{public_url}/library/{}", document.id),
            happened: plain(&document.prose.summary, LONGEST_PARAGRAPH),
            learned: some(learned),
            differently: some(decided.map(|it| line(&it.title)).collect()),
        }
    }

    /// The parts of which there is something to say.
    fn parts(&self) -> impl Iterator<Item = (&'static str, &'static str, &[String])> {
        let happened = std::slice::from_ref(&self.happened);
        let parts: [(_, _, &[String]); 3] = [
            ("happened", "What happened", if self.happened.is_empty() { &[] } else { happened }),
            ("learned", "What we learned", &self.learned),
            ("differently", "What we do differently", &self.differently),
        ];
        parts.into_iter().filter(|(_, _, lines)| !lines.is_empty())
    }

    /// In a mail.
    pub(crate) fn text(&self) -> String {
        let part = |(_, title, lines): (&str, &str, &[String])| {
            let mark = if lines.len() > 1 { "- " } else { "" };
            let lines: Vec<String> = lines.iter().map(|line| format!("{mark}{line}\n")).collect();
            format!("\n{title}\n{}", lines.concat())
        };
        let parts: Vec<String> = self.parts().map(part).collect();
        format!("{}\n{}\n{}", self.title, self.url, parts.concat())
    }

    /// In the document of a mail and in the feed.
    pub(crate) fn html(&self) -> Markup {
        html! {
            @for (_, title, lines) in self.parts() {
                h3 { (title) }
                @match lines {
                    [line] => p { (line) },
                    lines => ul { @for line in lines { li { (line) } } },
                }
            }
            p { a href=(self.url) { "Read it in the library" } }
        }
    }

    /// In a channel.
    pub(super) fn card(&self) -> Card {
        let item = |(anchor, title, lines): (&str, &str, &[String])| CardItem {
            title: CardLink { label: title.to_owned(), url: format!("{}#{anchor}", self.url) },
            about: lines.join("\n"),
            links: Vec::new(),
        };
        Card {
            title: format!("Published: {}", self.title),
            items: self.parts().map(item).collect(),
            links: vec![CardLink {
                label: "Read it in the library".to_owned(),
                url: self.url.clone(),
            }],
        }
    }

    /// For any program.
    pub(super) fn message(&self) -> Value {
        json!({
            "type": "postmortem.published",
            "timestamp": self.published_at,
            "data": {
                "id": self.id,
                "edition": self.edition,
                "url": self.url,
                "title": self.title,
                "services": self.services,
                "severity": self.severity,
                "started_at": self.started_at,
                "happened": self.happened,
                "learned": self.learned,
                "differently": self.differently,
            },
        })
    }
}
