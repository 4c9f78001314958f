//! A post-mortem as a Markdown file.

use std::collections::HashMap;
use std::fmt::Write as _;

use afterword_domain::action::{Action, ActionState};
use afterword_domain::analysis::{Node, NodeKind, Signal, Tag, Theme};
use afterword_domain::timeline::{Entry, EntryKind};
use jiff::civil::Date;
use serde::Serialize;

use super::head::{Head, lines};
use super::own_entry::{day, lead};
use super::{
    ACTIONS, ANALYSIS, BACKGROUND, LEARNED, Meta, SUMMARY, THEMES, TIMELINE, TURNING_POINT,
    UNKNOWN_TIME,
};
use crate::projection::Projection;
use crate::rich::{Block, Marks, normal, parse, render, render_normal};

/// Writes a post-mortem with everything that the projection holds. `people` gives the names
/// of those whose ids stand in it. What is published is exported from
/// [`Projection::withhold`].
pub fn export(
    meta: &Meta,
    projection: &Projection,
    people: impl Fn(&str) -> Option<String>,
) -> String {
    let named = |who: &Option<String>| {
        who.as_deref().map(|who| people(who).unwrap_or_else(|| who.to_owned()))
    };
    let rows = numbers(projection.timeline.iter().map(|entry| &entry.id));
    let nodes = numbers(projection.analysis.iter().map(|node| &node.id));
    let chosen: Vec<&Theme> = projection.themes.iter().filter(|it| !it.candidate).collect();
    let themes = numbers(chosen.iter().map(|theme| &theme.id));
    let title =
        render(&[Block::Heading(1, lines(&meta.title.replace('\n', " "), &Marks::default()))]);
    let mut file = format!("{}\n{title}\n", front_matter(meta));
    section(&mut file, SUMMARY, &prose(&projection.prose.summary));
    section(&mut file, BACKGROUND, &prose(&projection.prose.background));
    section(&mut file, TIMELINE, &timeline(&projection.timeline, &rows, &named));
    section(&mut file, ANALYSIS, &analysis(&projection.analysis, &rows, &nodes));
    section(&mut file, THEMES, &list(chosen.iter().map(|t| theme(t, &nodes))));
    let actions = projection.actions.iter().map(|a| action(a, &themes, named(&a.owner).as_deref()));
    section(&mut file, ACTIONS, &list(actions));
    section(&mut file, LEARNED, &prose(&projection.prose.learned));
    file
}

type Numbers<'a> = HashMap<&'a str, usize>;

fn numbers<'a>(ids: impl Iterator<Item = &'a String>) -> Numbers<'a> {
    ids.map(String::as_str).zip(1..).collect()
}

fn section(file: &mut String, title: &str, body: &str) {
    if !body.is_empty() {
        let _ = write!(file, "\n## {title}\n\n{body}\n");
    }
}

/// JSON is YAML: whatever stands in a value, it is quoted right.
fn front_matter(meta: &Meta) -> String {
    let mut lines = vec![format!("title: {}", json(&meta.title))];
    lines.push(format!("started_at: {}", meta.incident.started_at));
    let times = [
        ("detected_at", meta.incident.detected_at),
        ("stabilised_at", meta.incident.stabilised_at),
        ("resolved_at", meta.incident.resolved_at),
    ];
    lines.extend(times.iter().filter_map(|(key, at)| Some(format!("{key}: {}", (*at)?))));
    lines.extend(meta.severity.as_ref().map(|severity| format!("severity: {}", json(severity))));
    if !meta.services.is_empty() {
        lines.push(format!("services: {}", json(&meta.services)));
    }
    if meta.near_miss {
        lines.push("near_miss: true".to_owned());
    }
    format!("---\nafterword: 1\n{}\n---\n", lines.join("\n"))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The headings of a text stand two levels below those of the file.
fn prose(markdown: &str) -> String {
    let mut blocks = normal(parse(markdown));
    for block in &mut blocks {
        if let Block::Heading(level, _) = block {
            *level += 2;
        }
    }
    render_normal(&blocks)
}

fn list(items: impl Iterator<Item = Vec<Block>>) -> String {
    render(&[Block::List(None, items.collect())])
}

fn timeline(
    entries: &[Entry],
    rows: &Numbers<'_>,
    named: &impl Fn(&Option<String>) -> Option<String>,
) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let mut body = "All times are in UTC.".to_owned();
    for group in entries.chunk_by(|a, b| a.at.map(day) == b.at.map(day)) {
        let date: Option<Date> = group.first().and_then(|entry| entry.at).map(day);
        let heading = date.map_or_else(|| UNKNOWN_TIME.to_owned(), |date| date.to_string());
        let items = group.iter().map(|entry| row(entry, rows, named(&entry.who).as_deref()));
        let _ = write!(body, "\n\n### {heading}\n\n{}", list(items));
    }
    body
}

