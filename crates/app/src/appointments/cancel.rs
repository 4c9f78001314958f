//! Calling a call off.

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Calls off a call that lies ahead; everybody who was asked to it is told.
    pub async fn cancel_call(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
    ) -> Result<(), AppError> {
        let (call, postmortem) = self.arranged_by(caller, id).await?;
        self.check_open(caller, (&call, &postmortem), read).await?;
        self.storage.cancel_appointment(&call, self.clock.now()).await?;
        self.queue.ring();
        Ok(())
    }
}
