//! Filters of the list of actions that people keep under a name, each for themselves.

use afterword_domain::policy::Operation;
use afterword_storage::KeptFilter;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::precondition::{Precondition, tag_of};
use crate::secrets::new_id;

/// More than anybody finds anything among.
const MOST: usize = 50;
const LONGEST_NAME: usize = 80;
const LONGEST_QUERY: usize = 2_000;

/// A filter to keep.
#[derive(Clone, Debug)]
pub struct FilterToKeep {
    /// What to call it.
    pub name: String,
    /// As the address of the page says it, without `?`.
    pub query: String,
}

/// What is to be different; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct FilterPatch {
    /// What to call it.
    pub name: Option<String>,
    /// As the address of the page says it.
    pub query: Option<String>,
}

impl App {
    /// The caller's filters, oldest first.
    pub async fn action_filters(&self, caller: &Caller) -> Result<Vec<KeptFilter>, AppError> {
        caller.permit(Operation::EditSelf)?;
        Ok(self.storage.action_filters(&caller.person.id).await?)
    }

    /// Keeps a filter.
    pub async fn keep_action_filter(
        &self,
        caller: &Caller,
        new: FilterToKeep,
    ) -> Result<KeptFilter, AppError> {
        let others = self.action_filters(caller).await?;
        if others.len() >= MOST {
            let detail = format!("you keep {MOST} filters already: remove one first");
            return Err(AppError::Conflict(detail));
        }
        let new = KeptFilter {
            id: new_id(),
            person_id: caller.person.id.clone(),
            name: name(&new.name, others.iter())?,
            query: query(&new.query)?,
            created_at: self.clock.now(),
        };
        self.storage.add_action_filter(&new).await?;
        Ok(new)
    }

    /// Changes one of the caller's filters that still stands as they read it.
    pub async fn change_action_filter(
        &self,
        caller: &Caller,
        id: &str,
        seen: &Precondition,
        patch: FilterPatch,
    ) -> Result<KeptFilter, AppError> {
        let all = self.action_filters(caller).await?;
        let read = all.iter().find(|it| it.id == id).ok_or(AppError::NotFound("filter"))?;
        seen.check(
            &[&tag(read)],
            || serde_json::json!({"id": read.id, "name": read.name, "query": read.query}),
        )?;
        let others = all.iter().filter(|it| it.id != id);
        let name = patch.name.map_or(Ok(read.name.clone()), |it| name(&it, others))?;
        let query = patch.query.map_or(Ok(read.query.clone()), |it| query(&it))?;
        self.storage.change_action_filter(read, &name, &query).await?;
        Ok(KeptFilter { name, query, ..read.clone() })
    }

    /// Forgets one of the caller's filters.
    pub async fn remove_action_filter(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::EditSelf)?;
        if self.storage.remove_action_filter(&caller.person.id, id).await? {
            Ok(())
        } else {
            Err(AppError::NotFound("filter"))
        }
    }
}

/// The tag of a filter's state.
fn tag(filter: &KeptFilter) -> String {
    tag_of(&(&filter.id, &filter.name, &filter.query))
}

fn name<'a>(
    name: &str,
    mut others: impl Iterator<Item = &'a KeptFilter>,
) -> Result<String, AppError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let detail = format!("give it a name of at most {LONGEST_NAME} characters");
        return Err(AppError::invalid("name", detail));
    }
    if others.any(|it| it.name.to_lowercase() == name.to_lowercase()) {
        return Err(AppError::invalid("name", "you keep a filter of that name: take another"));
    }
    Ok(name)
}

fn query(query: &str) -> Result<String, AppError> {
    let query = query.trim_start_matches('?').trim();
    if query.chars().count() > LONGEST_QUERY || query.chars().any(char::is_control) {
        let detail = format!("send the query of the address, at most {LONGEST_QUERY} characters");
        return Err(AppError::invalid("query", detail));
    }
    Ok(query.to_owned())
}
