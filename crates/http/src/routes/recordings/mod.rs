//! Recordings of meetings and their transcripts.

mod add;
mod cues;
mod details;
mod link;
mod passages;
mod play;
mod transcript;
mod tus;
mod uploads;

use std::sync::Arc;

use afterword_app::{App, MAX_TRANSCRIPT_BYTES};
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    let transcripts = OpenApiRouter::new()
        .routes(routes!(
            transcript::read_transcript,
            transcript::set_transcript,
            transcript::add_transcript,
            transcript::remove_transcript
        ))
        .layer(DefaultBodyLimit::max(MAX_TRANSCRIPT_BYTES));
    OpenApiRouter::new()
        .routes(routes!(
            play::play_recording,
            add::add_recording,
            add::upload_options,
            details::remove_recording
        ))
        .routes(routes!(uploads::upload_state, uploads::append_upload, uploads::cancel_upload))
        .routes(routes!(details::read_recording, details::change_recording))
        .routes(routes!(link::link_recording))
        .routes(routes!(passages::take_off_the_record))
        .routes(routes!(cues::list_cues))
        .routes(routes!(cues::link_cue))
        .merge(transcripts)
}
