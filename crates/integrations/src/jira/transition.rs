//! The step by which an issue gets where it should be.

use std::collections::BTreeMap;

use afterword_domain::action::ActionState;
use serde::Deserialize;
use serde_json::{Value, json};

use super::issue::{Named, Stage, Status, is_not_done};

#[derive(Debug, Deserialize)]
pub(super) struct Transitions {
    transitions: Vec<Transition>,
}

#[derive(Debug, Deserialize)]
struct Transition {
    id: String,
    name: String,
    to: Status,
    /// What can be said with the step.
    #[serde(default)]
    fields: BTreeMap<String, Field>,
}

#[derive(Debug, Deserialize)]
struct Field {
    #[serde(default, rename = "allowedValues")]
    allowed: Vec<Value>,
}

impl Transitions {
    /// What to send so that the issue becomes so; `None` if no step leads there. One that says by
    /// its name or its resolution that the thing is not done is taken only for what is declined.
    pub(super) fn to(&self, state: ActionState) -> Option<Value> {
        let leads = |it: &&Transition| it.to.stage() == Stage::from(state);
        let mut fitting = self.transitions.iter().filter(leads);
        let step = match state {
            ActionState::Declined => {
                let all: Vec<_> = fitting.collect();
                let by_name = all.iter().find(|it| it.is_not_done());
                let by_resolution = || all.iter().find(|it| it.resolution(true).is_some());
                by_name.or_else(by_resolution).or(all.first()).copied()?
            }
            ActionState::Done => fitting.find(|it| !it.is_not_done())?,
            _ => return Some(json!({"transition": {"id": fitting.next()?.id}})),
        };
        let mut body = json!({"transition": {"id": step.id}});
        if let Some(resolution) = step.resolution(state == ActionState::Declined) {
            body["fields"] = json!({"resolution": {"name": resolution}});
        }
        Some(body)
    }
}

impl Transition {
    fn is_not_done(&self) -> bool {
        is_not_done(&self.name) || is_not_done(&self.to.name)
    }

    /// The first of the resolutions that can be given with the step, of those that say that it is
    /// not done or of the others.
    fn resolution(&self, not_done: bool) -> Option<String> {
        let allowed = &self.fields.get("resolution")?.allowed;
        let names = allowed.iter().filter_map(|it| Named::deserialize(it).ok());
        names.map(|it| it.name).find(|name| is_not_done(name) == not_done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transitions(steps: &Value) -> Transitions {
        let step = |(index, it): (usize, &Value)| {
            let mut step = json!({
                "id": index.to_string(), "name": it[0],
                "to": {"name": it[1], "statusCategory": {"key": it[2]}},
            });
            if let Some(names) = it[3].as_array() {
                let allowed: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
                step["fields"] =
                    json!({"resolution": {"required": true, "allowedValues": allowed}});
            }
            step
        };
        let steps: Vec<_> = steps.as_array().unwrap().iter().enumerate().map(step).collect();
        serde_json::from_value(json!({"transitions": steps})).unwrap()
    }

    #[test]
    fn the_step_is_taken_that_says_what_happened() {
        let only_done = json!([
            ["Reopen", "To Do", "new"],
            ["Start", "In Progress", "indeterminate"],
            ["Finish", "Done", "done"],
        ]);
        let with_step = json!([["Decline", "Won’t Do", "done"], ["Finish", "Done", "done"]]);
        let with_resolution = json!([["Close", "Closed", "done", ["Duplicate", "Fixed"]]]);
        let close = |id: &str, name: &str| json!({"transition": {"id": id}, "fields": {"resolution": {"name": name}}});
        let plain = |id: &str| json!({"transition": {"id": id}});
        for (steps, state, body) in [
            (&only_done, ActionState::Open, Some(plain("0"))),
            (&only_done, ActionState::Doing, Some(plain("1"))),
            (&only_done, ActionState::Done, Some(plain("2"))),
            (&only_done, ActionState::Declined, Some(plain("2"))),
            (&with_step, ActionState::Done, Some(plain("1"))),
            (&with_step, ActionState::Declined, Some(plain("0"))),
            (&with_resolution, ActionState::Done, Some(close("0", "Fixed"))),
            (&with_resolution, ActionState::Declined, Some(close("0", "Duplicate"))),
            (&with_resolution, ActionState::Doing, None),
            (&json!([["Reject", "Rejected", "done"]]), ActionState::Done, None),
        ] {
            assert_eq!(transitions(steps).to(state), body, "{state:?} {steps}");
        }
    }
}
