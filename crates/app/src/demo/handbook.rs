//! What the organisation has learned about leading, as a second version of its handbook.

use super::people::Cast;
use crate::app::App;
use crate::error::AppError;

const QUESTION: &str = "Which certificate, key or quota runs out next, and whom does it tell?";
const REASON: &str =
    "In the review of the certificates nobody asked for things that happen slowly, until the end.";

impl App {
    pub(super) async fn write_handbook(&self, cast: &Cast) -> Result<(), AppError> {
        let imani = cast.get("imani")?;
        let mut read = self.handbook(imani, "60-minutes", None).await?;
        if let Some(step) = read.content.steps.iter_mut().find(|step| step.id == "look-back") {
            step.prompts.push(QUESTION.to_owned());
        }
        self.save_handbook(imani, &read.id, Some(read.version), read.content, REASON).await?;
        Ok(())
    }
}
