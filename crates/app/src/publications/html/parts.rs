//! The parts of a publication as HTML.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::analysis::{Node, NodeKind};
use afterword_domain::timeline::Entry;
use maud::{Markup, PreEscaped, html};

use super::text::Texts;
use crate::publications::changes::sentences;
use crate::publications::document::Document;
use crate::publications::outline::{Views, below, days, missing, node_words};
use crate::publications::picture::Drawn;
use crate::publications::words::{capital, day, kind, signal, state, tag, when};

pub(super) fn learned(document: &Document, texts: &Texts<'_>) -> Option<Markup> {
    let learned = texts.prose(&document.prose.learned);
    (learned.is_some() || !document.themes.is_empty()).then(|| {
        html! {
            @if let Some(learned) = learned { (learned) }
            @for theme in &document.themes {
                div.theme {
                    h3 { (theme.title) }
                    @if !theme.text.is_empty() { p { (theme.text) } }
                }
            }
        }
    })
}

pub(super) fn actions(document: &Document) -> Option<Markup> {
    (!document.actions.is_empty())
        .then(|| html! { ul.actions { @for it in &document.actions { li { (action(it)) } } } })
}

fn action(it: &Action) -> Markup {
    html! {
        h3 { (it.title) " " span.state { (state(it.state)) } }
        @if it.state == ActionState::Declined && !it.reason.is_empty() { p { (it.reason) } }
        @if !it.done_when.is_empty() { p { "How we will know: " (it.done_when) } }
        @if it.owner.is_some() || it.due.is_some() || it.ticket.is_some() {
            p.facts {
                @if let Some(owner) = &it.owner { span { (capital(owner)) } }
                @if let Some(due) = it.due { span { "by " (day(due)) } }
                @if let Some(ticket) = &it.ticket {
                    a href=(ticket.url) rel="noreferrer noopener" { (ticket.name) }
                }
            }
        }
    }
}

pub(super) fn changes(document: &Document) -> Option<Markup> {
    let sentences = sentences(document);
    (!sentences.is_empty())
        .then(|| html! { ul.changes { @for sentence in sentences { li { (sentence) } } } })
}

pub(super) fn record(
    document: &Document,
    texts: &Texts<'_>,
    drawn: Option<&Drawn>,
) -> Option<Markup> {
    (!document.timeline.is_empty()).then(|| {
        html! {
            @if let Some(drawn) = drawn { div.picture { (PreEscaped(&drawn.svg)) } }
            @for day in days(&document.timeline) {
                h3 { (day.label) }
                ol.record { @for moment in &day.moments { li { (views(moment, texts)) } } }
            }
        }
    })
}

fn views(moment: &Views<'_>, texts: &Texts<'_>) -> Markup {
    html! {
        p.when { (when(moment.lead)) @if moment.lead.at.is_some() { " UTC" } }
        div.views { @for it in &moment.views { (entry(it, texts)) } }
    }
}

fn entry(it: &Entry, texts: &Texts<'_>) -> Markup {
    html! {
        div.entry id={ "entry-" (it.id) } {
            p.who {
                strong { (capital(it.who.as_deref().unwrap_or(it.lane.as_str()))) }
                " " (kind(it.kind))
            }
            @if let Some(text) = texts.prose(&it.text) { (text) }
            @if !it.evidence.is_empty() {
                p.facts {
                    @for link in &it.evidence {
                        a href=(link.url) rel="noreferrer noopener" {
                            (link.title.as_deref().unwrap_or(&link.url))
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn analysis(document: &Document) -> Option<Markup> {
    (!document.analysis.is_empty()).then(|| tree(document, None))
}

fn tree(document: &Document, parent: Option<&str>) -> Markup {
    let nodes = below(&document.analysis, parent);
    html! {
        @if !nodes.is_empty() {
            ul.tree { @for node in nodes { li.finding[node.kind == NodeKind::Finding] { (branch(node, document)) } } }
        }
    }
}

fn branch(node: &Node, document: &Document) -> Markup {
    let labels = [node.tag.map(tag), node.signal.map(signal), node.system.as_deref()];
    html! {
        p {
            (node_words(node, &document.timeline))
            @for label in labels.into_iter().flatten() { " " span.state { (label) } }
        }
        @if let Some(missing) = missing(node) { p.soft { (missing) } }
        (tree(document, Some(&node.id)))
    }
}
