//! What in a text is not its writer's wording: speech, quotations, code, links.

/// What a character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skip {
    /// The writer's own words.
    Own,
    /// What somebody said or wrote.
    Quote,
    /// Code, a link, something that is not text: in a sentence it stands for a thing.
    Thing,
}

/// What stands in the place of code and links in text that comes from an editor.
const PLACEHOLDER: char = '\u{fffc}';

/// How far from its beginning a link or something in single marks may end; further away it is none.
const REACH: usize = 1_000;

/// For each character of the text what it belongs to.
pub(super) fn skips(text: &[char]) -> Vec<Skip> {
    let mut skips = vec![Skip::Own; text.len()];
    let mut fence: Option<(char, usize)> = None;
    let mut paragraph = 0;
    let mut start = 0;
    while start < text.len() {
        let end = text[start..].iter().position(|&c| c == '\n').map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        let marks = fence_of(line);
        let is_blank = line.iter().all(|c| c.is_whitespace());
        if let Some(open) = fence {
            fill(&mut skips, start, end, Skip::Thing);
            if marks.is_some_and(|found| found.0 == open.0 && found.1 >= open.1) {
                fence = None;
            }
            paragraph = end;
        } else if marks.is_some() || is_blank || is_block_quote(line) {
            in_paragraph(text, paragraph, start, &mut skips);
            if marks.is_some() {
                fill(&mut skips, start, end, Skip::Thing);
            } else if !is_blank {
                fill(&mut skips, start, end, Skip::Quote);
            }
            fence = marks;
            paragraph = end;
        }
        start = end + 1;
    }
    in_paragraph(text, paragraph, text.len(), &mut skips);
    skips
}

fn fill(skips: &mut [Skip], from: usize, to: usize, with: Skip) {
    skips[from..to].fill(with);
}

/// The first mark of a line that opens or closes a block of code, and how many there are.
fn fence_of(line: &[char]) -> Option<(char, usize)> {
    let rest = line.trim_ascii_start_of_line();
    let mark = *rest.first().filter(|c| matches!(c, '`' | '~'))?;
    let count = rest.iter().take_while(|&&c| c == mark).count();
    // ```code``` in one line is a span.
    let is_span = mark == '`' && rest[count..].contains(&'`');
    (count >= 3 && !is_span).then_some((mark, count))
}

fn is_block_quote(line: &[char]) -> bool {
    line.trim_ascii_start_of_line().first() == Some(&'>')
}

trait TrimLine {
    fn trim_ascii_start_of_line(&self) -> &[char];
}

impl TrimLine for [char] {
    fn trim_ascii_start_of_line(&self) -> &[char] {
        let blank = self.iter().take_while(|&&c| c == ' ' || c == '\t').count();
        &self[blank..]
    }
}

/// Marks what is quoted, coded or linked between two places of a text. What is opened and not yet
/// closed goes to the end: somebody is still writing it.
fn in_paragraph(text: &[char], from: usize, to: usize, skips: &mut [Skip]) {
    let mut at = from;
    while at < to {
        let found = code(text, at, to)
            .or_else(|| link(text, at, to))
            .map(|end| (end, Skip::Thing))
            .or_else(|| speech(text, at, to).map(|end| (end, Skip::Quote)));
        if let Some((end, skip)) = found {
            fill(skips, at, end, skip);
            at = end;
        } else {
            if text[at] == PLACEHOLDER {
                skips[at] = Skip::Thing;
            }
            at += 1;
        }
    }
}

/// The end of a span of code that begins here.
fn code(text: &[char], at: usize, to: usize) -> Option<usize> {
    if text[at] != '`' || (at > 0 && text[at - 1] == '`') {
        return None;
    }
    let run = |from: usize| text[from..to].iter().take_while(|&&c| c == '`').count();
    let ticks = run(at);
    let mut next = at + ticks;
    while next < to {
        if text[next] == '`' {
            let closing = run(next);
            next += closing;
            if closing == ticks {
                return Some(next);
            }
        } else {
            next += 1;
        }
    }
    Some(to)
}

