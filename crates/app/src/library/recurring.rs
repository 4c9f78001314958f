//! What comes back across post-mortems.

use afterword_domain::library::RecurringKind;
use afterword_domain::policy::Operation;
use afterword_storage::Recurs;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::parse;

/// Of each kind so many are shown.
const MOST: i64 = 30;
const MOST_PASSAGES: i64 = 100;

/// What comes back, by kind.
#[derive(Clone, Debug)]
pub struct RecurringView {
    /// Systems that findings name.
    pub systems: Vec<Recurs>,
    /// What was hard.
    pub factors: Vec<Recurs>,
    /// Words of themes.
    pub themes: Vec<Recurs>,
}

/// A passage that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageBehind {
    /// In which post-mortem.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The node or theme.
    pub item: String,
    /// Its words.
    pub passage: String,
}

impl App {
    /// What at least two published post-mortems have.
    pub async fn recurring(&self, caller: &Caller) -> Result<RecurringView, AppError> {
        caller.permit(Operation::Browse)?;
        Ok(RecurringView {
            systems: self.storage.recurring(RecurringKind::System, MOST).await?,
            factors: self.storage.recurring(RecurringKind::Factor, MOST).await?,
            themes: self.storage.recurring(RecurringKind::Theme, MOST).await?,
        })
    }

    /// The passages behind one of them, the newest publication first, at most a hundred.
    pub async fn recurring_passages(
        &self,
        caller: &Caller,
        kind: RecurringKind,
        key: &str,
    ) -> Result<Vec<PassageBehind>, AppError> {
        caller.permit(Operation::Browse)?;
        let passages = self.storage.recurring_passages(kind, key, MOST_PASSAGES).await?;
        let behind = passages.into_iter().map(|it| {
            let title = parse(&it.document)?.title;
            Ok(PassageBehind { id: it.postmortem_id, title, item: it.item, passage: it.passage })
        });
        behind.collect()
    }
}
