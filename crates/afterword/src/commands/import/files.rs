//! Which files are meant: those that are named, and those in folders.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileToImport {
    pub(super) path: PathBuf,
    /// Whether it was found in a folder and not named itself.
    pub(super) is_found: bool,
}

/// The files themselves, and those with one of these endings in folders and the folders in them, in
/// their order. What begins with a dot is left out, as are links, which may lead in a circle.
pub(super) fn files(paths: &[PathBuf], endings: &[&str]) -> anyhow::Result<Vec<FileToImport>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, endings, &mut files)?;
        } else {
            files.push(FileToImport { path: path.clone(), is_found: false });
        }
    }
    Ok(files)
}

fn walk(folder: &Path, endings: &[&str], files: &mut Vec<FileToImport>) -> anyhow::Result<()> {
    let unreadable = || format!("the folder {} cannot be read", folder.display());
    let entries = std::fs::read_dir(folder).with_context(unreadable)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().with_context(unreadable)?);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            walk(&path, endings, files)?;
        } else if kind.is_file() && endings.iter().any(|it| ending.eq_ignore_ascii_case(it)) {
            files.push(FileToImport { path, is_found: true });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["b.md", "a/z.markdown", "a/y.txt", ".git/c.md", "A.MD"] {
            std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            std::fs::write(at(name), "").unwrap();
        }
        let paths = [folder.path().to_path_buf(), at("a/y.txt")];
        let files = files(&paths, &["md", "markdown"]).unwrap();
        let found: Vec<_> = files.iter().map(|file| (file.path.clone(), file.is_found)).collect();
        let expected = [("A.MD", true), ("a/z.markdown", true), ("b.md", true), ("a/y.txt", false)];
        assert_eq!(found, expected.map(|(name, is_found)| (at(name), is_found)));
    }
}