/// The end of a link or address that begins here.
fn link(text: &[char], at: usize, to: usize) -> Option<usize> {
    let rest = &text[at..to.min(at + REACH)];
    if starts(rest, "http://") || starts(rest, "https://") || starts(rest, "www.") {
        let stops = |c: &char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"' | '”' | '»');
        return Some(at + rest.iter().position(stops).unwrap_or(rest.len()));
    }
    if rest.first() != Some(&'[') {
        return None;
    }
    let closing = rest.iter().position(|&c| c == ']')?;
    if rest.get(closing + 1) != Some(&'(') {
        return None;
    }
    let end = rest[closing..].iter().position(|&c| c == ')')?;
    Some(at + closing + end + 1)
}

fn starts(text: &[char], with: &str) -> bool {
    with.chars()
        .enumerate()
        .all(|(at, c)| text.get(at).is_some_and(|it| it.eq_ignore_ascii_case(&c)))
}

/// The end of speech whose opening mark stands here.
fn speech(text: &[char], at: usize, to: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| text[before]);
    let begins = before.is_none_or(|c| !c.is_alphanumeric());
    let closes: &[char] = match text[at] {
        '"' => &['"'],
        '“' => &['”', '“', '"'],
        '”' => &['”'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' if begins => &['«'],
        '‘' | '‚' | '\'' if begins => return single(text, at, to),
        _ => return None,
    };
    let end = text[at + 1..to].iter().position(|c| closes.contains(c));
    Some(end.map_or(to, |end| at + 1 + end + 1))
}

/// Single marks are apostrophes too: those close that no letter follows. One that never closes is
/// an apostrophe.
fn single(text: &[char], at: usize, to: usize) -> Option<usize> {
    let closes: &[char] = if text[at] == '\'' { &['\''] } else { &['’', '‘'] };
    text.get(at + 1).filter(|c| c.is_alphanumeric())?;
    (at + 1..to.min(at + REACH))
        .find(|&end| {
            let next = text.get(end + 1).filter(|_| end + 1 < to);
            closes.contains(&text[end])
                && !text[end - 1].is_whitespace()
                && next.is_none_or(|c| !c.is_alphanumeric())
        })
        .map(|end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let skips = skips(&chars);
        chars.iter().zip(skips).filter(|(_, skip)| *skip == Skip::Own).map(|(c, _)| c).collect()
    }

    #[test]
    fn speech_is_somebody_elses() {
        assert_eq!(own("He said \"no\" twice"), "He said  twice");
        assert_eq!(own("“no” and „nein“ and «non» and »nein« and ‘no’"), " and  and  and  and ");
        assert_eq!(own("said 'we shouldn't' again"), "said  again");
        assert_eq!(own("the teams' view isn't 'this'"), "the teams' view isn't ");
    }

    #[test]
    fn speech_goes_on_until_it_ends_or_the_paragraph_does() {
        assert_eq!(own("one \"two\nthree"), "one ");
        assert_eq!(own("one \"two\n\nthree"), "one \nthree");
    }

    #[test]
    fn code_and_links_are_things() {
        assert_eq!(own("a `b c` d ``e ` f`` g"), "a  d  g");
        assert_eq!(own("see https://a.example/x-y now"), "see  now");
        assert_eq!(own("see [the b](https://a.example/) now"), "see  now");
        assert_eq!(own("an [aside] stays"), "an [aside] stays");
        assert_eq!(own("a\n```\nb\n```\nc"), "a\n\n\n\nc");
        assert_eq!(own("a\n~~~ sh\nb"), "a\n\n");
        assert_eq!(own("a ```b``` c"), "a  c");
    }

    #[test]
    fn quotations_are_somebody_elses() {
        assert_eq!(own("a\n> b\n  > c\nd"), "a\n\n\nd");
    }
}
