//! Titles as those know them who were not in the room.

use afterword_domain::policy::{Operation, Standing, may};
use afterword_domain::postmortem::{Naming, Postmortem};

use super::naming::Names;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Post-mortems as the caller may know of them: where a publication tells of people by their
    /// roles, no title tells a reader of it their names.
    pub(crate) async fn titled_for(
        &self,
        caller: &Caller,
        mut postmortems: Vec<Postmortem>,
    ) -> Result<Vec<Postmortem>, AppError> {
        if may(caller.person.role, Standing::Reader, Operation::ReadRecord) {
            return Ok(postmortems);
        }
        let mut names = None;
        for postmortem in &mut postmortems {
            let by_roles = postmortem.published_at.is_some() && postmortem.naming == Naming::Roles;
            if !by_roles || self.standing(caller, postmortem).await? != Standing::Reader {
                continue;
            }
            if names.is_none() {
                names = Some(Names::new(Naming::Roles, &self.storage.people().await?));
            }
            if let Some(names) = &names {
                postmortem.title = names.in_text(&postmortem.title);
                let severity = postmortem.severity.take();
                postmortem.severity = severity.map(|severity| names.in_text(&severity));
            }
        }
        Ok(postmortems)
    }
}
