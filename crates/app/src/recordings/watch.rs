//! Who may watch a recording.

use afterword_domain::policy::{Operation, may, may_watch};
use afterword_domain::postmortem::Postmortem;
use afterword_domain::recording::Visibility;
use afterword_storage::{Passage, Recording};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A recording for somebody who may watch it.
pub(super) struct Watched {
    pub(super) postmortem: Postmortem,
    pub(super) recording: Recording,
    pub(super) passages: Vec<Passage>,
    /// Whether they are of the room, and no reader of the publication.
    pub(super) in_room: bool,
}

impl Watched {
    /// Whether something that is off the record is still in it.
    pub(super) fn is_withheld(&self) -> bool {
        self.passages.iter().any(|passage| !passage.cut)
    }
}

/// Who may watch it once it is published.
pub(super) fn visibility(recording: &Recording, postmortem: &Postmortem) -> Visibility {
    recording.visibility.unwrap_or_else(|| Visibility::usual(postmortem.naming))
}

/// Whether readers of the publication may watch it: not before somebody has said that everyone on
/// the call agreed.
pub(super) fn is_open_to_readers(recording: &Recording, postmortem: &Postmortem) -> bool {
    postmortem.published_at.is_some()
        && recording.agreed_at.is_some()
        && visibility(recording, postmortem) == Visibility::Everyone
}

impl App {
    /// The recording of a post-mortem, for whoever may watch it.
    pub(super) async fn watched(&self, caller: &Caller, id: &str) -> Result<Watched, AppError> {
        let postmortem = self.permitted(caller, id, Operation::Browse).await?;
        let standing = self.standing(caller, &postmortem).await?;
        let recording = self.kept_recording(id).await?;
        let open = is_open_to_readers(&recording, &postmortem);
        if !may_watch(caller.person.role, standing, open) {
            return Err(AppError::Forbidden(
                "this recording stays with those who took part: ask one of them",
            ));
        }
        let passages = self.storage.passages(id).await?;
        let in_room = may(caller.person.role, standing, Operation::ReadRecord);
        Ok(Watched { postmortem, recording, passages, in_room })
    }

    pub(super) async fn kept_recording(&self, id: &str) -> Result<Recording, AppError> {
        self.storage.recording(id).await?.ok_or(AppError::NotFound("recording"))
    }
}
