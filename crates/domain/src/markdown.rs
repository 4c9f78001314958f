//! Words as they stand in Markdown.

/// Words so that none of their signs is read as Markdown.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        if needs_escape(c, before, after) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
        '_' => !(letter(before) && letter(after)),
        '&' => after.is_none_or(|c| c.is_ascii_alphanumeric() || c == '#'),
        '!' => after.is_none_or(|c| c == '['),
        '#' => after.is_none_or(|c| c == '#' || c.is_whitespace()),
        _ => false,
    }
}

/// A line's text, [`escape`]d, so that its beginning does not look like a block.
pub fn escape_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits);
    if digits > 0 && matches!(mark, Some(b'.' | b')')) {
        let (number, rest) = text.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if text.starts_with('[') && text.contains("]:") {
        // It could be read as the definition of a link's address.
        return format!("<b></b>{text}");
    }
    if text.starts_with(['#', '>', '+', '-', '=', '|', ':']) {
        return format!("\\{text}");
    }
    text.to_owned()
}
