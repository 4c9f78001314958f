//! A publication as the values that the template sets: words stay words, whatever stands in them.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::analysis::{Node, NodeKind};
use afterword_domain::timeline::Entry;
use afterword_record::rich::{self, Block, Image, Inline, WITHHELD};
use serde_json::{Value, json};

use super::Files;
use crate::publications::changes::sentences;
use crate::publications::document::Document;
use crate::publications::outline::{below, days, missing, node_words};
use crate::publications::words::{capital, day, day_of, kind, signal, stamp, state, tag, when};

/// Deeper than this nothing is set further in: the compiler has its limits.
const DEEPEST: usize = 6;

/// Turns a document into values; pictures are named by their files.
pub(super) struct Setting<'a> {
    pub(super) files: &'a Files,
}

impl Setting<'_> {
    pub(super) fn whole(&self, document: &Document, picture: Option<&str>) -> Value {
        let prose = &document.prose;
        json!({
            "title": document.title,
            "facts": facts(document),
            "times": times(document),
            "happened": self.text(&prose.summary),
            "learned": self.text(&prose.learned),
            "themes": document.themes.iter().map(|it| json!([it.title, it.text])).collect::<Vec<_>>(),
            "actions": document.actions.iter().map(action).collect::<Vec<_>>(),
            "changes": sentences(document),
            "background": self.text(&prose.background),
            "picture": picture,
            "days": self.days(document),
            "analysis": analysis(document),
            "foot": foot(document),
        })
    }

    fn days(&self, document: &Document) -> Vec<Value> {
        let moment = |moment: &crate::publications::outline::Views<'_>| {
            let views: Vec<_> = moment.views.iter().map(|it| self.entry(it)).collect();
            json!({"when": when(moment.lead), "views": views})
        };
        let days = days(&document.timeline);
        days.iter()
            .map(|day| {
                let moments: Vec<_> = day.moments.iter().map(moment).collect();
                json!({"label": day.label, "moments": moments})
            })
            .collect()
    }

    fn entry(&self, it: &Entry) -> Value {
        let evidence = it.evidence.iter();
        let evidence =
            evidence.map(|link| json!([link.title.as_ref().unwrap_or(&link.url), link.url]));
        json!({
            "who": capital(it.who.as_deref().unwrap_or(it.lane.as_str())),
            "kind": kind(it.kind),
            "text": self.text(&it.text),
            "evidence": evidence.collect::<Vec<_>>(),
        })
    }

    fn text(&self, markdown: &str) -> Vec<Value> {
        self.blocks(&rich::parse(markdown), 0)
    }

    fn blocks(&self, blocks: &[Block], depth: usize) -> Vec<Value> {
        blocks.iter().flat_map(|block| self.block(block, depth)).collect()
    }

    fn block(&self, block: &Block, depth: usize) -> Vec<Value> {
        let one = match block {
            Block::Paragraph(words) => json!({"t": "p", "c": self.line(words)}),
            Block::Heading(_, words) => json!({"t": "h", "c": self.line(words)}),
            Block::List(_, items) if depth >= DEEPEST => {
                return items.iter().flat_map(|item| self.blocks(item, depth)).collect();
            }
            Block::Quote(blocks) if depth >= DEEPEST => return self.blocks(blocks, depth),
            Block::List(start, items) => {
                let items: Vec<_> = items.iter().map(|item| self.blocks(item, depth + 1)).collect();
                json!({"t": "list", "start": start, "c": items})
            }
            Block::Quote(blocks) => json!({"t": "quote", "c": self.blocks(blocks, depth + 1)}),
            Block::Code(_, lines) => json!({"t": "code", "c": lines}),
            Block::Rule => json!({"t": "rule"}),
            Block::Image(image) => match self.image(image) {
                Some(image) => image,
                None => return Vec::new(),
            },
        };
        vec![one]
    }

    fn line(&self, words: &[Inline]) -> Vec<Value> {
        let inline = |it: &Inline| match it {
            Inline::Text(_, marks) if marks.withheld => Some(words_of(WITHHELD)),
            Inline::Text(text, marks) => Some(json!({
                "t": "text", "c": text, "bold": marks.bold, "italic": marks.italic,
                "strike": marks.strike, "code": marks.code, "link": marks.link,
            })),
            Inline::Break => Some(json!({"t": "break"})),
            Inline::Image(image) => self.image(image),
        };
        words.iter().filter_map(inline).collect()
    }

    /// A picture that is not in the file is named by its words, with a link.
    fn image(&self, image: &Image) -> Option<Value> {
        if image.withheld {
            return None;
        }
        if let Some(file) = self.files.name_of(&image.src) {
            return Some(json!({"t": "image", "file": file, "alt": image.alt}));
        }
        let is_elsewhere = image.src.starts_with("https://");
        let named = if image.alt.is_empty() && is_elsewhere { &image.src } else { &image.alt };
        let mut words = words_of(&format!("Picture: {named}"));
        if is_elsewhere && let Some(words) = words.as_object_mut() {
            words.insert("link".to_owned(), json!(image.src));
        }
        (!named.is_empty()).then_some(words)
    }
}

