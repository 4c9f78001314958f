//! Reference links of a whole text, resolved in each of its rows.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag};

/// The addresses that a text defines, as `[name]: https://…`.
#[derive(Debug, Default)]
pub(super) struct Links {
    addresses: HashMap<String, (String, String)>,
    lines: Vec<RangeInclusive<usize>>,
}

impl Links {
    /// Collects the definitions; `is_time` tells labels that are times, not names.
    pub(super) fn of(text: &str, is_time: impl Fn(&str) -> bool) -> Self {
        let mut links = Self::default();
        if !text.contains("]:") {
            return links;
        }
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let line_at = |offset| starts.partition_point(|start| *start <= offset);
        let parser = Parser::new(text);
        for (label, link) in parser.reference_definitions().iter() {
            if is_time(label) {
                continue;
            }
            let title = link.title.as_deref().unwrap_or_default().to_owned();
            links.addresses.insert(folded(label), (link.dest.to_string(), title));
            let last = link.span.end.saturating_sub(1).max(link.span.start);
            links.lines.push(line_at(link.span.start)..=line_at(last));
        }
        links.lines.sort_by_key(|lines| *lines.start());
        links
    }

    /// The numbers of the lines that only define addresses.
    pub(super) fn lines(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().cloned().flatten()
    }

    /// A row's text with its reference links made complete in themselves.
    pub(super) fn resolve(&self, text: &str) -> String {
        if self.addresses.is_empty() || !text.contains('[') {
            return text.to_owned();
        }
        let lookup = |link: BrokenLink<'_>| {
            let (address, title) = self.addresses.get(&folded(&link.reference))?;
            Some((CowStr::from(address.clone()), CowStr::from(title.clone())))
        };
        let parser = Parser::new_with_broken_link_callback(
            text,
            pulldown_cmark::Options::empty(),
            Some(lookup),
        );
        let mut resolved = String::with_capacity(text.len() * 2);
        let mut copied = 0;
        for (event, span) in parser.into_offset_iter() {
            let Some(address) = reference(&event) else {
                continue;
            };
            let source = text.get(span.clone()).unwrap_or_default();
            let Some(shown) = shown_part(source).filter(|_| span.start >= copied) else {
                continue;
            };
            resolved.push_str(text.get(copied..span.start).unwrap_or_default());
            resolved.push_str(shown);
            resolved.push_str(&address);
            copied = span.end;
        }
        resolved.push_str(text.get(copied..).unwrap_or_default());
        resolved
    }
}

/// The `(address "title")` of a link that names its address elsewhere.
fn reference(event: &Event<'_>) -> Option<String> {
    let Event::Start(
        Tag::Link { link_type, dest_url, title, .. }
        | Tag::Image { link_type, dest_url, title, .. },
    ) = event
    else {
        return None;
    };
    matches!(
        link_type,
        LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown
    )
    .then(|| match title.as_ref() {
        "" => format!("(<{dest_url}>)"),
        title => format!("(<{dest_url}> \"{}\")", title.replace('"', "\\\"")),
    })
    .map(|address| {
        if dest_url.contains([' ', '(', ')', '<']) {
            address
        } else {
            address.replace(['<', '>'], "")
        }
    })
}

/// The `[name]` of `[name]`, `[name][]` and `[name][other]`.
fn shown_part(source: &str) -> Option<&str> {
    let without_target = match source.strip_suffix(']')?.rfind("][") {
        Some(at) => source.get(..=at)?,
        None => source,
    };
    Some(without_target)
}

/// Labels are compared without regard to case and to the number of blanks.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
