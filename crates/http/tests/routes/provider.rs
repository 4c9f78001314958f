//! A provider of sign-ins that is not to be trusted: tokens for others, of others, old and made up.

use std::sync::{Arc, Mutex};

use afterword_app::{Provider, ProviderSettings, ProviderSignIn, RoleGroups};
use afterword_domain::people::Role;
use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;

use crate::api::{Answer, Api};

const CLIENT: &str = "afterword";
const SECRET: &str = "a secret of this client";

/// What the issuer hands out for the next code.
type Next = Arc<Mutex<Value>>;

struct Issuer {
    address: String,
    next: Next,
}

impl Issuer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let next = Next::default();
        let discovery = json!({
            "issuer": address,
            "authorization_endpoint": format!("{address}/authorize"),
            "token_endpoint": format!("{address}/token"),
            "jwks_uri": format!("{address}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["HS256"],
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(async || axum::Json(discovery)))
            .route("/keys", get(async || axum::Json(json!({"keys": []}))))
            .route("/token", post(hand_out))
            .with_state(next.clone());
        tokio::spawn(async { axum::serve(listener, routes).await });
        Self { address, next }
    }

    fn sign_in(&self) -> ProviderSignIn {
        let settings = ProviderSettings {
            issuer: self.address.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(SECRET.to_owned()),
            redirect: "https://afterword.example.org/api/v1/session/provider/back".to_owned(),
            groups_claim: "groups".to_owned(),
        };
        ProviderSignIn {
            provider: Arc::new(Provider::new(settings).unwrap()),
            name: "Example ID".to_owned(),
            roles: RoleGroups { admins: vec!["it".to_owned()], facilitators: Vec::new() },
            trust_email: false,
        }
    }

    /// What is right for a sign-in with this nonce; from one hour before now.
    fn claims(&self, nonce: &str) -> Value {
        json!({
            "iss": self.address, "aud": CLIENT, "sub": "7", "nonce": nonce,
            "iat": now() - 60, "exp": now() + 600,
            "email": "ada@example.org", "email_verified": true,
        })
    }
}

async fn hand_out(State(next): State<Next>) -> axum::Json<Value> {
    axum::Json(next.lock().unwrap().clone())
}

/// Tokens are believed by the machine's clock.
#[expect(clippy::disallowed_methods, reason = "tokens expire by the machine's clock")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn token(header: &Value, claims: &Value, secret: &str) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let body = format!("{}.{}", part(header), part(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{body}.{signature}")
}

fn tokens(id_token: &str) -> Value {
    json!({"access_token": "access", "token_type": "Bearer", "id_token": id_token})
}

/// A browser that is away at the provider.
struct Away {
    state: String,
    nonce: String,
    cookie: String,
}

async fn go(api: &Api) -> Away {
    let gone = api.ask(Method::GET, "/session/provider?to=/library").send().await;
    gone.is(StatusCode::SEE_OTHER);
    let query = gone.header("location").split_once('?').unwrap().1.to_owned();
    let value = |name: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        found.unwrap_or_else(|| panic!("no {name} in {query}")).to_owned()
    };
    assert_eq!(value("code_challenge_method"), "S256");
    assert!(gone.header("set-cookie").contains("HttpOnly"));
    Away {
        state: value("state"),
        nonce: value("nonce"),
        cookie: gone.header("set-cookie").split(';').next().unwrap().to_owned(),
    }
}

async fn back(api: &Api, away: &Away) -> Answer {
    let path = format!("/session/provider/back?code=c&state={}", away.state);
    api.ask(Method::GET, &path).header("cookie", &away.cookie).send().await
}

fn is_refused(answer: &Answer, reason: &str) {
    answer.is(StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), format!("/sign-in?refused={reason}"));
    let cookies = answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
    assert!(!cookies.into_iter().any(|it| it.starts_with("afterword_session=")));
}