fn words_of(text: &str) -> Value {
    json!({
        "t": "text", "c": text, "bold": false, "italic": false, "strike": false, "code": false,
        "link": null,
    })
}

fn facts(document: &Document) -> Vec<String> {
    let severity = document.severity.clone();
    let services = (!document.services.is_empty()).then(|| document.services.join(", "));
    let day = day_of(document.incident.started_at);
    let near_miss = document.near_miss.then(|| "Near-miss".to_owned());
    [Some(day), near_miss, severity, services].into_iter().flatten().collect()
}

fn times(document: &Document) -> Vec<Value> {
    let incident = &document.incident;
    let times = [
        ("Started", Some(incident.started_at)),
        ("Detected", incident.detected_at),
        ("Stabilised", incident.stabilised_at),
        ("Resolved", incident.resolved_at),
    ];
    times.into_iter().filter_map(|(label, at)| Some(json!([label, stamp(at?)]))).collect()
}

fn action(it: &Action) -> Value {
    let declined = it.state == ActionState::Declined && !it.reason.is_empty();
    let known = (!it.done_when.is_empty()).then(|| format!("How we will know: {}", it.done_when));
    let facts = [
        it.owner.as_deref().map(capital),
        it.due.map(|due| format!("by {}", day(due))),
        it.ticket.as_ref().map(|ticket| ticket.name.clone()),
    ];
    let lines = [declined.then(|| it.reason.clone()), known];
    json!({
        "title": it.title,
        "state": state(it.state),
        "lines": lines.into_iter().flatten().collect::<Vec<_>>(),
        "facts": facts.into_iter().flatten().collect::<Vec<_>>(),
    })
}

/// The tree as lines, each set in as deep as it stands.
fn analysis(document: &Document) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut waiting: Vec<(&Node, usize)> =
        below(&document.analysis, None).into_iter().rev().map(|node| (node, 0)).collect();
    while let Some((node, depth)) = waiting.pop() {
        let labels = [node.tag.map(tag), node.signal.map(signal), node.system.as_deref()];
        lines.push(json!({
            "depth": depth.min(2 * DEEPEST),
            "words": node_words(node, &document.timeline),
            "labels": labels.into_iter().flatten().collect::<Vec<_>>(),
            "missing": missing(node),
            "question": node.kind == NodeKind::Question,
            "finding": node.kind == NodeKind::Finding,
        }));
        let children = below(&document.analysis, Some(&node.id)).into_iter().rev();
        waiting.extend(children.map(|child| (child, depth + 1)));
    }
    lines
}

fn foot(document: &Document) -> Vec<String> {
    let edition = match document.edition {
        1 => String::new(),
        later => format!(", edition {later}"),
    };
    let published = format!("Published on {}{edition}.", day_of(document.published_at));
    let withheld = match document.withheld {
        0 => None,
        1 => Some("The room kept one passage to itself.".to_owned()),
        more => Some(format!("The room kept {more} passages to itself.")),
    };
    [Some(published), withheld].into_iter().flatten().collect()
}
