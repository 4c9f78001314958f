//! Small things about the texts that vendors send.

/// The first of the texts that says anything.
pub fn first_filled<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let mut filled = texts.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
    filled.next().map(str::to_owned)
}

/// The first line that says anything; empty if there is none.
pub fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default().trim_end()
}

/// The texts that say anything, as paragraphs.
pub fn paragraphs<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let filled = texts.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
    Some(filled.collect::<Vec<_>>().join("\n\n")).filter(|text| !text.is_empty())
}
