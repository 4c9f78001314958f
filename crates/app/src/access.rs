//! Who asks, and whether they may; the rules are in [`afterword_domain::policy`].

use afterword_domain::people::Person;
use afterword_domain::policy::{Operation, Standing, may};
use afterword_domain::postmortem::Postmortem;

use crate::app::App;
use crate::error::AppError;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub person: Person,
    /// The id of the session, if a browser asks and not a program.
    pub session: Option<String>,
}

impl Caller {
    /// Refuses what the person's role does not allow anywhere.
    pub(crate) fn permit(&self, operation: Operation) -> Result<(), AppError> {
        permit(self.may(operation), operation)
    }

    /// Whether the person's role allows it anywhere.
    pub fn may(&self, operation: Operation) -> bool {
        may(self.person.role, Standing::Newcomer, operation)
    }
}

fn permit(allowed: bool, operation: Operation) -> Result<(), AppError> {
    if allowed { Ok(()) } else { Err(AppError::Forbidden(refusal(operation))) }
}

fn refusal(operation: Operation) -> &'static str {
    match operation {
        Operation::ReadRecord | Operation::WriteRecord | Operation::SteerPostmortem => {
            "this post-mortem is published and its room is closed: read it in the library, or ask \
             a facilitator to let you in"
        }
        Operation::Publish => {
            "publishing is for those who took part and for facilitators: ask one of them"
        }
        Operation::AnswerReaders => {
            "this is for those who took part and for facilitators: ask your question below it"
        }
        Operation::ArrangeCalls => {
            "the call is arranged by those who take part and by facilitators: enter the room, or \
             ask one of them"
        }
        Operation::AskForInput => {
            "asking people for input is for those who take part and for facilitators: write in the \
             record first, or ask one of them"
        }
        Operation::ManagePeople
        | Operation::ManageOrganisation
        | Operation::ManageSources
        | Operation::ManageTrackers
        | Operation::ManageJobs
        | Operation::ManageChannels => "this is for administrators: ask one of them",
        Operation::EditHandbooks => "handbooks are changed by facilitators: ask one of them",
        Operation::EditWording => {
            "the list of wordings is changed by facilitators and administrators: ask one of them"
        }
        Operation::ChaseActions => {
            "the chase list is for facilitators and administrators: ask one of them"
        }
        Operation::GiveFeedback => {
            "feedback on how meetings are led is between facilitators: ask one of them"
        }
        Operation::ImproveProcess => {
            "the process is looked after by facilitators and administrators: ask one of them"
        }
        Operation::SeeRoster => {
            "the roster is for facilitators and administrators: ask one of them"
        }
        _ => "this is not open to you",
    }
}

impl App {
    /// How somebody stands to a post-mortem.
    pub(crate) async fn standing(
        &self,
        caller: &Caller,
        postmortem: &Postmortem,
    ) -> Result<Standing, AppError> {
        let takes_part = self.storage.takes_part(&postmortem.id, &caller.person.id).await?;
        Ok(match (takes_part, postmortem.published_at) {
            (true, _) => Standing::Participant,
            (false, None) => Standing::Newcomer,
            (false, Some(_)) => Standing::Reader,
        })
    }

    /// The post-mortem, if there is one and the caller may do that to it.
    pub(crate) async fn permitted(
        &self,
        caller: &Caller,
        id: &str,
        operation: Operation,
    ) -> Result<Postmortem, AppError> {
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let standing = self.standing(caller, &postmortem).await?;
        permit(may(caller.person.role, standing, operation), operation)?;
        Ok(postmortem)
    }

    /// The same for somebody about to write, who thereby becomes a participant.
    pub(crate) async fn entered(&self, caller: &Caller, id: &str) -> Result<Postmortem, AppError> {
        let postmortem = self.permitted(caller, id, Operation::WriteRecord).await?;
        self.take_part(caller, id).await?;
        Ok(postmortem)
    }

    /// Makes somebody a participant, if they are none yet.
    pub(crate) async fn take_part(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        if !self.storage.takes_part(id, &caller.person.id).await? {
            self.storage.join(id, &caller.person.id, self.clock.now()).await?;
        }
        Ok(())
    }
}
