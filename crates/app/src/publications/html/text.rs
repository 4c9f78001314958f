//! The record's rich text as HTML, made of its values and never of anybody's markup.

use afterword_record::rich::{self, Block, Image, Inline, Marks, WITHHELD};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{Markup, html};

use crate::publications::embedded::Pictures;

/// Writes texts, with these pictures in them.
pub(super) struct Texts<'a> {
    pub(super) pictures: &'a Pictures,
}

impl Texts<'_> {
    /// A text; `None` if nothing stands in it.
    pub(super) fn prose(&self, markdown: &str) -> Option<Markup> {
        let blocks = rich::parse(markdown);
        (!blocks.is_empty()).then(|| self.blocks(&blocks))
    }

    fn blocks(&self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&self, block: &Block) -> Markup {
        match block {
            Block::Paragraph(words) => html! { p { (self.line(words)) } },
            // The headings of a text stand below those of the page.
            Block::Heading(1 | 2, words) => html! { h3 { (self.line(words)) } },
            Block::Heading(_, words) => html! { h4 { (self.line(words)) } },
            Block::List(None, items) => html! {
                ul { @for item in items { li { (self.blocks(item)) } } }
            },
            Block::List(Some(start), items) => html! {
                ol start=(start) { @for item in items { li { (self.blocks(item)) } } }
            },
            Block::Quote(blocks) => html! { blockquote { (self.blocks(blocks)) } },
            Block::Code(_, lines) => html! { pre { code { (lines) } } },
            Block::Rule => html! { hr; },
            Block::Image(image) => html! { figure { (self.image(image)) } },
        }
    }

    fn line(&self, words: &[Inline]) -> Markup {
        html! {
            @for inline in words {
                @match inline {
                    Inline::Text(text, marks) => (marked(text, marks)),
                    Inline::Break => { br; }
                    Inline::Image(image) => (self.image(image)),
                }
            }
        }
    }

    /// A picture of another server is named by its words, with a link.
    fn image(&self, image: &Image) -> Markup {
        if image.withheld {
            return html! {};
        }
        match self.pictures.get(&image.src) {
            Some(it) => {
                let data = BASE64_STANDARD.encode(&it.bytes);
                html! { img alt=(image.alt) src={ "data:" (it.media_type) ";base64," (data) }; }
            }
            None if image.src.starts_with("https://") => {
                let words = if image.alt.is_empty() { &image.src } else { &image.alt };
                html! { a href=(image.src) rel="noreferrer noopener" { "Picture: " (words) } }
            }
            None => html! { @if !image.alt.is_empty() { "Picture: " (image.alt) } },
        }
    }
}

/// Words with their marks, from the inside out.
fn marked(text: &str, marks: &Marks) -> Markup {
    if marks.withheld {
        return html! { (WITHHELD) };
    }
    let mut words = html! { (text) };
    if marks.code {
        words = html! { code { (words) } };
    }
    if marks.strike {
        words = html! { s { (words) } };
    }
    if marks.italic {
        words = html! { em { (words) } };
    }
    if marks.bold {
        words = html! { strong { (words) } };
    }
    match &marks.link {
        Some(link) => html! { a href=(link) rel="noreferrer noopener" { (words) } },
        None => words,
    }
}
