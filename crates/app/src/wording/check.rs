//! Checking words as they are written. Nothing of them is kept or logged.

use std::sync::{Arc, Mutex, PoisonError};

use afterword_domain::policy::Operation;
use afterword_domain::wording::{Field, Finding, Lexicon, Names, check};
use afterword_storage::WordingState;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// Far more than anybody writes in one field.
const LONGEST: usize = 20_000;

/// The list ready to be looked for, and of what it was made.
struct Ready {
    of: WordingState,
    lexicon: Lexicon,
    names: Names,
}

/// The list as it was last made ready. Before each use the store is asked whether it still is the
/// same, so that all nodes check by the same list.
#[derive(Default)]
pub(crate) struct Prepared(Mutex<Option<Arc<Ready>>>);

impl Prepared {
    fn of(&self, state: WordingState) -> Option<Arc<Ready>> {
        let ready = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        ready.filter(|ready| ready.of == state)
    }

    fn keep(&self, ready: Ready) -> Arc<Ready> {
        let ready = Arc::new(ready);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ready.clone());
        ready
    }
}

impl App {
    /// The wordings of a text that might be asked better.
    pub async fn check_wording(
        &self,
        caller: &Caller,
        text: &str,
        field: Option<&str>,
    ) -> Result<Vec<Finding>, AppError> {
        caller.permit(Operation::CheckWording)?;
        if text.chars().count() > LONGEST {
            let detail =
                format!("this is longer than {LONGEST} characters: check a part at a time");
            return Err(AppError::invalid("text", detail));
        }
        let ready = self.wording_ready().await?;
        Ok(check(text, field.map(Field::named).unwrap_or_default(), &ready.lexicon, &ready.names))
    }

    async fn wording_ready(&self) -> Result<Arc<Ready>, AppError> {
        let state = self.storage.wording_state().await?;
        if let Some(ready) = self.wording.of(state) {
            return Ok(ready);
        }
        let (_, edits) = self.storage.wording_edits().await?;
        let people = self.storage.people().await?;
        let names = Names::new(people.iter().map(|person| &person.name[..]));
        Ok(self.wording.keep(Ready { of: state, lexicon: Lexicon::new(&edits), names }))
    }
}
