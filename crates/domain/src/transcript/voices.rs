//! Who speaks, and the words without their markup.

/// Longer names are sentences.
const LONGEST_NAME: usize = 60;
const MOST_NAME_WORDS: usize = 6;

/// What is written for a character that would be read as markup. Marks of the direction of writing
/// are of no use outside of the player.
const ENTITIES: [(&str, &str); 8] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
    ("&lrm;", ""),
    ("&rlm;", ""),
    ("&quot;", "\""),
    ("&#39;", "'"),
    // Last: what it makes is no entity.
    ("&amp;", "&"),
];

/// The words of a cue, each stretch with its voice if it names one.
pub(super) fn split(text: &str) -> Vec<(Option<String>, String)> {
    let mut voices: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tagged) = rest.split_at(at);
        push(&mut voices, before);
        let Some((tag, after)) = tagged.get(1..).and_then(|it| it.split_once('>')) else {
            rest = tagged;
            break;
        };
        if let Some(name) = voice(tag) {
            voices.push((Some(name), String::new()));
        } else if tag == "/v" {
            voices.push((None, String::new()));
        }
        rest = after;
    }
    push(&mut voices, rest);
    let tidy = |(name, words): (Option<String>, String)| (name, one_line(&plain(&words)));
    voices.into_iter().map(tidy).filter(|(_, words)| !words.is_empty()).collect()
}

fn push(voices: &mut [(Option<String>, String)], words: &str) {
    if let Some((_, last)) = voices.last_mut() {
        last.push_str(words);
    }
}

/// The name in `v Ana` or `v.loud Ana`; nothing for other tags, or a voice without a name.
fn voice(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v')?;
    let (classes, name) = rest.split_once(char::is_whitespace)?;
    let name = one_line(&plain(name));
    let is_voice = classes.is_empty() || classes.starts_with('.');
    (is_voice && !name.is_empty()).then(|| name.chars().take(LONGEST_NAME).collect())
}

fn plain(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Ana Lopez: what she said`, if what stands before the colon may be a name.
pub(super) fn before_colon(text: &str) -> Option<(&str, &str)> {
    let (name, words) = text.split_once(": ")?;
    let (name, words) = (name.trim(), words.trim());
    let may_be_name = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && name.split_whitespace().count() <= MOST_NAME_WORDS
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['.', '?', '!', '"'])
        && !words.is_empty();
    may_be_name.then_some((name, words))
}
