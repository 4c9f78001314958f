//! Words, names and addresses as they may stand in iCalendar. The library folds and escapes; what
//! it writes in a way that calendars do not read is taken out here.

/// Words in a value: lines end in one way only, and no other control character is in them.
pub(super) fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect()
}

/// Words in a parameter, which can hold neither quotes nor line breaks (RFC 5545, 3.2).
pub(super) fn parameter(text: &str) -> String {
    let fitting = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(fitting).collect()
}

/// An address. It is not escaped (RFC 5545, 3.3.13), but the library would: what it escapes is
/// written in the way of addresses.
pub(super) fn address(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ',' => text.push_str("%2C"),
            ';' => text.push_str("%3B"),
            '\\' => text.push_str("%5C"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}
