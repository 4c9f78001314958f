//! Asking something of the meeting: it is stored, and everybody in the room sees it at once.

use afterword_domain::handbook::Part as HandbookPart;
use afterword_domain::meeting::{Command, Meeting, Refusal, Situation};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::stage::{Stage, analysis_open};
use afterword_record::{MeetingError, Record};
use afterword_storage::StoredBallot;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::handbook::InVersion;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// The meeting as somebody sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MeetingView)]
pub struct MeetingView {
    /// What everybody sees.
    #[serde(flatten)]
    pub meeting: Meeting,
    /// Whether the reader may lead it.
    pub may_lead: bool,
    /// The server's time, by which the meeting's times are counted.
    #[schema(value_type = String, format = DateTime)]
    pub now: Timestamp,
}

impl App {
    /// The meeting of a post-mortem.
    pub async fn meeting(&self, caller: &Caller, id: &str) -> Result<MeetingView, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let meeting = self.current_meeting(id).await?;
        Ok(self.meeting_view(caller, meeting))
    }

    fn meeting_view(&self, caller: &Caller, meeting: Meeting) -> MeetingView {
        MeetingView { may_lead: may_lead(caller, &meeting), now: self.clock.now(), meeting }
    }

    /// Asks something of the meeting; answers how it stands then.
    pub async fn ask_meeting(
        &self,
        caller: &Caller,
        id: &str,
        command: Command,
    ) -> Result<MeetingView, AppError> {
        let postmortem = self.entered(caller, id).await?;
        let before = self.current_meeting(id).await?;
        if command.is_for_those_who_lead() && !may_lead(caller, &before) {
            return Err(AppError::Forbidden(
                "this is for whoever leads the room: ask them, or raise your hand",
            ));
        }
        if needs_analysis(&command) {
            analysis_open(&postmortem.incident)
                .map_err(|closed| AppError::Conflict(closed.to_string()))?;
        }
        let ask = Asked {
            handbook: self.handbook_for(&before, &command).await?,
            by: caller.person.id.clone(),
            here: self.rooms.people(id).await?.len(),
            new_id: new_id(),
            now: self.clock.now(),
            command,
        };
        // What would be refused must not have any other effect first.
        ask.after(&before).map_err(refused)?;
        if !self.says_it_first(id, &before, &ask) {
            return Ok(self.meeting_view(caller, before));
        }
        self.keep_ballots(id, &before, &ask).await?;
        let (meeting, ask) = self.change_meeting(id, ask).await?;
        self.show_notes(id, &meeting).await?;
        self.follow(&postmortem, &meeting, ask.handbook.as_ref()).await?;
        Ok(self.meeting_view(caller, meeting))
    }

    pub(crate) async fn current_meeting(&self, id: &str) -> Result<Meeting, AppError> {
        Ok(self.rooms.read(id, |record, _| record.meeting()).await?)
    }

    /// Of what anybody may say once it is known that it was said, and nowhere by whom.
    fn says_it_first(&self, id: &str, meeting: &Meeting, ask: &Asked) -> bool {
        let about = match &ask.command {
            Command::MoveOn => meeting.step.as_ref().map(|it| format!("{} move on", it.started_at)),
            Command::VoteForTime { .. } => {
                meeting.more_time.as_ref().map(|it| format!("{} more time", it.asked_at))
            }
            _ => None,
        };
        about.is_none_or(|about| self.once.first(id, about, &ask.by))
    }

    /// Ballots are beside the record, since what is voted is hidden.
    async fn keep_ballots(&self, id: &str, before: &Meeting, ask: &Asked) -> Result<(), AppError> {
        match (&ask.command, &before.ballot) {
            (Command::OpenBallot { kind }, _) => {
                let ballot = StoredBallot {
                    id: ask.new_id.clone(),
                    postmortem_id: id.to_owned(),
                    kind: *kind,
                    opened_at: ask.now,
                    shown_at: None,
                };
                self.storage.open_ballot(&ballot).await?;
            }
            (Command::ShowBallot, Some(ballot)) => {
                self.storage.show_ballot(&ballot.id, ask.now, new_id).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Nobody is named as the author of the update: what a command tells of people it says itself,
    /// and who votes for more time is nobody's business.
    async fn change_meeting(&self, id: &str, ask: Asked) -> Result<(Meeting, Asked), AppError> {
        let write = move |record: &mut Record| {
            let changed = record.change_meeting(|meeting| ask.after(meeting));
            match changed {
                Ok((update, meeting)) => (update, Ok((meeting, ask))),
                Err(MeetingError::Refused(refusal)) => (None, Err(refused(refusal))),
                Err(MeetingError::Broken) => (None, Err(AppError::internal("the record broke"))),
            }
        };
        self.rooms.edit(id, None, write).await?.answer
    }

    /// The post-mortem's stage goes along with the room, and never back.
    async fn follow(
        &self,
        postmortem: &Postmortem,
        meeting: &Meeting,
        handbook: Option<&InVersion>,
    ) -> Result<(), AppError> {
        let step = meeting.step.as_ref().and_then(|it| handbook?.content.step(&it.id));
        let Some(step) = step.filter(|_| meeting.is_open()) else { return Ok(()) };
        let stage = match step.part {
            HandbookPart::Open | HandbookPart::Record => Stage::Record,
            HandbookPart::Analysis => Stage::Analyse,
            HandbookPart::Actions | HandbookPart::Close => Stage::Act,
        };
        let published = postmortem.published_at.is_some();
        if stage <= postmortem.stage || stage.check(&postmortem.incident, published).is_err() {
            return Ok(());
        }
        match self.storage.change_postmortem(&Postmortem { stage, ..postmortem.clone() }).await {
            // Somebody changed something else about it at the same time; the next step follows.
            Ok(()) | Err(afterword_storage::StorageError::Stale) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// A command with everything that it meets.
struct Asked {
    command: Command,
    handbook: Option<InVersion>,
    by: String,
    here: usize,
    new_id: String,
    now: Timestamp,
}

impl Asked {
    fn after(&self, meeting: &Meeting) -> Result<Meeting, Refusal> {
        let handbook = self.handbook.as_ref();
        let around = Situation {
            now: self.now,
            by: &self.by,
            here: self.here,
            handbook: handbook.map(|it| (&it.id[..], it.version, &it.content)),
            new_id: &self.new_id,
        };
        meeting.after(&self.command, &around)
    }
}

/// Facilitators and administrators may always: whoever led may be gone for good.
pub(crate) fn may_lead(caller: &Caller, meeting: &Meeting) -> bool {
    caller.may(Operation::LeadMeetings) || meeting.is_led_by(&caller.person.id)
}

fn needs_analysis(command: &Command) -> bool {
    matches!(command, Command::StartSilence { .. } | Command::OpenBallot { .. })
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::Unknown(what) => AppError::NotFound(what),
        Refusal::Minutes => AppError::invalid("minutes", refusal.to_string()),
        Refusal::Round => AppError::invalid("people", refusal.to_string()),
        Refusal::Long => AppError::invalid("text", refusal.to_string()),
        other => AppError::Conflict(other.to_string()),
    }
}
