//! All that Typst sees: the template, the values, the pictures and the fonts. No disk, no network,
//! no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

const TEMPLATE: &str = include_str!("template.typ");

/// The fonts that come with Typst, read once.
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files = typst_assets::fonts();
    let fonts: Vec<Font> = files.flat_map(|file| Font::iter(Bytes::new(file))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// One document to be set.
pub(super) struct Sheet {
    library: LazyHash<Library>,
    template: Source,
    files: HashMap<FileId, Bytes>,
}

/// The file of that name.
fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl Sheet {
    /// A document of these values, with these files and the picture of the lanes.
    pub(super) fn new(
        document: &Value,
        pictures: BTreeMap<String, Vec<u8>>,
        lanes: Option<String>,
    ) -> Option<Self> {
        let mut files = HashMap::new();
        files.insert(file("/document.json")?, Bytes::from_string(document.to_string()));
        if let Some(lanes) = lanes {
            files.insert(file("/lanes.svg")?, Bytes::from_string(lanes));
        }
        for (name, bytes) in pictures {
            files.insert(file(&name)?, Bytes::new(bytes));
        }
        Some(Self {
            library: LazyHash::new(Library::default()),
            template: Source::new(file("/template.typ")?, TEMPLATE.to_owned()),
            files,
        })
    }

    /// Sets it; the error says what Typst does not take.
    pub(super) fn pdf(&self) -> Result<Vec<u8>, String> {
        let set = typst::compile::<PagedDocument>(self).output;
        let pdf = set.and_then(|pages| typst_pdf::pdf(&pages, &PdfOptions::default()));
        // What it remembers for the next time is of no use to another document.
        typst::comemo::evict(0);
        pdf.map_err(|errors| errors.iter().map(told).collect::<Vec<_>>().join("; "))
    }
}

fn told(error: &SourceDiagnostic) -> String {
    error.message.to_string()
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            return Ok(self.template.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
