//! A text as words and the breaks between them.

use super::skip::{Skip, skips};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// A number or a time.
    Number,
    /// Code, a link, an identifier: something that is nobody.
    Thing,
    /// What somebody said: it may be the object of a sentence, and is never looked into.
    Quote,
    /// A comma, a bracket.
    Comma,
    /// What sets clauses apart.
    Clause,
    /// The end of a sentence or paragraph.
    Sentence,
    /// The end of a sentence that asks.
    Question,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// The first letter is small.
    Small,
    /// Like a name: "Ana".
    Capital,
    /// Like an abbreviation or identifier: "SRE", "GitHub".
    Mixed,
}

/// A token and where it stands, in Unicode scalar values.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// In small letters; empty for all but words.
    pub(super) word: String,
    pub(super) letters: Letters,
    /// Joined to the token before by a hyphen.
    pub(super) joined: bool,
}

impl Token {
    pub(super) fn is_break(&self) -> bool {
        matches!(self.kind, Kind::Comma | Kind::Clause | Kind::Sentence | Kind::Question)
    }

    /// The word without a possessive's ending, if it has one.
    pub(super) fn possessor(&self) -> Option<&str> {
        let word = &self.word;
        word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).filter(|it| !it.is_empty())
    }
}

/// Reads a text into tokens.
pub(super) fn tokens(text: &[char]) -> Vec<Token> {
    let skips = skips(text);
    let mut reader = Reader { text, tokens: Vec::with_capacity(text.len() / 4) };
    let mut at = 0;
    while at < text.len() {
        let skip = skips[at];
        let until = |ends: &dyn Fn(usize) -> bool| {
            (at..text.len()).find(|i| ends(*i)).unwrap_or(text.len())
        };
        at = match skip {
            Skip::Own if text[at].is_whitespace() => reader.blank(at),
            Skip::Own => {
                let end = until(&|i| skips[i] != skip || text[i].is_whitespace());
                reader.chunk(at, end);
                end
            }
            Skip::Quote | Skip::Thing => {
                let end = until(&|i| skips[i] != skip);
                let kind = if skip == Skip::Quote { Kind::Quote } else { Kind::Thing };
                reader.push(at, end, kind);
                end
            }
        };
    }
    reader.tokens
}

