//! Coming into a room.

use afterword_domain::policy::Operation;
use afterword_rooms::{Connection, Visitor};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Joins the live session on a record; whoever connects takes part. `acks`: whether the client
    /// asked to be told what is saved.
    pub async fn join(
        &self,
        caller: &Caller,
        id: &str,
        acks: bool,
    ) -> Result<Connection, AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        // A full disk must not keep anybody from reading; who came now takes part when they connect
        // again.
        if let Err(error) = self.take_part(caller, id).await {
            tracing::error!(record = id, %error, "a new participant cannot be stored");
        }
        let visitor = Visitor {
            id: caller.person.id.clone(),
            name: caller.person.name.clone(),
            discipline: caller.person.discipline.to_string(),
        };
        Ok(self.rooms.join(id, visitor, acks).await?)
    }
}