#[tokio::test]
async fn a_token_that_is_right_signs_in_once() {
    let issuer = Issuer::start().await;
    let api = Api::start_with(Some(issuer.sign_in())).await;
    let ada = api.person("Ada", Role::Member).await;
    let away = go(&api).await;
    let claims = issuer.claims(&away.nonce);
    *issuer.next.lock().unwrap() = tokens(&token(&json!({"alg": "HS256"}), &claims, SECRET));
    let signed = back(&api, &away).await;
    signed.is(StatusCode::SEE_OTHER);
    assert_eq!(signed.header("location"), "/library");
    let cookies: Vec<_> =
        signed.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    let session = cookies.iter().find(|it| it.starts_with("afterword_session=")).unwrap();
    let cookie = session.split(';').next().unwrap();
    let read = api.ask(Method::GET, "/session").header("cookie", cookie).send().await;
    assert_eq!(read.json["person"]["id"], ada.id);
    is_refused(&back(&api, &away).await, "expired");
}

#[tokio::test]
async fn tokens_that_are_not_right_sign_nobody_in() {
    let issuer = Issuer::start().await;
    let api = Api::start_with(Some(issuer.sign_in())).await;
    api.person("Ada", Role::Admin).await;
    let header = json!({"alg": "HS256"});
    let changed = |claims: &Value, name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    for case in ["audience", "issuer", "expired", "nonce", "signature", "unsigned", "none"] {
        let away = go(&api).await;
        let right = issuer.claims(&away.nonce);
        let made = match case {
            "audience" => token(&header, &changed(&right, "aud", json!("another")), SECRET),
            "issuer" => token(&header, &changed(&right, "iss", json!("https://b.example")), SECRET),
            "expired" => token(&header, &changed(&right, "exp", json!(now() - 3_600)), SECRET),
            "nonce" => token(&header, &changed(&right, "nonce", json!("of before")), SECRET),
            "signature" => token(&header, &right, "another secret"),
            "unsigned" => {
                let signed = token(&json!({"alg": "none"}), &right, SECRET);
                format!("{}.", signed.rsplit_once('.').unwrap().0)
            }
            _ => String::new(),
        };
        *issuer.next.lock().unwrap() = if made.is_empty() {
            json!({"access_token": "access", "token_type": "Bearer"})
        } else {
            tokens(&made)
        };
        let answer = back(&api, &away).await;
        assert_eq!(answer.header("location"), "/sign-in?refused=not-believed", "{case}");
        is_refused(&answer, "not-believed");
    }
}

#[tokio::test]
async fn whoever_did_not_leave_from_this_browser_is_not_signed_in() {
    let issuer = Issuer::start().await;
    let api = Api::start_with(Some(issuer.sign_in())).await;
    let (mine, theirs) = (go(&api).await, go(&api).await);
    let claims = issuer.claims(&theirs.nonce);
    *issuer.next.lock().unwrap() = tokens(&token(&json!({"alg": "HS256"}), &claims, SECRET));
    // An address that somebody else made, in my browser.
    let mixed = Away { cookie: mine.cookie, ..theirs };
    is_refused(&back(&api, &mixed).await, "expired");

    let away = go(&api).await;
    api.pass(16 * 60);
    is_refused(&back(&api, &away).await, "expired");
}

#[tokio::test]
async fn a_provider_that_is_away_is_said_to_be() {
    let issuer = Issuer::start().await;
    let mut sign_in = issuer.sign_in();
    let settings = ProviderSettings {
        // Nobody listens there.
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: None,
        redirect: "https://afterword.example.org/api/v1/session/provider/back".to_owned(),
        groups_claim: "groups".to_owned(),
    };
    sign_in.provider = Arc::new(Provider::new(settings).unwrap());
    let api = Api::start_with(Some(sign_in)).await;
    is_refused(&api.ask(Method::GET, "/session/provider").send().await, "unreachable");
    let without = Api::start().await;
    is_refused(&without.ask(Method::GET, "/session/provider").send().await, "none");
}
