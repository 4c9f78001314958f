//! What an action says, in the words of its tracker, and back.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::ticket::{TicketFacts, TicketField};
use afterword_record::edit::{ActionPatch, Field};
use afterword_storage::Tracker;

/// The longest title that the record takes, in characters.
const LONGEST_TITLE: usize = 1_000;

/// What the action says to the tracker. A parked action is open there.
pub(super) fn ours(action: &Action, tracker: &Tracker) -> TicketFacts {
    TicketFacts {
        title: action.title.clone(),
        state: match action.state {
            ActionState::Parked => ActionState::Open,
            state => state,
        },
        owner: action.owner.as_ref().and_then(|owner| there(owner, tracker)),
        due: action.due,
    }
}

/// The name by which the tracker knows somebody; a name as written may be one of the tracker's.
fn there(owner: &str, tracker: &Tracker) -> Option<String> {
    if let Some(name) = tracker.people.get(owner) {
        return Some(name.clone());
    }
    let is_person = uuid::Uuid::parse_str(owner).is_ok();
    (!is_person && tracker.people.values().any(|name| name == owner)).then(|| owner.to_owned())
}

/// The person whom the tracker knows by that name, or the name.
fn here(owner: &str, tracker: &Tracker) -> String {
    let person = tracker.people.iter().find(|(_, name)| *name == owner);
    person.map_or(owner, |(person, _)| person).to_owned()
}

/// What the action becomes where it follows the ticket.
pub(super) fn following(
    action: &Action,
    fields: &[TicketField],
    theirs: &TicketFacts,
    tracker: &Tracker,
) -> ActionPatch {
    let mut patch = ActionPatch::default();
    for field in fields {
        match field {
            TicketField::Title => patch.title = Some(on_one_line(&theirs.title)),
            TicketField::State => {
                patch.state = Some(theirs.state);
                if theirs.state == ActionState::Declined && action.reason.trim().is_empty() {
                    patch.reason = Some(format!("Closed in {} as not planned.", tracker.name));
                }
            }
            TicketField::Owner => {
                let owner = theirs.owner.as_deref().map(|owner| here(owner, tracker));
                patch.owner = owner.map_or(Field::Clear, Field::Set);
            }
            TicketField::Due => patch.due = theirs.due.map_or(Field::Clear, Field::Set),
        }
    }
    patch
}

fn on_one_line(title: &str) -> String {
    let words: Vec<_> = title.split_whitespace().collect();
    words.join(" ").chars().filter(|it| !it.is_control()).take(LONGEST_TITLE).collect()
}

/// What somebody should know of a ticket that both sides agree on.
pub(super) fn note(
    action: &Action,
    ours: &TicketFacts,
    theirs: &TicketFacts,
    tracker: &Tracker,
) -> Option<String> {
    let owner = action.owner.as_ref()?;
    if ours.owner.is_none() {
        let why = if uuid::Uuid::parse_str(owner).is_ok() { "the owner" } else { owner };
        return Some(format!(
            "{} does not know {why} by any name, so that the ticket has no owner of ours. An \
             administrator can write the name down with the tracker.",
            tracker.name
        ));
    }
    (ours.owner != theirs.owner && theirs.owner.is_none()).then(|| {
        let name = ours.owner.as_deref().unwrap_or_default();
        format!("{} does not let “{name}” own this ticket, so that it has no owner.", tracker.name)
    })
}
