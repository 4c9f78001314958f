//! An action's ticket in a tracker: what both sides say of one thing, and who follows whom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::action::ActionState;

/// Where an action's ticket is, as the record says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketLink {
    /// Its address: `https:` or `http:`.
    pub url: String,
    /// What people call it: `acme/checkout#12`, `OPS-7`.
    pub name: String,
}

/// What an action and its ticket both have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketFacts {
    /// What is to be done, in one line.
    pub title: String,
    /// How far it is; never parked.
    pub state: ActionState,
    /// Who does it, by the name that the tracker knows.
    pub owner: Option<String>,
    /// A calendar day.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
}

/// One of the facts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TicketField {
    /// The title.
    Title,
    /// How far it is.
    State,
    /// Who does it.
    Owner,
    /// When it is due.
    Due,
}

impl TicketField {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Title, Self::State, Self::Owner, Self::Due];

    fn same(self, a: &TicketFacts, b: &TicketFacts) -> bool {
        match self {
            Self::Title => a.title == b.title,
            Self::State => a.state == b.state,
            Self::Owner => a.owner == b.owner,
            Self::Due => a.due == b.due,
        }
    }

    /// What the facts say there, for people.
    pub fn shown(self, facts: &TicketFacts) -> String {
        match self {
            Self::Title => facts.title.clone(),
            Self::State => facts.state.shown().to_owned(),
            Self::Owner => facts.owner.clone().unwrap_or_else(|| "nobody".to_owned()),
            Self::Due => facts.due.map_or_else(|| "no date".to_owned(), |due| due.to_string()),
        }
    }

    fn copy(self, from: &TicketFacts, to: &mut TicketFacts) {
        match self {
            Self::Title => to.title.clone_from(&from.title),
            Self::State => to.state = from.state,
            Self::Owner => to.owner.clone_from(&from.owner),
            Self::Due => to.due = from.due,
        }
    }
}

/// What both sides said when they last agreed. They need not have said the same: a tracker that
/// knows no "being done" answers "open", and one that does not know the owner names nobody. So each
/// side is compared with what it said itself, and nothing goes to and fro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What the action said.
    pub ours: TicketFacts,
    /// What the ticket said.
    pub theirs: TicketFacts,
}

/// What has to follow what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// The action follows the ticket.
    pub take: Vec<TicketField>,
    /// The ticket follows the action.
    pub give: Vec<TicketField>,
    /// Both changed, and not to the same: somebody has to choose.
    pub conflicts: Vec<TicketField>,
}

/// Whose word counts where both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The action's.
    Ours,
    /// The ticket's.
    Theirs,
}

impl Agreed {
    /// What has to follow what, now that the two sides say this.
    pub fn merge(&self, ours: &TicketFacts, theirs: &TicketFacts) -> Merge {
        let mut merge = Merge::default();
        for field in TicketField::ALL {
            let we_changed = !field.same(&self.ours, ours);
            let they_changed = !field.same(&self.theirs, theirs);
            match (we_changed, they_changed) {
                (false, false) => {}
                (true, false) => merge.give.push(field),
                (false, true) => merge.take.push(field),
                (true, true) if field.same(ours, theirs) => {}
                (true, true) => merge.conflicts.push(field),
            }
        }
        merge
    }

    /// Agrees on all that is in no conflict: there each side keeps what it last agreed to.
    #[must_use]
    pub fn after(&self, ours: &TicketFacts, theirs: &TicketFacts, open: &[TicketField]) -> Self {
        let mut agreed = Self { ours: ours.clone(), theirs: theirs.clone() };
        for field in open {
            field.copy(&self.ours, &mut agreed.ours);
            field.copy(&self.theirs, &mut agreed.theirs);
        }
        agreed
    }

    /// Somebody chose: the other side is taken as having said nothing new.
    #[must_use]
    pub fn chosen(
        &self,
        field: TicketField,
        side: Side,
        ours: &TicketFacts,
        theirs: &TicketFacts,
    ) -> Self {
        let mut agreed = self.clone();
        match side {
            Side::Ours => field.copy(theirs, &mut agreed.theirs),
            Side::Theirs => field.copy(ours, &mut agreed.ours),
        }
        agreed
    }
}

impl TicketFacts {
    /// These facts, where the other's count for some fields.
    #[must_use]
    pub fn with(&self, fields: &[TicketField], other: &Self) -> Self {
        let mut facts = self.clone();
        for field in fields {
            field.copy(other, &mut facts);
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts(title: &str, state: ActionState) -> TicketFacts {
        TicketFacts { title: title.to_owned(), state, owner: None, due: None }
    }

    fn any_facts() -> impl Strategy<Value = TicketFacts> {
        let state = prop_oneof![
            Just(ActionState::Open),
            Just(ActionState::Doing),
            Just(ActionState::Done),
            Just(ActionState::Declined)
        ];
        ("[ab]", state, proptest::option::of("[xy]"), proptest::option::of(1_i8..3)).prop_map(
            |(title, state, owner, day)| TicketFacts {
                title,
                state,
                owner,
                due: day.map(|day| jiff::civil::date(2026, 3, day)),
            },
        )
    }

    #[test]
    fn what_a_tracker_cannot_say_is_not_said_again_and_again() {
        let agreed = Agreed {
            ours: facts("Add a check", ActionState::Doing),
            theirs: facts("Add a check", ActionState::Open),
        };
        assert_eq!(agreed.merge(&agreed.ours, &agreed.theirs), Merge::default());
        let closed = facts("Add a check", ActionState::Done);
        assert_eq!(agreed.merge(&agreed.ours, &closed).take, [TicketField::State]);
    }

    #[test]
    fn who_chooses_ends_a_conflict() {
        let before = facts("Add a check", ActionState::Open);
        let agreed = Agreed { ours: before.clone(), theirs: before };
        let (ours, theirs) =
            (facts("Add a check", ActionState::Doing), facts("Add a check", ActionState::Declined));
        assert_eq!(agreed.merge(&ours, &theirs).conflicts, [TicketField::State]);
        let ours_counts = agreed.chosen(TicketField::State, Side::Ours, &ours, &theirs);
        assert_eq!(ours_counts.merge(&ours, &theirs).give, [TicketField::State]);
        let theirs_counts = agreed.chosen(TicketField::State, Side::Theirs, &ours, &theirs);
        assert_eq!(theirs_counts.merge(&ours, &theirs).take, [TicketField::State]);
    }

    proptest! {
        #[test]
        fn nothing_is_overwritten_that_changed(
            before in any_facts(), ours in any_facts(), theirs in any_facts(),
        ) {
            let agreed = Agreed { ours: before.clone(), theirs: before.clone() };
            let merge = agreed.merge(&ours, &theirs);
            for field in &merge.take {
                prop_assert!(field.same(&before, &ours));
            }
            for field in &merge.give {
                prop_assert!(field.same(&before, &theirs));
            }
            // A side that follows says the same; what is in conflict stands on both sides.
            let (after_ours, after_theirs) =
                (ours.with(&merge.take, &theirs), theirs.with(&merge.give, &ours));
            for field in TicketField::ALL {
                prop_assert_eq!(
                    field.same(&after_ours, &after_theirs),
                    !merge.conflicts.contains(&field)
                );
            }
            // And once it was done, only the conflicts are left to do.
            let agreed = agreed.after(&after_ours, &after_theirs, &merge.conflicts);
            let again = agreed.merge(&after_ours, &after_theirs);
            prop_assert_eq!(again.conflicts, merge.conflicts);
            prop_assert!(again.take.is_empty() && again.give.is_empty());
        }
    }
}
