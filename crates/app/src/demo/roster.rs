//! Who leads here, who learns to, and who is asked to lead the next one.

use afterword_domain::roster::{Seat, Step};
use afterword_storage::StepReached;
use jiff::Timestamp;

use super::people::Cast;
use crate::app::App;
use crate::error::AppError;

/// A step, how many days ago, and whether in the older meeting.
type Taken = (Step, i64, bool);

/// Who is on it, and which steps they took.
const ROSTER: [(&str, &[Taken]); 3] = [
    ("imani", &[(Step::Graduated, 400, false)]),
    ("priya", &[(Step::Read, 120, false), (Step::Shadowed, 80, false), (Step::Led, 21, true)]),
    ("daniel", &[(Step::Read, 40, false), (Step::Shadowed, 21, true)]),
];

impl App {
    /// `older`, `next`: ids of the post-mortem that is published, and of the one that is to be led.
    pub(super) async fn write_roster(
        &self,
        cast: &Cast,
        older: &str,
        next: &str,
    ) -> Result<(), AppError> {
        let held = self.storage.postmortem(older).await?.map(|it| (it.id, it.title));
        for (name, steps) in ROSTER {
            let person = &cast.get(name)?.person.id;
            for (place, &(step, days, there)) in steps.iter().enumerate() {
                let at = self.demo_midnight(days)?;
                if place == 0 {
                    self.storage.join_roster(person, step, at).await?;
                    continue;
                }
                let postmortem = held.clone().filter(|_| there);
                let reached = StepReached { step, at, postmortem, confirmed_by: None };
                self.storage.note_step(person, &reached).await?;
            }
        }
        self.write_seats(cast, next, self.clock.now()).await
    }

    /// Imani leads it, and would like Priya to lead with her.
    async fn write_seats(&self, cast: &Cast, id: &str, now: Timestamp) -> Result<(), AppError> {
        let (imani, priya) = (&cast.get("imani")?.person.id, &cast.get("priya")?.person.id);
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let leads = self.request(&postmortem, Seat::Facilitator, imani, imani);
        self.storage.add_seat(&leads, now).await?;
        let with_her = self.request(&postmortem, Seat::CoFacilitator, priya, imani);
        Ok(self.storage.add_seat(&with_her, now).await?)
    }
}
