//! Answering a message about an action: what each link in it does, and what it says afterwards.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::days::day_name;
use crate::action::{Action, ActionState};

/// The one thing that a link in a message is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Say that one is on it.
    OnIt,
    /// Say that it is done.
    Done,
    /// Give it another date.
    NewDate,
    /// Say that it will not be done, and why.
    Declined,
    /// Get no more messages.
    Off,
    /// Hear no more of what is published.
    Unsubscribe,
    /// Say whether one comes to a call.
    Attend,
    /// Say what one saw, as often as one likes.
    Input,
    /// Be asked for no more input about one post-mortem.
    InputOff,
}

impl Purpose {
    /// The answers that stand under each action of a message, in their order.
    pub const ANSWERS: [Self; 4] = [Self::OnIt, Self::Done, Self::NewDate, Self::Declined];

    /// What the link says.
    pub fn label(self) -> &'static str {
        match self {
            Self::OnIt => "I am on it",
            Self::Done => "It is done",
            Self::NewDate => "It needs another date",
            Self::Declined => "It will not be done, because…",
            Self::Off => "Send me no more reminders",
            Self::Unsubscribe => "Tell me no more of what is published",
            Self::Attend => "Say whether you come",
            Self::Input => "Say what you saw",
            Self::InputOff => "Ask me no more about this post-mortem",
        }
    }
}

/// What somebody gave with their answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The new date.
    pub due: Option<Date>,
    /// Why it will not be done.
    pub reason: String,
}

/// What an answer leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The action changes.
    Change {
        /// How far it is then, if that changes.
        state: Option<ActionState>,
        /// When it is due then, if that changes.
        due: Option<Date>,
        /// Why it is declined.
        reason: Option<String>,
        /// What is said afterwards.
        sentence: String,
    },
    /// Nothing is left to change; this is why.
    Settled(String),
}

/// Why an answer is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// A date is missing.
    #[error("choose the day by which it will be done")]
    NoDate,
    /// The date is past.
    #[error("this day is past: choose today or a later day")]
    PastDate,
    /// The reason is missing.
    #[error("say in a few words why, so that others can follow it")]
    NoReason,
}

impl Purpose {
    /// Why there is nothing to answer any more; `None` while there is.
    pub fn settled(self, action: &Action) -> Option<String> {
        match (action.state, self) {
            (ActionState::Done, _) => {
                Some("This action is done already; nothing is left to say.".to_owned())
            }
            (ActionState::Declined, _) if action.reason.trim().is_empty() => {
                Some("It was decided already that this action will not be done.".to_owned())
            }
            (ActionState::Declined, _) => Some(format!(
                "It was decided already that this action will not be done: {}",
                action.reason.trim()
            )),
            (ActionState::Parked, _) => Some(
                "This action is parked until it is decided on; nobody waits for it.".to_owned(),
            ),
            (ActionState::Doing, Self::OnIt) => {
                Some("The action says already that you are on it. Thank you.".to_owned())
            }
            _ => None,
        }
    }

    /// What the answer does to an action; `today`: the day where the person is.
    pub fn outcome(
        self,
        action: &Action,
        given: &Given,
        today: Date,
    ) -> Result<Outcome, AnswerRefused> {
        if let Some(sentence) = self.settled(action) {
            return Ok(Outcome::Settled(sentence));
        }
        let change = |state, due, reason, sentence: &str| {
            Ok(Outcome::Change { state, due, reason, sentence: sentence.to_owned() })
        };
        match self {
            Self::OnIt => change(
                Some(ActionState::Doing),
                None,
                None,
                "Thank you. The action says now that you are on it.",
            ),
            Self::Done => change(Some(ActionState::Done), None, None, "Thank you. It is done."),
            Self::NewDate => {
                let due = given.due.ok_or(AnswerRefused::NoDate)?;
                if due < today {
                    return Err(AnswerRefused::PastDate);
                }
                let sentence = format!("Thank you. It is due on {} now.", day_name(due, today));
                change(None, Some(due), None, &sentence)
            }
            Self::Declined => {
                let reason = given.reason.trim();
                if reason.is_empty() {
                    return Err(AnswerRefused::NoReason);
                }
                change(
                    Some(ActionState::Declined),
                    None,
                    Some(reason.to_owned()),
                    "Thank you. The action will not be done, and your reason stands with it. To \
                     decide against something is a result too.",
                )
            }
            Self::Off | Self::Unsubscribe | Self::Attend | Self::Input | Self::InputOff => {
                Ok(Outcome::Settled(String::new()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn action(state: ActionState) -> Action {
        Action {
            id: "a".to_owned(),
            title: "Page on failed check-outs".to_owned(),
            done_when: String::new(),
            owner: Some("ada".to_owned()),
            due: None,
            state,
            reason: String::new(),
            theme: None,
            ticket: None,
            order: 1.0,
            withheld: false,
            process: false,
        }
    }

    fn outcome(
        purpose: Purpose,
        state: ActionState,
        given: &Given,
    ) -> Result<Outcome, AnswerRefused> {
        purpose.outcome(&action(state), given, date(2026, 3, 4))
    }

    #[test]
    fn each_answer_changes_one_thing() {
        let given = Given { due: Some(date(2026, 3, 4)), reason: " too costly ".to_owned() };
        let changed = |purpose| match outcome(purpose, ActionState::Open, &given) {
            Ok(Outcome::Change { state, due, reason, .. }) => (state, due, reason),
            other => panic!("{purpose:?}: {other:?}"),
        };
        assert_eq!(changed(Purpose::OnIt), (Some(ActionState::Doing), None, None));
        assert_eq!(changed(Purpose::Done), (Some(ActionState::Done), None, None));
        assert_eq!(changed(Purpose::NewDate), (None, given.due, None));
        let reason = Some("too costly".to_owned());
        assert_eq!(changed(Purpose::Declined), (Some(ActionState::Declined), None, reason));
    }

    #[test]
    fn what_is_missing_or_past_is_asked_for() {
        let nothing = Given::default();
        let past = Given { due: Some(date(2026, 3, 3)), ..Given::default() };
        let open = ActionState::Open;
        assert_eq!(outcome(Purpose::NewDate, open, &nothing), Err(AnswerRefused::NoDate));
        assert_eq!(outcome(Purpose::NewDate, open, &past), Err(AnswerRefused::PastDate));
        assert_eq!(outcome(Purpose::Declined, open, &nothing), Err(AnswerRefused::NoReason));
    }

    #[test]
    fn what_is_settled_says_so() {
        for state in [ActionState::Done, ActionState::Declined, ActionState::Parked] {
            for purpose in Purpose::ANSWERS {
                let settled = outcome(purpose, state, &Given::default());
                assert!(matches!(settled, Ok(Outcome::Settled(_))), "{purpose:?} {state:?}");
            }
        }
        let doing = outcome(Purpose::OnIt, ActionState::Doing, &Given::default());
        assert!(matches!(doing, Ok(Outcome::Settled(_))));
    }
}