fn row(entry: &Entry, rows: &Numbers<'_>, who: Option<&str>) -> Vec<Block> {
    let lead = lead(entry);
    let mut head = Head::new(&lead);
    if entry.kind != EntryKind::Note {
        head.flag(&name(&entry.kind), true);
    }
    if entry.lane.as_str() != "other" {
        head.fact("lane", Some(entry.lane.as_str()));
    }
    head.fact("who", who);
    head.fact("beside", entry.beside.as_deref().map(|id| numbered(rows, [id])).as_deref());
    head.fact("typed", entry.typed.as_deref().filter(|typed| *typed != lead));
    head.fact("question", entry.question.as_deref());
    head.fact("asked", entry.asked.as_deref());
    head.flag("proposed", entry.proposed);
    head.flag("withheld", entry.withheld);
    head.link(&entry.evidence);
    with_head(&head, parse(&entry.text))
}

/// The words of the first paragraph go on after the head.
fn with_head(head: &Head, mut blocks: Vec<Block>) -> Vec<Block> {
    let words = match blocks.first_mut() {
        Some(Block::Paragraph(words)) => std::mem::take(words),
        _ => Vec::new(),
    };
    let mut item = vec![Block::Paragraph(head.write(words))];
    item.extend(blocks);
    item
}

fn analysis(nodes: &[Node], rows: &Numbers<'_>, numbers: &Numbers<'_>) -> String {
    let mut below: HashMap<Option<&str>, Vec<&Node>> = HashMap::new();
    for node in nodes {
        below.entry(node.parent.as_deref()).or_default().push(node);
    }
    // From the last to the first: those below a node are ready before it.
    let mut ready: HashMap<&str, Vec<Block>> = HashMap::new();
    for node in nodes.iter().rev() {
        let children = below.get(&Some(node.id.as_str())).into_iter().flatten();
        let children: Vec<_> =
            children.filter_map(|child| ready.remove(child.id.as_str())).collect();
        let mut blocks = vec![Block::Paragraph(node_line(node, rows, numbers))];
        if !children.is_empty() {
            blocks.push(Block::List(None, children));
        }
        ready.insert(&node.id, blocks);
    }
    let roots = below.get(&None).cloned().unwrap_or_default();
    list(roots.into_iter().filter_map(|root| ready.remove(root.id.as_str())))
}

fn node_line(node: &Node, rows: &Numbers<'_>, nodes: &Numbers<'_>) -> Vec<crate::rich::Inline> {
    let mut head = Head::new(match node.kind {
        NodeKind::Question => "Question",
        NodeKind::Answer => "Answer",
        NodeKind::Finding => "Finding",
        NodeKind::Moment => TURNING_POINT,
    });
    head.fact("also below", Some(&numbered(nodes, node.also.iter().map(String::as_str))));
    head.fact("hard", node.tag.as_ref().map(|tag: &Tag| name(tag)).as_deref());
    head.fact("system", node.system.as_deref());
    head.fact("signal", node.signal.as_ref().map(|signal: &Signal| name(signal)).as_deref());
    head.fact("needed by", node.needed_by.as_deref());
    head.fact("needed", node.needed.as_deref());
    head.fact("was at", node.was_at.as_deref());
    head.fact("rows", Some(&numbered(rows, node.entries.iter().map(String::as_str))));
    head.flag("withheld", node.withheld);
    head.write(lines(&node.text, &Marks::default()))
}

fn theme(theme: &Theme, nodes: &Numbers<'_>) -> Vec<Block> {
    let mut head = Head::new(&theme.title);
    head.fact("nodes", Some(&numbered(nodes, theme.nodes.iter().map(String::as_str))));
    head.fact("reason", Some(&theme.reason));
    head.flag("withheld", theme.withheld);
    vec![Block::Paragraph(head.write(lines(&theme.text, &Marks::default())))]
}

fn action(action: &Action, themes: &Numbers<'_>, owner: Option<&str>) -> Vec<Block> {
    let mut head = Head::new(&action.title);
    if action.state != ActionState::Open {
        head.flag(&name(&action.state), true);
    }
    head.fact("owner", owner);
    head.fact("due", action.due.map(|due| due.to_string()).as_deref());
    head.fact("theme", action.theme.as_deref().map(|id| numbered(themes, [id])).as_deref());
    head.fact("reason", Some(&action.reason));
    head.flag("withheld", action.withheld);
    head.flag("process", action.process);
    vec![Block::Paragraph(head.write(lines(&action.done_when, &Marks::default())))]
}

fn numbered<'a>(numbers: &Numbers<'_>, ids: impl IntoIterator<Item = &'a str>) -> String {
    let found = ids.into_iter().filter_map(|id| numbers.get(id)).map(ToString::to_string);
    found.collect::<Vec<_>>().join(", ")
}

/// A value as the string that stands for it.
fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
