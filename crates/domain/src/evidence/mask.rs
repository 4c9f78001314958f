//! Secrets in what a tool sends are replaced before it is kept.
//!
//! A rule names a form that is nothing but a secret, or a field whose name says so. What is
//! masked is gone; the hash of the message as it came stays.

use std::sync::LazyLock;

use regex::bytes::{Captures, Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// What stands in a secret's place.
pub const MASK: &str = "[masked]";

/// A rule, to be shown to the administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaskRule {
    /// What it is for.
    pub name: &'static str,
    /// A regular expression; its group `secret` is replaced, or the whole where there is none.
    pub pattern: &'static str,
}

/// A message without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The message.
    pub body: Vec<u8>,
    /// How many places were masked.
    pub places: usize,
}

const RULES: [MaskRule; 9] = [
    MaskRule {
        name: "Fields named password, secret, token, key or authorization, in JSON",
        pattern: r#"(?i)"[a-z0-9_.-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization)"\s*:\s*"(?P<secret>(?:[^"\\]|\\.)+)""#,
    },
    MaskRule {
        name: "The same in addresses, forms and settings: password=…",
        pattern: r#"(?i)\b(?:password|passwd|secret|access_token|token|api[_-]?key)=(?P<secret>[^\s&"'\\]+)"#,
    },
    MaskRule {
        name: "Passwords in addresses: https://user:password@host",
        pattern: r#"(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@"']*:(?P<secret>[^\s/@"']+)@"#,
    },
    MaskRule {
        name: "Authorization headers: Bearer …, Basic …",
        pattern: r"(?i)\b(?:bearer|basic)\s+(?P<secret>[a-z0-9._~+/-]{16,}=*)",
    },
    MaskRule {
        name: "Private keys",
        pattern: r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<secret>[^-]+)-----END",
    },
    MaskRule {
        name: "GitHub tokens",
        pattern: r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})",
    },
    MaskRule { name: "GitLab tokens", pattern: r"\bgl(?:pat|rt|dt|ptt)-[A-Za-z0-9_-]{16,}" },
    MaskRule { name: "Slack tokens", pattern: r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}" },
    MaskRule { name: "AWS access keys", pattern: r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b" },
];

/// The rules, in the order in which they are applied.
pub fn mask_rules() -> &'static [MaskRule] {
    &RULES
}

struct Rules {
    any: RegexSet,
    each: Vec<Regex>,
}

static COMPILED: LazyLock<Option<Rules>> = LazyLock::new(|| {
    let patterns = RULES.map(|rule| rule.pattern);
    // Bytes, not characters: names of secrets are ASCII, and word boundaries between any letters
    // of the world are slow.
    let each = |pattern: &&str| RegexBuilder::new(pattern).unicode(false).build();
    Some(Rules {
        any: RegexSetBuilder::new(patterns).unicode(false).build().ok()?,
        each: patterns.iter().map(each).collect::<Result<_, _>>().ok()?,
    })
});

/// Replaces the secrets in a message.
pub fn mask(body: &[u8]) -> Masked {
    let mut masked = Masked { body: body.to_vec(), places: 0 };
    // The patterns are constants, and a test compiles them.
    let Some(rules) = COMPILED.as_ref() else { return masked };
    // Most messages hold none, and to find that out is quicker than to find out which.
    if !rules.any.is_match(body) {
        return masked;
    }
    for rule in rules.any.matches(body).iter().filter_map(|index| rules.each.get(index)) {
        let mut places = 0;
        let replaced = rule.replace_all(&masked.body, |found: &Captures<'_>| {
            places += 1;
            without_secret(found)
        });
        masked.body = replaced.into_owned();
        masked.places += places;
    }
    masked
}

fn without_secret(found: &Captures<'_>) -> Vec<u8> {
    let whole = found.get(0).map_or(0..0, |whole| whole.range());
    let secret = found.name("secret").map_or(whole.clone(), |secret| secret.range());
    let text = found.get(0).map_or(&[][..], |whole| whole.as_bytes());
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let before = part(0..secret.start - whole.start);
    let after = part(secret.end - whole.start..text.len());
    [before, MASK.as_bytes(), after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        String::from_utf8(mask(text.as_bytes()).body).unwrap()
    }

    #[test]
    fn the_rules_compile() {
        assert!(COMPILED.is_some());
    }

    #[test]
    fn secrets_are_replaced_and_the_rest_stays() {
        let cases = [
            (r#"{"db_password": "hunter\"2", "a": 1}"#, r#"{"db_password": "[masked]", "a": 1}"#),
            (r#"{"X-Api-Key":"abc"}"#, r#"{"X-Api-Key":"[masked]"}"#),
            ("https://x.org/?a=1&token=abc&b=2", "https://x.org/?a=1&token=[masked]&b=2"),
            ("postgres://app:pass@db/x", "postgres://app:[masked]@db/x"),
            ("Authorization: Bearer abcdefghijklmnopqrst", "Authorization: Bearer [masked]"),
            ("Zugang für Jürgen: token=äöü&a", "Zugang für Jürgen: token=[masked]&a"),
            ("ghp_abcdefghijklmnopqrstuvwxyz012345", "[masked]"),
            ("glpat-abcdefghijklmnopqrst", "[masked]"),
            ("key AKIAABCDEFGHIJKLMNOP.", "key [masked]."),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----[masked]-----END RSA PRIVATE KEY-----",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(masked(before), after);
        }
    }

    #[test]
    fn what_is_no_secret_stays_as_it_came() {
        for text in [
            r#"{"title": "Token bucket is empty", "key": "checkout-latency", "tokens": 3}"#,
            "The password page answers 500",
            "https://grafana.example/d/abc?from=1&to=2",
            "the bearer of bad news arrived",
        ] {
            let masked = mask(text.as_bytes());
            assert_eq!((masked.body.as_slice(), masked.places), (text.as_bytes(), 0));
        }
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        assert_eq!(mask(&[0xff, 0xfe, 0x00]).body, [0xff, 0xfe, 0x00]);
    }
}
