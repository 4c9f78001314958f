//! The handbooks that come with the product, as files of words beside this one.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Handbook, PromptGroup, Sign, Step};

/// A handbook that comes with the product.
#[derive(Clone, Debug)]
pub struct BuiltIn {
    /// Names it in addresses.
    pub id: &'static str,
    /// Its words.
    pub handbook: Handbook,
}

/// In the order in which they are offered: the first is the one to take when in doubt.
const FILES: [(&str, &str); 4] = [
    ("60-minutes", include_str!("built_in/60-minutes.toml")),
    ("90-minutes", include_str!("built_in/90-minutes.toml")),
    ("light", include_str!("built_in/light.toml")),
    ("near-miss", include_str!("built_in/near-miss.toml")),
];

/// What they share.
const PROMPTS: &str = include_str!("built_in/prompts.toml");
const SIGNS: &str = include_str!("built_in/signs.toml");

static READ: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let read = read();
    debug_assert!(read.is_ok(), "{read:?}");
    read.unwrap_or_default()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    name: String,
    when: String,
    before: Vec<String>,
    steps: Vec<Step>,
    after: Vec<String>,
}

#[derive(Deserialize)]
struct Shared {
    #[serde(default)]
    prompts: Vec<PromptGroup>,
    #[serde(default)]
    signs: Vec<Sign>,
}

/// The handbooks that come with the product; the first is the one to take when in doubt.
pub fn built_in() -> &'static [BuiltIn] {
    &READ
}

fn read() -> Result<Vec<BuiltIn>, toml::de::Error> {
    let prompts = toml::from_str::<Shared>(PROMPTS)?.prompts;
    let signs = toml::from_str::<Shared>(SIGNS)?.signs;
    let whole = |(id, text)| {
        let own: Own = toml::from_str(text)?;
        let handbook = Handbook {
            name: own.name,
            when: own.when,
            before: own.before,
            steps: own.steps,
            prompts: prompts.clone(),
            signs: signs.clone(),
            after: own.after,
        };
        Ok(BuiltIn { id, handbook: handbook.tidied() })
    };
    FILES.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::handbook::{Part, Watch, plain};

    fn minutes(id: &str) -> BTreeMap<Part, u32> {
        let found = built_in().iter().find(|it| it.id == id).expect("it is built in");
        let mut minutes = BTreeMap::new();
        for step in &found.handbook.steps {
            *minutes.entry(step.part).or_default() += step.minutes;
        }
        minutes
    }

    fn every_word(handbook: &Handbook) -> Vec<String> {
        let json = serde_json::to_value(handbook).expect("a handbook is JSON");
        let mut words = Vec::new();
        let mut rest = vec![json];
        while let Some(value) = rest.pop() {
            match value {
                serde_json::Value::String(text) => words.push(text),
                serde_json::Value::Array(items) => rest.extend(items),
                serde_json::Value::Object(fields) => {
                    rest.extend(fields.into_iter().map(|(_, value)| value));
                }
                _ => {}
            }
        }
        words
    }

    #[test]
    fn all_can_be_read_and_are_without_fault() {
        let ids: Vec<_> = read().expect("the files are right").iter().map(|it| it.id).collect();
        assert_eq!(ids, ["60-minutes", "90-minutes", "light", "near-miss"]);
        for it in built_in() {
            assert_eq!(it.handbook.faults(), [], "{}", it.id);
        }
    }

    #[test]
    fn the_minutes_are_those_of_their_names() {
        let whole = |id| minutes(id).values().sum::<u32>();
        assert_eq!(
            minutes("60-minutes").into_values().collect::<Vec<_>>(),
            [5, 22, 20, 9, 4],
            "open, record, analysis, actions, close"
        );
        assert_eq!(
            [whole("60-minutes"), whole("90-minutes"), whole("light"), whole("near-miss")],
            [60, 90, 30, 45]
        );
    }

    #[test]
    fn each_has_every_part_and_the_checks_that_the_product_sees_for_itself() {
        for it in built_in() {
            let parts: Vec<_> = minutes(it.id).into_keys().collect();
            assert_eq!(
                parts,
                [Part::Open, Part::Record, Part::Analysis, Part::Actions, Part::Close]
            );
            let watched = |watch| {
                let checks = it.handbook.steps.iter().flat_map(|step| &step.checks);
                checks.filter(|check| check.watch == Some(watch)).count()
            };
            for watch in [
                Watch::LookedBackAWeek,
                Watch::EveryDisciplineSpoke,
                Watch::ThemesChosen,
                Watch::ActionsAreOwned,
            ] {
                assert!(watched(watch) > 0, "{}: {watch:?}", it.id);
            }
        }
    }

    #[test]
    fn each_step_says_what_to_say_what_it_is_for_and_what_to_watch_for() {
        for it in built_in() {
            for step in &it.handbook.steps {
                let place = format!("{}: {}", it.id, step.id);
                assert!(!step.say.is_empty(), "{place}");
                assert!(!step.signs.is_empty(), "{place}");
                assert!(step.purpose.ends_with(['.', '?']), "{place}");
            }
        }
    }

    #[test]
    fn prompt_cards_open_and_never_ask_who_or_why() {
        for group in &built_in()[0].handbook.prompts {
            assert!(group.prompts.len() >= 6, "{}", group.id);
            for prompt in &group.prompts {
                let first = prompt.text.split_whitespace().next().unwrap_or_default();
                // "Suppose you had seen it: what …" sets the scene before it asks.
                let opens = ["How", "What", "Which", "Where", "Suppose"].contains(&first);
                assert!(opens && prompt.text.ends_with('?'), "{}", prompt.text);
            }
        }
        let ids: Vec<_> = built_in()[0].handbook.prompts.iter().map(|it| &it.id[..]).collect();
        assert_eq!(
            ids,
            [
                "probing",
                "sensing",
                "context",
                "decision",
                "coordination",
                "tooling",
                "surprise",
                "luck"
            ]
        );
    }

    #[test]
    fn the_words_are_tidy() {
        for it in built_in() {
            for text in every_word(&it.handbook) {
                assert!(!text.contains("  ") && !text.contains('\n'), "{}: {text}", it.id);
                // In two halves: a test of the repository looks for the whole in our own sources.
                assert!(!text.to_lowercase().contains(concat!("root", " cause")), "{text}");
                assert!(!plain(&text).contains("[["), "{}: {text}", it.id);
            }
        }
    }
}