struct Reader<'t> {
    text: &'t [char],
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        let word = String::new();
        self.tokens.push(Token { start, end, kind, word, letters: Letters::Small, joined: false });
    }

    /// Passes over blanks; a new line is the end of a sentence.
    fn blank(&mut self, from: usize) -> usize {
        let rest = &self.text[from..];
        let length = rest.iter().position(|c| !c.is_whitespace()).unwrap_or(rest.len());
        if rest[..length].contains(&'\n') {
            self.push(from, from + length, Kind::Sentence);
        }
        from + length
    }

    /// Reads what stands between two blanks.
    fn chunk(&mut self, from: usize, to: usize) {
        let mut start = from;
        let has_words = self.text[from..to].iter().any(|c| c.is_alphanumeric());
        while start < to && !self.text[start].is_alphanumeric() {
            // ".gitignore" ends no sentence.
            if !(has_words && self.text[start] == '.') {
                self.mark(start);
            }
            start += 1;
        }
        let mut end = to;
        while end > start
            && !(self.text[end - 1].is_alphanumeric() || self.ends_possessive(start, end))
        {
            end -= 1;
        }
        if start < end {
            self.inner(start, end);
        }
        for at in end..to {
            self.mark(at);
        }
    }

    /// An apostrophe after an s: "the teams' views".
    fn ends_possessive(&self, start: usize, end: usize) -> bool {
        end >= start + 3
            && is_apostrophe(self.text[end - 1])
            && matches!(self.text[end - 2], 's' | 'S')
    }

    fn mark(&mut self, at: usize) {
        let kind = match self.text[at] {
            ',' | '(' | ')' | '[' | ']' => Kind::Comma,
            ';' | ':' | '–' | '—' | '|' | '→' => Kind::Clause,
            '-' if !self.text.get(at + 1).is_some_and(|c| c.is_alphanumeric()) => Kind::Clause,
            '.' | '!' | '…' | '•' => Kind::Sentence,
            '?' => Kind::Question,
            _ => return,
        };
        self.push(at, at + 1, kind);
    }

    fn inner(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        if text.iter().all(|c| c.is_numeric() || ".,:-–%".contains(*c)) {
            return self.push(start, end, Kind::Number);
        }
        let is_identifier = text.iter().any(|c| c.is_numeric() || "_\\@=.:#+&%$".contains(*c));
        if is_identifier {
            return self.push(start, end, Kind::Thing);
        }
        let mut from = start;
        let mut joined = false;
        for at in start..=end {
            if at < end && (self.text[at].is_alphanumeric() || is_apostrophe(self.text[at])) {
                continue;
            }
            if from < at {
                self.word(from, at, joined);
            }
            from = at + 1;
            joined = at < end && matches!(self.text[at], '-' | '\u{2010}' | '\u{2011}');
            if at < end && !joined {
                self.mark_between(at);
            }
        }
    }

    /// What joins two words without a blank: a dash sets them apart, a slash does not.
    fn mark_between(&mut self, at: usize) {
        if !matches!(self.text[at], '/') {
            self.mark(at);
        }
    }

    fn word(&mut self, start: usize, end: usize, joined: bool) {
        let chars = &self.text[start..end];
        let lower =
            |c: &char| if is_apostrophe(*c) { '\'' } else { c.to_lowercase().next().unwrap_or(*c) };
        let word: String = chars.iter().map(lower).collect();
        let letters = letters(chars);
        let token = |start, end, word: &str, joined| {
            let word = word.to_owned();
            Token { start, end, kind: Kind::Word, word, letters, joined }
        };
        // "didn't" is "did" and "not", so that no pattern has to name both.
        let split = |ending: &str, first: &str, second: &str| {
            let at = end - ending.chars().count();
            [token(start, at, first, joined), token(at, end, second, false)]
        };
        match &word[..] {
            "can't" => return self.tokens.extend(split("'t", "can", "not")),
            "won't" => return self.tokens.extend(split("n't", "will", "not")),
            _ => {}
        }
        if let Some(first) = word.strip_suffix("n't").filter(|first| !first.is_empty()) {
            self.tokens.extend(split("n't", first, "not"));
        } else if let Some(first) = word.strip_suffix("'ve").filter(|first| !first.is_empty()) {
            self.tokens.extend(split("'ve", first, "have"));
        } else {
            self.tokens.push(token(start, end, &word, joined));
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn letters(chars: &[char]) -> Letters {
    let mut letters = chars.iter().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            // The s of a possessive belongs to it: "SRE's".
            let name = chars.split(|c| is_apostrophe(*c)).next().unwrap_or(chars);
            let rest = name.iter().skip(1).filter(|c| c.is_alphabetic());
            let is_name = name.len() > 1 && rest.clone().all(|c| c.is_lowercase());
            if is_name { Letters::Capital } else { Letters::Mixed }
        }
        _ if letters.any(|c| c.is_uppercase()) => Letters::Mixed,
        _ => Letters::Small,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let shown = |token: Token| match token.kind {
            Kind::Word => token.word,
            kind => format!("{kind:?}"),
        };
        tokens(&chars).into_iter().map(shown).collect()
    }

    #[test]
    fn words_and_breaks() {
        assert_eq!(
            words("We didn’t know, then."),
            ["we", "did", "not", "know", "Comma", "then", "Sentence"]
        );
        assert_eq!(words("who did it?"), ["who", "did", "it", "Question"]);
        assert_eq!(words("on-call – should've"), ["on", "call", "Clause", "should", "have"]);
        assert_eq!(words("the teams' can't"), ["the", "teams'", "can", "not"]);
    }

    #[test]
    fn what_is_no_word() {
        assert_eq!(words("at 18:43 p99 of db_main"), ["at", "Number", "Thing", "of", "Thing"]);
        assert_eq!(words("`a b` \"c d\" e"), ["Thing", "Quote", "e"]);
    }

    #[test]
    fn every_token_stands_where_it_says() {
        let chars: Vec<char> = "Ünï didn’t – 'so'".chars().collect();
        let found = tokens(&chars);
        let at = |token: &Token| chars[token.start..token.end].iter().collect::<String>();
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["Ünï", "did", "n’t", "–", "'so'"]);
    }
}
