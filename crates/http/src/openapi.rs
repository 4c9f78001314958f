//! The description of the API, generated from the handlers.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi, SecurityRequirement};
use utoipa::{Modify, OpenApi as _};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Afterword", description = "Post-mortems as incident analysis. Times are UTC."),
    modifiers(&SignIn),
    // Handbooks' words may mark them; the web app explains each.
    components(schemas(afterword_domain::handbook::Term)),
    servers((url = "/api/v1"))
)]
struct Description;

/// Both ways to sign in.
struct SignIn;

impl Modify for SignIn {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("afterword_session"));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let none: [String; 0] = [];
        api.security = Some(vec![
            SecurityRequirement::new("bearer", none.clone()),
            SecurityRequirement::new("session", none),
        ]);
    }
}

/// The description without its paths, to be filled by the routes.
pub(crate) fn description() -> OpenApi {
    Description::openapi()
}
