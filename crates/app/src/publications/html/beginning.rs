//! What is read first of a published page.

use maud::{Markup, html};

use super::parts::{actions, learned};
use super::text::Texts;
use super::{facts, times};
use crate::publications::document::Document;
use crate::publications::embedded::Pictures;

/// What is read first of a published page, as markup made of what people wrote and never of their
/// markup.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The element `title`.
    pub title: String,
    /// The element `main`.
    pub main: String,
}

/// The essentials for the app's own page, until the app is there and shows all of it: what happened,
/// what was learned, what is done differently. Its style is the app's.
pub(in crate::publications) fn beginning(document: &Document) -> Beginning {
    // Pictures come with the app.
    let texts = Texts { pictures: &Pictures::new() };
    let main = html! {
        main id="early" {
            article {
                h1 { (document.title) }
                (facts(document))
                (part("What happened", texts.prose(&document.prose.summary)))
                (times(&document.incident))
                (part("What we learned", learned(document, &texts)))
                (part("What we do differently", actions(document)))
            }
        }
    };
    let title = html! { title { (document.title) " · Afterword" } };
    Beginning { title: title.into_string(), main: main.into_string() }
}

fn part(title: &str, body: Option<Markup>) -> Markup {
    html! {
        @if let Some(body) = body {
            section { h2 { (title) } div.prose { (body) } }
        }
    }
}
