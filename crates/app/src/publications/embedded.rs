//! The pictures of a publication, for files that stand alone.

use std::collections::BTreeMap;

use afterword_record::rich::{self, Block, Image, Inline};

use super::document::Document;
use crate::app::App;
use crate::error::AppError;

/// So much of pictures goes into one file; what is left is named by its words.
const MOST_BYTES: usize = 30 * 1024 * 1024;

/// A picture and what sort it is.
pub(super) struct Embedded {
    pub(super) media_type: String,
    pub(super) bytes: Vec<u8>,
}

/// By the address under which they stand in the texts.
pub(super) type Pictures = BTreeMap<String, Embedded>;

impl App {
    /// Those pictures of a document that are kept here. Pictures from elsewhere are not fetched:
    /// nothing is asked of another server for a file.
    pub(super) async fn embedded(&self, document: &Document) -> Result<Pictures, AppError> {
        let (mut pictures, mut bytes_left) = (Pictures::new(), MOST_BYTES);
        let folder = format!("/api/v1/postmortems/{}/pictures/", document.id);
        for address in addresses(document) {
            let Some(sha256) = address.strip_prefix(&folder) else { continue };
            let Some(picture) = self.storage.picture(&document.id, sha256).await? else { continue };
            let Some(bytes) = self.blobs.get(sha256).await? else { continue };
            if pictures.contains_key(&address) || bytes.len() > bytes_left {
                continue;
            }
            bytes_left -= bytes.len();
            pictures.insert(address, Embedded { media_type: picture.media_type, bytes });
        }
        Ok(pictures)
    }
}

fn addresses(document: &Document) -> Vec<String> {
    let prose = &document.prose;
    let texts = [&prose.summary, &prose.learned, &prose.background].into_iter();
    let texts = texts.chain(document.timeline.iter().map(|entry| &entry.text));
    let mut found = Vec::new();
    for text in texts {
        for block in &rich::parse(text) {
            in_block(block, &mut found);
        }
    }
    found
}

fn in_block(block: &Block, found: &mut Vec<String>) {
    match block {
        Block::Paragraph(words) | Block::Heading(_, words) => {
            found.extend(words.iter().filter_map(|it| match it {
                Inline::Image(image) => shown(image),
                Inline::Text(..) | Inline::Break => None,
            }));
        }
        Block::List(_, items) => items.iter().flatten().for_each(|it| in_block(it, found)),
        Block::Quote(blocks) => blocks.iter().for_each(|it| in_block(it, found)),
        Block::Image(image) => found.extend(shown(image)),
        Block::Code(..) | Block::Rule => {}
    }
}

fn shown(image: &Image) -> Option<String> {
    (!image.withheld).then(|| image.src.clone())
}
