//! One folder a resource, one file an operation.

mod actions;
mod answers;
mod appointments;
mod calendar;
mod channels;
mod chase;
mod disciplines;
mod documents;
mod events;
mod evidence;
mod feed;
mod feedback;
mod growth;
mod handbooks;
mod hooks;
mod imports;
mod invitations;
mod items;
mod jobs;
mod library;
mod meeting;
mod people;
mod pictures;
mod policies;
mod postmortems;
mod process;
mod publications;
mod record;
mod recordings;
mod reminders;
mod services;
mod session;
mod sources;
mod subscriptions;
mod teams;
mod tickets;
mod times;
mod trackers;
mod wording;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;

/// Every route below `/api/v1`.
pub(crate) fn all() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .merge(session::routes())
        .merge(people::routes())
        .merge(disciplines::routes())
        .merge(teams::routes())
        .merge(services::routes())
        .merge(policies::routes())
        .merge(postmortems::routes())
        .merge(record::routes())
        .merge(items::routes())
        .merge(meeting::routes())
        .merge(times::routes())
        .merge(wording::routes())
        .merge(pictures::routes())
        .merge(recordings::routes())
        .merge(publications::routes())
        .merge(library::routes())
        .merge(documents::routes())
        .merge(feed::routes())
        .merge(subscriptions::routes())
        .merge(channels::routes())
        .merge(actions::routes())
        .merge(answers::routes())
        .merge(appointments::routes())
        .merge(invitations::routes())
        .merge(calendar::routes())
        .merge(reminders::routes())
        .merge(chase::routes())
        .merge(tickets::routes())
        .merge(trackers::routes())
        .merge(jobs::routes())
        .merge(events::routes())
        .merge(evidence::routes())
        .merge(hooks::routes())
        .merge(imports::routes())
        .merge(sources::routes())
        .merge(handbooks::routes())
        .merge(feedback::routes())
        .merge(growth::routes())
        .merge(process::routes())
}
