//! What is said of a recording, changed.

use afterword_domain::policy::Operation;
use afterword_domain::recording::Visibility;
use afterword_record::edit::Field;
use afterword_storage::Recording;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::read::RecordingView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is to change: absent stays, null clears.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecordingChange)]
pub struct RecordingPatch {
    /// The moment of its second 0.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Field<Timestamp>,
    /// Who may watch it once it is published; cleared: as people appear there.
    #[serde(default)]
    #[schema(value_type = Option<Visibility>)]
    pub visibility: Field<Visibility>,
    /// When it is removed; cleared: with the post-mortem.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub keep_until: Field<Timestamp>,
    /// Whether everyone on the call agreed.
    pub agreed: Option<bool>,
}

impl App {
    /// Changes what is said of a recording. `version`: the one that was read; any if absent.
    pub async fn change_recording(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
        patch: RecordingPatch,
    ) -> Result<RecordingView, AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let it = self.kept_recording(id).await?;
        let agreed = match patch.agreed {
            Some(true) => Some((caller.person.id.clone(), self.clock.now())),
            Some(false) => None,
            None => it.agreed_by.clone().zip(it.agreed_at),
        };
        let (agreed_by, agreed_at) = agreed.unzip();
        let changed = Recording {
            started_at: patch.started_at.over(it.started_at),
            visibility: patch.visibility.over(it.visibility),
            keep_until: patch.keep_until.over(it.keep_until),
            agreed_by,
            agreed_at,
            version: version.unwrap_or(it.version),
            ..it
        };
        self.storage.save_recording(&changed, None).await?;
        self.renew_reader_cues(id).await?;
        self.recording(caller, id).await
    }
}
