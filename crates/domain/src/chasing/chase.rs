//! The facilitator's chase list: which actions to ask about, why, and with which words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::days::{days_from, due_words, weeks};
use crate::action::{Action, ActionState};

/// So many days without a change are worth a question.
const UNTOUCHED: i64 = 14;

/// The sort of reason for which an action is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChaseSort {
    /// It was due.
    Overdue,
    /// Nobody does it.
    NoOwner,
    /// It has no date.
    NoDate,
    /// Nothing was heard of it for two weeks.
    Untouched,
}

/// Why an action is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChaseReason {
    /// The sort.
    pub sort: ChaseSort,
    /// In words, as part of a sentence.
    pub words: String,
}

/// Why an action is to be asked about; empty if it is not. `touched`: the day since which it has
/// been as far as it is.
pub fn reasons(action: &Action, touched: Date, today: Date) -> Vec<ChaseReason> {
    let mut all = Vec::new();
    if !matches!(action.state, ActionState::Open | ActionState::Doing) {
        return all;
    }
    let mut say = |sort, words| all.push(ChaseReason { sort, words });
    if let Some(due) = action.due.filter(|due| *due < today) {
        say(ChaseSort::Overdue, due_words(due, today));
    }
    if action.owner.as_deref().is_none_or(|owner| owner.trim().is_empty()) {
        say(ChaseSort::NoOwner, "nobody does it yet".to_owned());
    }
    if action.due.is_none() {
        say(ChaseSort::NoDate, "it has no date".to_owned());
    }
    let silent = days_from(touched, today);
    if silent >= UNTOUCHED {
        say(ChaseSort::Untouched, format!("nothing was heard of it for {}", weeks(silent)));
    }
    all
}

/// A friendly message about an action, to be copied.
pub fn friendly_message(
    action: &Action,
    owner: Option<&str>,
    postmortem: &str,
    reasons: &[ChaseReason],
    link: &str,
) -> String {
    let words: Vec<_> = reasons
        .iter()
        .filter(|it| it.sort != ChaseSort::NoOwner)
        .map(|it| it.words.as_str())
        .collect();
    let why = words.join(", and ");
    let title = &action.title;
    match owner {
        Some(owner) if why.is_empty() => {
            format!("Hi {owner}, how is “{title}” going, from “{postmortem}”? {link}")
        }
        Some(owner) => format!(
            "Hi {owner}, how is “{title}” going, from “{postmortem}”? I ask because {why}. \
             “Another date” and “we will not do it, because…” are as good an answer as “done”: {link}",
            why = as_clause(&why),
        ),
        None => format!(
            "“{title}”, from “{postmortem}”, has nobody who does it yet. Is it yours, or shall we \
             decide against it? {link}"
        ),
    }
}

/// “was due on Friday” has no subject of its own.
fn as_clause(words: &str) -> String {
    if words.starts_with("was due") { format!("it {words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn action(owner: Option<&str>, due: Option<Date>, state: ActionState) -> Action {
        Action {
            id: "a".to_owned(),
            title: "Page on failed check-outs".to_owned(),
            done_when: String::new(),
            owner: owner.map(str::to_owned),
            due,
            state,
            reason: String::new(),
            theme: None,
            ticket: None,
            order: 1.0,
            withheld: false,
            process: false,
        }
    }

    #[test]
    fn an_action_is_asked_about_for_each_of_its_reasons() {
        let (today, fresh, old) = (date(2026, 3, 20), date(2026, 3, 18), date(2026, 3, 2));
        let (past, ahead) = (Some(date(2026, 3, 18)), Some(date(2026, 4, 1)));
        let sorts = |owner, due, state, touched| -> Vec<ChaseSort> {
            reasons(&action(owner, due, state), touched, today).iter().map(|it| it.sort).collect()
        };
        let (open, doing) = (ActionState::Open, ActionState::Doing);
        assert!(sorts(Some("ada"), ahead, open, fresh).is_empty());
        assert_eq!(sorts(Some("ada"), past, doing, fresh), [ChaseSort::Overdue]);
        assert_eq!(sorts(Some("ada"), ahead, open, old), [ChaseSort::Untouched]);
        assert_eq!(
            sorts(None, None, open, old),
            [ChaseSort::NoOwner, ChaseSort::NoDate, ChaseSort::Untouched]
        );
        for state in [ActionState::Done, ActionState::Declined, ActionState::Parked] {
            assert!(sorts(None, past, state, old).is_empty(), "{state:?}");
        }
    }

    #[test]
    fn the_message_asks_and_blames_nobody() {
        let today = date(2026, 3, 20);
        let it = action(Some("ada"), Some(date(2026, 3, 13)), ActionState::Open);
        let why = reasons(&it, date(2026, 3, 2), today);
        assert_eq!(
            friendly_message(&it, Some("Ada"), "Check-out fails", &why, "https://x/1"),
            "Hi Ada, how is “Page on failed check-outs” going, from “Check-out fails”? I ask \
             because it was due on 13 March, a week ago, and nothing was heard of it for two weeks. \
             “Another date” and “we will not do it, because…” are as good an answer as “done”: \
             https://x/1"
        );
        let nobodys = action(None, None, ActionState::Open);
        let words = friendly_message(&nobodys, None, "Check-out fails", &[], "https://x/1");
        assert!(words.contains("nobody who does it yet"), "{words}");
    }
}
