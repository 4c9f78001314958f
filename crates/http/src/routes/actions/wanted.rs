//! What is asked of the list of actions.

use afterword_app::{ActionSort, ActionsWanted, AppError, DueWanted, OwnerWanted};
use afterword_domain::action::ActionState;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which actions are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those in one of these states, separated by commas: `open`, `doing`, `done`,
    /// `declined`, `parked`.
    state: Option<String>,
    /// Only those of this owner: a person's id, or a name as written; `me`: mine; `none`: those
    /// that nobody has taken on.
    owner: Option<String>,
    /// `overdue`: before today and not finished; `7d`: today or in so many days, and not finished;
    /// `none`: without a date. Today is that of my time zone.
    due: Option<String>,
    /// Only those due on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    due_from: Option<Date>,
    /// Only those due on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    due_until: Option<Date>,
    /// Only those known for at least so many days: `14d`.
    age: Option<String>,
    /// Only those of post-mortems about this service, however it is spelled.
    service: Option<String>,
    /// Only those of this post-mortem.
    postmortem: Option<String>,
    /// Words that must all occur in the action or in the title of its post-mortem.
    q: Option<String>,
    /// In which order; `due` if absent.
    #[param(inline)]
    sort: Option<Sort>,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    /// What is due first comes first; what has no date comes last.
    Due,
    /// The longest known come first.
    Age,
    /// Open, being done, done, declined, parked.
    State,
    /// What moved to its state last comes first.
    Recent,
    /// The latest incident comes first.
    Postmortem,
}

impl Wanted {
    /// The same as the application takes it; refuses what means nothing.
    pub(crate) fn read(self) -> Result<ActionsWanted, AppError> {
        Ok(ActionsWanted {
            states: self.state.as_deref().map(states).transpose()?.unwrap_or_default(),
            owner: present(self.owner).map(|owner| match &owner[..] {
                "me" => OwnerWanted::Me,
                "none" => OwnerWanted::Nobody,
                _ => OwnerWanted::Is(owner),
            }),
            due: due(self.due.as_deref().unwrap_or_default(), self.due_from, self.due_until)?,
            age: present(self.age).map(|age| days("age", &age)).transpose()?,
            service: present(self.service),
            postmortem: present(self.postmortem),
            words: present(self.q),
            sort: match self.sort {
                None | Some(Sort::Due) => ActionSort::Due,
                Some(Sort::Age) => ActionSort::Age,
                Some(Sort::State) => ActionSort::State,
                Some(Sort::Recent) => ActionSort::Recent,
                Some(Sort::Postmortem) => ActionSort::Postmortem,
            },
        })
    }
}

/// An empty parameter asks for nothing.
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn states(text: &str) -> Result<Vec<ActionState>, AppError> {
    let read = |name: &str| {
        ActionState::parse(name).ok_or_else(|| {
            let known = ActionState::ALL.map(ActionState::as_str).join(", ");
            AppError::invalid("state", format!("take one or more of {known}"))
        })
    };
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(read).collect()
}

fn due(name: &str, from: Option<Date>, until: Option<Date>) -> Result<Option<DueWanted>, AppError> {
    match (name.trim(), from.or(until)) {
        ("", None) => Ok(None),
        ("", Some(_)) => Ok(Some(DueWanted::Between(from, until))),
        (_, Some(_)) => {
            Err(AppError::invalid("due", "say `due`, or `due_from` and `due_until`, not both"))
        }
        ("overdue", None) => Ok(Some(DueWanted::Overdue)),
        ("none", None) => Ok(Some(DueWanted::Undated)),
        (within, None) => Ok(Some(DueWanted::Within(days("due", within)?))),
    }
}

/// `7d`
fn days(field: &'static str, text: &str) -> Result<u16, AppError> {
    let number = text.trim().strip_suffix('d').and_then(|number| number.parse().ok());
    number.ok_or_else(|| AppError::invalid(field, "say a number of days, such as 7d"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(wanted: Wanted) -> Result<ActionsWanted, AppError> {
        wanted.read()
    }

    #[test]
    fn states_are_a_list() {
        let wanted =
            read(Wanted { state: Some("open, doing,".to_owned()), ..Wanted::default() }).unwrap();
        assert_eq!(wanted.states, [ActionState::Open, ActionState::Doing]);
        assert!(read(Wanted { state: Some("closed".to_owned()), ..Wanted::default() }).is_err());
        assert!(
            read(Wanted { state: Some(String::new()), ..Wanted::default() })
                .unwrap()
                .states
                .is_empty()
        );
    }

    #[test]
    fn dates_are_words_or_days() {
        let due = |text: &str| {
            read(Wanted { due: Some(text.to_owned()), ..Wanted::default() }).map(|it| it.due)
        };
        assert_eq!(due("overdue").unwrap(), Some(DueWanted::Overdue));
        assert_eq!(due("30d").unwrap(), Some(DueWanted::Within(30)));
        assert_eq!(due("none").unwrap(), Some(DueWanted::Undated));
        assert_eq!(due("").unwrap(), None);
        assert!(due("soon").is_err());
        assert!(due("99999999d").is_err());

        let day = date(2026, 3, 1);
        let until = Wanted { due_until: Some(day), ..Wanted::default() };
        assert_eq!(read(until.clone()).unwrap().due, Some(DueWanted::Between(None, Some(day))));
        assert!(read(Wanted { due: Some("7d".to_owned()), ..until }).is_err());
    }

    #[test]
    fn owners_are_people_or_words() {
        let owner = |text: &str| {
            read(Wanted { owner: Some(text.to_owned()), ..Wanted::default() }).unwrap().owner
        };
        assert_eq!(owner("me"), Some(OwnerWanted::Me));
        assert_eq!(owner("none"), Some(OwnerWanted::Nobody));
        assert_eq!(owner("Team Ω"), Some(OwnerWanted::Is("Team Ω".to_owned())));
        assert_eq!(owner(" "), None);
    }
}
