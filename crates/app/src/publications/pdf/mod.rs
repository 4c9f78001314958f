//! A publication on paper: set by Typst, from a template of ours and values of theirs.

mod content;
mod world;

use std::collections::BTreeMap;
use std::time::Duration;

use self::content::Setting;
use self::world::Sheet;
use super::document::Document;
use super::embedded::Pictures;
use super::picture::Drawn;
use crate::app::App;
use crate::error::AppError;
use crate::record::in_background;

/// Longer than this nobody waits, neither for the press nor for the sheets.
const PATIENCE: Duration = Duration::from_secs(30);

/// The files that a template may read.
#[derive(Default)]
pub(super) struct Files {
    bytes: BTreeMap<String, Vec<u8>>,
    names: BTreeMap<String, String>,
}

impl Files {
    fn of(pictures: Pictures) -> Self {
        let mut files = Self::default();
        for (i, (address, picture)) in pictures.into_iter().enumerate() {
            let kind = picture.media_type.trim_start_matches("image/").to_owned();
            let name = format!("/pictures/{i}.{kind}");
            files.bytes.insert(name.clone(), picture.bytes);
            files.names.insert(address, name);
        }
        files
    }

    /// The file of the picture with that address.
    fn name_of(&self, address: &str) -> Option<&str> {
        self.names.get(address).map(String::as_str)
    }
}

/// What is to be set: all that a PDF can tell.
pub(super) struct Manuscript {
    document: serde_json::Value,
    /// The same without pictures, in case one of them cannot be read.
    plain: serde_json::Value,
    files: Files,
    lanes: Option<String>,
}

impl Manuscript {
    pub(super) fn of(document: &Document, pictures: Pictures, drawn: Option<Drawn>) -> Self {
        let files = Files::of(pictures);
        let words = drawn.as_ref().map(|drawn| drawn.words.as_str());
        Self {
            document: Setting { files: &files }.whole(document, words),
            plain: Setting { files: &Files::default() }.whole(document, words),
            files,
            lanes: drawn.map(|drawn| drawn.svg),
        }
    }

    /// Sets it; without the pictures if one of them cannot be read.
    fn set(self) -> Result<Vec<u8>, String> {
        let Self { document, plain, files, lanes } = self;
        let has_pictures = !files.bytes.is_empty();
        let set = |document, pictures, lanes| {
            Sheet::new(document, pictures, lanes).ok_or("a file has no name")?.pdf()
        };
        match set(&document, files.bytes, lanes.clone()) {
            Err(_) if has_pictures => set(&plain, BTreeMap::new(), lanes),
            set => set,
        }
    }
}

impl App {
    /// Sets a manuscript: one at a time, since each takes a processor and much memory.
    pub(super) async fn typeset(&self, manuscript: Manuscript) -> Result<Vec<u8>, AppError> {
        let busy = || {
            AppError::Unavailable("the PDF takes too long to make: try again in a while".to_owned())
        };
        let set = async {
            let turn = self.press.clone().acquire_owned().await.map_err(AppError::internal)?;
            // The turn ends with the work, also if nobody waits for it any more.
            in_background(move || {
                let pdf = manuscript.set();
                drop(turn);
                pdf
            })
            .await?
            .map_err(AppError::internal)
        };
        tokio::time::timeout(PATIENCE, set).await.map_err(|_| busy())?
    }
}

#[cfg(test)]
mod tests;
