//! Who I am, and how one can sign in.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::people::Role;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};
use crate::routes::disciplines::DisciplineDto;
use crate::routes::people::PersonDto;

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    person: PersonDto,
    /// The organisation's disciplines in their order.
    disciplines: Vec<DisciplineDto>,
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", operation_id = "readSession", responses(
    (status = OK, body = Session),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_session(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Session>, ApiError> {
    let disciplines = app.disciplines().await?.into_iter().map(Into::into).collect();
    Ok(Json(Session { person: caller.person.into(), disciplines }))
}

/// How one can sign in here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignInOptions {
    /// Whether a link can be sent by mail.
    mail: bool,
    /// What people call the organisation's own provider of sign-ins, if there is one.
    provider: Option<String>,
    /// The accounts of the demonstration organisation, if this server shows it.
    demo: Option<Vec<DemoAccount>>,
}

/// An account that everyone may try.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DemoAccount {
    email: &'static str,
    password: &'static str,
    name: &'static str,
    role: Role,
}

/// How one can sign in here; needs no sign-in.
#[utoipa::path(get, path = "/sign-in", tag = "session", operation_id = "readSignIn", responses(
    (status = OK, body = SignInOptions),
))]
pub(super) async fn read_sign_in(State(app): State<Arc<App>>) -> Json<SignInOptions> {
    let account = |it: &afterword_app::DemoPerson| DemoAccount {
        email: it.email,
        password: afterword_app::DEMO_PASSWORD,
        name: it.name,
        role: it.role,
    };
    let accounts = || afterword_app::DEMO_PEOPLE.iter().map(account).collect();
    let settings = app.settings();
    let provider = settings.provider.as_ref().map(|it| it.name.clone());
    Json(SignInOptions { mail: app.sends_mail(), provider, demo: settings.demo.then(accounts) })
}
