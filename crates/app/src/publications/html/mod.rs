//! A publication as one file that stands alone: no script, nothing that is fetched, nothing that
//! anybody wrote becomes markup.

mod beginning;
mod parts;
mod text;

pub use beginning::Beginning;
pub(super) use beginning::beginning;

use afterword_domain::incident::IncidentTimes;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::parts::{actions, analysis, changes, record};
use self::text::Texts;
use super::document::Document;
use super::embedded::Pictures;
use super::picture::Drawn;
use super::words::{day_of, stamp};

const STYLE: &str = include_str!("page.css");
/// The file may show its own pictures and its own style, and do nothing.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// The whole file.
pub(super) fn page(document: &Document, pictures: &Pictures, drawn: Option<&Drawn>) -> String {
    let texts = Texts { pictures };
    let prose = &document.prose;
    let file = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="Afterword";
                title { (document.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                article {
                    (head(document))
                    (part("happened", "What happened", texts.prose(&prose.summary)))
                    (part("learned", "What we learned", parts::learned(document, &texts)))
                    (part("differently", "What we do differently", actions(document)))
                    (part("changes", "What changed", changes(document)))
                    (part("background", "Background", texts.prose(&prose.background)))
                    (part("record", "The record", record(document, &texts, drawn)))
                    (part("analysis", "How it came about", analysis(document)))
                    (foot(document))
                }
            }
        }
    };
    file.into_string()
}

/// A part about which there is nothing to say does not stand there.
fn part(id: &str, title: &str, body: Option<Markup>) -> Markup {
    html! {
        @if let Some(body) = body {
            section id=(id) { h2 { (title) } (body) }
        }
    }
}

fn head(document: &Document) -> Markup {
    html! {
        header {
            h1 { (document.title) }
            (facts(document))
            (times(&document.incident))
        }
    }
}

fn facts(document: &Document) -> Markup {
    html! {
        p.facts {
            span { (day_of(document.incident.started_at)) }
            @if document.near_miss { span { "Near-miss" } }
            @if let Some(severity) = &document.severity { span { (severity) } }
            @if !document.services.is_empty() { span { (document.services.join(", ")) } }
        }
    }
}

fn times(incident: &IncidentTimes) -> Markup {
    let times = [
        ("Started", Some(incident.started_at)),
        ("Detected", incident.detected_at),
        ("Stabilised", incident.stabilised_at),
        ("Resolved", incident.resolved_at),
    ];
    html! {
        dl {
            @for (label, at) in times {
                @if let Some(at) = at {
                    div { dt { (label) } dd { time datetime=(at) { (stamp(at)) } } }
                }
            }
        }
    }
}

fn foot(document: &Document) -> Markup {
    html! {
        footer {
            p {
                "Published on " (day_of(document.published_at))
                @if document.edition > 1 { ", edition " (document.edition) }
                "."
            }
            @match document.withheld {
                0 => {}
                1 => p { "The room kept one passage to itself." }
                more => p { "The room kept " (more) " passages to itself." }
            }
        }
    }
}

#[cfg(test)]
mod tests;
