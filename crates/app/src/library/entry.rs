//! A publication as what it is found by, and as the passages that are shown of it.

use afterword_domain::library::{recurring, words};
use afterword_record::rich;
use afterword_storage::LibraryEntry;

use crate::publications::Document;

/// A text of a publication that stands by itself.
pub(super) struct Stretch {
    /// summary, learned, background, timeline, theme, action, analysis, transcript
    pub(super) part: &'static str,
    /// The entry, theme, action or node; of a transcript the second at which it was said.
    pub(super) item: Option<String>,
    /// Plain text.
    pub(super) text: String,
}

impl Stretch {
    fn of(part: &'static str, item: Option<&String>, text: &str) -> Self {
        Self { part, item: item.cloned(), text: text.to_owned() }
    }

    /// Whether it is read first.
    fn leads(&self) -> bool {
        matches!(self.part, "summary" | "learned" | "theme")
    }
}

fn plain(markdown: &str) -> String {
    rich::plain(&rich::parse(markdown))
}

/// The texts of a document below its title, in the order of the page.
pub(super) fn texts(document: &Document) -> Vec<Stretch> {
    let prose = &document.prose;
    let prose = [
        ("summary", &prose.summary),
        ("learned", &prose.learned),
        ("background", &prose.background),
    ];
    let prose = prose.map(|(part, text)| Stretch::of(part, None, &plain(text)));
    let themes = document.themes.iter().map(|it| {
        Stretch::of("theme", Some(&it.id), &[it.title.as_str(), it.text.as_str()].join(" "))
    });
    let actions = document.actions.iter().map(|it| {
        Stretch::of("action", Some(&it.id), &[it.title.as_str(), it.done_when.as_str()].join(" "))
    });
    let entries =
        document.timeline.iter().map(|it| Stretch::of("timeline", Some(&it.id), &plain(&it.text)));
    let nodes = document.analysis.iter().map(|it| {
        let more = [&it.system, &it.needed, &it.was_at];
        let all = [Some(&it.text)].into_iter().chain(more.map(Option::as_ref)).flatten();
        Stretch::of(
            "analysis",
            Some(&it.id),
            &all.map(String::as_str).collect::<Vec<_>>().join(" "),
        )
    });
    let all = prose.into_iter().chain(themes).chain(actions).chain(entries).chain(nodes);
    all.filter(|it| !it.text.trim().is_empty()).collect()
}

/// What a publication is found by; `transcript` as its readers get it.
pub(super) fn entry(document: &Document, transcript: &[String]) -> LibraryEntry {
    let services = document.services.iter().map(|it| ("service", it.clone()));
    let severity = document.severity.iter().map(|it| ("severity", it.clone()));
    let (lead, body): (Vec<_>, Vec<_>) = texts(document).into_iter().partition(Stretch::leads);
    let named = document.services.iter().chain(&document.severity).flat_map(|it| words(it));
    LibraryEntry {
        postmortem_id: document.id.clone(),
        published_at: document.published_at,
        started_at: document.incident.started_at,
        title: words(&document.title),
        lead: lead.iter().flat_map(|it| words(&it.text)).chain(named).collect(),
        body: body.iter().flat_map(|it| words(&it.text)).collect(),
        transcript: transcript.iter().flat_map(|it| words(it)).collect(),
        facets: services.chain(severity).collect(),
        recurring: recurring(&document.analysis, &document.themes),
    }
}
