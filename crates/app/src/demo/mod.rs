//! A small, lifelike organisation to try everything with.

mod certificates;
mod checkout;
mod evidence;
mod handbook;
mod organisation;
mod people;
mod writing;

pub use people::{DEMO_PASSWORD, DEMO_PEOPLE, DemoPerson};

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Fills an empty store with the demonstration; a store with people in it is left alone.
    pub async fn fill_with_demo(&self) -> Result<(), AppError> {
        if !self.storage.people().await?.is_empty() {
            return Ok(());
        }
        let cast = self.add_demo_people().await?;
        self.add_demo_teams(&cast).await?;
        let cited = self.add_demo_evidence().await?;
        self.write_handbook(&cast).await?;
        self.write_certificates(&cast, &cited).await?;
        self.write_checkout(&cast, &cited).await
    }
}
