//! Sign-in at the organisation's own provider: `OpenID Connect` with discovery, the authorization
//! code flow, PKCE and a nonce. The protocol is read by the crate `openidconnect`.

mod claims;
mod client;
mod http;

use std::sync::RwLock;
use std::time::{Duration, Instant};

use openidconnect::core::{CoreAuthenticationFlow, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, Scope,
};

pub use claims::Identity;

use crate::evidence::Address;
use client::{Client, Tokens};
use http::Http;

/// What is known of a provider is asked for again after so long.
const FRESH: Duration = Duration::from_mins(10);

/// How the provider is reached, and what it knows us as.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// The issuer: an `https://` address, below which discovery begins.
    pub issuer: String,
    /// What the provider calls this installation.
    pub client_id: String,
    /// What it knows it by, if the provider gave one.
    pub client_secret: Option<String>,
    /// Where the provider sends people back to.
    pub redirect: String,
    /// The claim that lists somebody's groups.
    pub groups_claim: String,
}

/// Why somebody cannot be signed in by the provider.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The settings cannot be used.
    #[error("{0}")]
    Settings(String),
    /// The provider does not answer, or not as one.
    #[error("the provider does not answer as one: {0}")]
    Unreachable(String),
    /// The provider takes the code not, or not any more.
    #[error("the provider refused the code: {0}")]
    Refused(String),
    /// What the provider says of somebody is not to be believed.
    #[error("the token is not to be believed: {0}")]
    NotBelieved(String),
}

/// Where a browser is to go, and what has to be known when it comes back.
#[derive(Clone, Debug)]
pub struct Departure {
    /// The provider's page.
    pub url: String,
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// Shows that whoever redeems the code is who asked for it.
    pub verifier: String,
}

/// The organisation's provider of sign-ins.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    issuer: IssuerUrl,
    http: Http,
    known: RwLock<Option<(Instant, CoreProviderMetadata)>>,
}

impl Provider {
    /// A provider that was not asked anything yet.
    pub fn new(settings: ProviderSettings) -> Result<Self, ProviderError> {
        Address::parse_setting("issuer", &settings.issuer)
            .map_err(|error| ProviderError::Settings(error.to_string()))?;
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .map_err(|error| ProviderError::Settings(error.to_string()))?;
        let http = Http::new().map_err(|error| ProviderError::Settings(error.to_string()))?;
        Ok(Self { settings, issuer, http, known: RwLock::default() })
    }

    /// Where to send a browser.
    pub async fn depart(&self) -> Result<Departure, ProviderError> {
        let client = self.client(self.metadata(FRESH).await?)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(
                ["email", "profile", "groups"]
                    .map(str::to_owned)
                    .map(Scope::new)
                    .into_iter()
                    .filter(|it| self.offers(it)),
            )
            .set_pkce_challenge(challenge)
            .url();
        Ok(Departure {
            url: url.into(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Who came back with this code.
    pub async fn arrive(
        &self,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<Identity, ProviderError> {
        let client = self.client(self.metadata(FRESH).await?)?;
        let tokens = self.redeem(&client, code, verifier).await?;
        let nonce = Nonce::new(nonce);
        let believed = match claims::believed(&client, &tokens, &nonce) {
            // The provider may have changed its keys since we asked for them.
            Err(error) if claims::is_by_unknown_key(&error) => {
                let renewed = self.client(self.metadata(Duration::ZERO).await?)?;
                claims::believed(&renewed, &tokens, &nonce)
            }
            first => first,
        };
        let token = believed.map_err(|error| ProviderError::NotBelieved(described(&error)))?;
        let told = self.asked(&client, &tokens, &token).await?;
        Ok(claims::identity(&token, told.as_ref(), &self.settings.groups_claim))
    }

    async fn redeem(
        &self,
        client: &Client,
        code: String,
        verifier: String,
    ) -> Result<Tokens, ProviderError> {
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| ProviderError::Unreachable(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let sent = request.request_async(&self.http).await;
        sent.map_err(|error| match error {
            RequestTokenError::ServerResponse(answer) => ProviderError::Refused(answer.to_string()),
            other => ProviderError::Unreachable(described(&other)),
        })
    }

    /// What the provider tells beside the token, where it has an address for that.
    async fn asked(
        &self,
        client: &Client,
        tokens: &Tokens,
        token: &claims::Token,
    ) -> Result<Option<claims::Told>, ProviderError> {
        if client.user_info_url().is_none() {
            return Ok(None);
        }
        let request = client
            .user_info(tokens.access_token().clone(), Some(token.subject().clone()))
            .map_err(|error| ProviderError::Unreachable(error.to_string()))?;
        let told = request.request_async(&self.http).await;
        told.map(Some).map_err(|error| ProviderError::NotBelieved(described(&error)))
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Result<Client, ProviderError> {
        client::of(&self.settings, metadata)
    }

    /// What the provider says of itself, at most that old.
    async fn metadata(&self, fresh: Duration) -> Result<CoreProviderMetadata, ProviderError> {
        if let Some(known) = self.known(fresh) {
            return Ok(known);
        }
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|error| ProviderError::Unreachable(described(&error)))?;
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *known = Some((Instant::now(), found.clone()));
        Ok(found)
    }

    fn known(&self, fresh: Duration) -> Option<CoreProviderMetadata> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (asked, metadata) = known.as_ref()?;
        (asked.elapsed() < fresh).then(|| metadata.clone())
    }

    /// Whether the provider knows a scope; one that lists none is asked for the usual ones.
    fn offers(&self, scope: &Scope) -> bool {
        let usual = scope.as_str() != "groups";
        let known = self.known(Duration::MAX);
        known.and_then(|it| it.scopes_supported().map(|all| all.contains(scope))).unwrap_or(usual)
    }
}

/// An error with what led to it.
fn described(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
