//! Which operation does which job.

use afterword_domain::job::Job;

use super::queue::{Ended, Fault};
use crate::app::App;

impl App {
    pub(crate) async fn run_job(&self, job: &Job) -> Result<Ended, Fault> {
        match job {
            Job::Ticket { id } => self.follow_ticket(id).await,
            Job::Incident { id } => self.follow_incident(id).await,
            Job::Remind { person } => self.remind(person).await,
            Job::Recording { postmortem } => self.tend_recording(postmortem).await,
            Job::AskForFeedback { postmortem } => self.ask_for_feedback(postmortem).await,
            Job::TellOfRequests { person } => self.tell_of_requests(person).await,
            Job::Announce { postmortem } => self.announce(postmortem).await,
            Job::Digest { person } => self.digest_week(person).await,
            Job::Invite { appointment } => self.tell_of_call(appointment).await,
        }
    }
}
