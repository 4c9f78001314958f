//! Rich text as values.

use std::fmt::Write as _;

/// What stands in a rich text, one below the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Block {
    /// Words.
    Paragraph(Vec<Inline>),
    /// A title of level 1 to 4.
    Heading(u8, Vec<Inline>),
    /// A list; with a number where it counts from there.
    List(Option<u32>, Vec<Vec<Block>>),
    /// Somebody's words.
    Quote(Vec<Block>),
    /// Verbatim lines, with their language. The language `markdown` also keeps what has no
    /// place in this vocabulary.
    Code(Option<String>, String),
    /// A line across.
    Rule,
    /// A picture.
    Image(Image),
}

/// What stands in a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Inline {
    /// Words with marks.
    Text(String, Marks),
    /// A new line in the same paragraph.
    Break,
    /// A picture. Our own writers make it a block; others may put it between words.
    Image(Image),
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Image {
    /// Our own address, or one with `https:`.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Never part of a publication.
    pub withheld: bool,
}

/// What is marked about words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "marks are independent of each other")]
pub struct Marks {
    /// Never part of a publication.
    pub withheld: bool,
    /// Where it leads.
    pub link: Option<String>,
    /// Strong.
    pub bold: bool,
    /// Stressed.
    pub italic: bool,
    /// No longer true.
    pub strike: bool,
    /// Verbatim.
    pub code: bool,
}

/// The language of a code block that keeps Markdown as it came.
pub const VERBATIM: &str = "markdown";

/// Deeper nesting than this is read as if it were not nested further.
pub(crate) const DEEPEST: usize = 24;

/// An address that a link may have.
pub(crate) fn link_address(address: &str) -> Option<String> {
    const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let fits = SCHEMES.iter().any(|scheme| lower.len() > scheme.len() && lower.starts_with(scheme));
    fits.then(|| encode_address(address))
}

/// Whether a link may have this address.
pub(crate) fn has_link_address(address: &str) -> bool {
    link_address(address).is_some()
}

/// An address that a picture may have.
pub(crate) fn picture_address(address: &str) -> Option<String> {
    let address = address.trim();
    let ours = address.strip_prefix("/api/v1/postmortems/").is_some_and(is_picture_path);
    let https = address.to_ascii_lowercase().starts_with("https://") && address.len() > 8;
    (ours || https).then(|| encode_address(address))
}

fn is_picture_path(path: &str) -> bool {
    let mut steps = path.split('/');
    let plain = |step: Option<&str>| {
        step.is_some_and(|s| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    };
    plain(steps.next())
        && steps.next() == Some("pictures")
        && plain(steps.next())
        && steps.next().is_none()
}

/// Characters that no address holds are encoded, so that Markdown cannot read them as syntax.
fn encode_address(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '<' | '>' | '\\' | '`' | '"' | '{' | '}' | '|' | '^' => {
                let _ = write!(encoded, "%{:02X}", u32::from(c));
            }
            c if c.is_control() || c.is_whitespace() => {}
            c => encoded.push(c),
        }
    }
    encoded
}
