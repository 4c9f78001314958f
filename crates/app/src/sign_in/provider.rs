//! Sign-in at the organisation's own provider.

use std::sync::Arc;

use afterword_domain::people::{Discipline, Person, Role};
use afterword_domain::role_groups::RoleGroups;
use afterword_integrations::oidc::{Identity, Provider, ProviderError};
use afterword_storage::{Departed, PersonChange};
use jiff::SignedDuration;

use crate::app::App;
use crate::error::AppError;
use crate::people::{PersonToAdd, check_email, check_time_zone, normal_email};
use crate::secrets::sha256;
use crate::sign_in::NewSession;

/// How long somebody may be away at the provider.
const AWAY: SignedDuration = SignedDuration::from_mins(15);

/// The organisation's provider of sign-ins, and what its word is good for here.
#[derive(Clone, Debug)]
pub struct ProviderSignIn {
    /// Where people sign in.
    pub provider: Arc<Provider>,
    /// What people call it.
    pub name: String,
    /// Which groups give which role.
    pub roles: RoleGroups,
    /// Whether addresses count that the provider does not say it confirmed.
    pub trust_email: bool,
}

/// A browser to be sent to the provider.
#[derive(Debug)]
pub struct ToProvider {
    /// Where to.
    pub url: String,
    /// What has to lie in this browser when it comes back.
    pub state: String,
    /// So many seconds it may be away.
    pub seconds: i64,
}

/// Who came back from the provider.
#[derive(Debug)]
pub struct FromProvider {
    /// The session that begins.
    pub session: NewSession,
    /// The page of ours that was wanted.
    pub return_to: String,
}

/// Why a sign-in at the provider led to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProviderRefused {
    /// This server has no provider.
    #[error("this server has no provider of sign-ins")]
    None,
    /// Nobody left from this browser, or too long ago, or came back before.
    #[error("this browser left for no sign-in that is still open")]
    NotAway,
    /// The provider said no, or the person did.
    #[error("the provider signed nobody in: {0}")]
    Declined(String),
    /// The provider confirms no address, by which an account could be found or made.
    #[error("the provider confirms no address")]
    NoAddress,
    /// The provider does not answer, or is not to be believed.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

impl App {
    /// Sends a browser to the provider; it comes back to `return_to` in the end. `time_zone`: the
    /// browser's, for an account that is made of it.
    pub async fn go_to_provider(
        &self,
        return_to: String,
        time_zone: String,
    ) -> Result<ToProvider, ProviderRefused> {
        let departure = self.organisation_provider()?.provider.depart().await?;
        let now = self.clock.now();
        let gone = Departed {
            state_hash: sha256(departure.state.as_bytes()),
            nonce: departure.nonce,
            verifier: departure.verifier,
            return_to,
            time_zone,
            expires_at: now + AWAY,
        };
        self.storage.depart(&gone, now).await.map_err(AppError::from)?;
        Ok(ToProvider { url: departure.url, state: departure.state, seconds: AWAY.as_secs() })
    }

    /// Signs in who comes back. `kept`: the state that lies in this browser, so that nobody is
    /// signed in by an address that somebody else made.
    pub async fn come_from_provider(
        &self,
        kept: Option<&str>,
        state: &str,
        code: Result<String, String>,
    ) -> Result<FromProvider, ProviderRefused> {
        let organisation = self.organisation_provider()?;
        if kept != Some(state) {
            return Err(ProviderRefused::NotAway);
        }
        let hash = sha256(state.as_bytes());
        let gone = self.storage.arrive(&hash, self.clock.now()).await.map_err(AppError::from)?;
        let gone = gone.ok_or(ProviderRefused::NotAway)?;
        let code = code.map_err(ProviderRefused::Declined)?;
        let identity = organisation.provider.arrive(code, gone.nonce, gone.verifier).await?;
        let person = self.person_behind(organisation, &identity, &gone.time_zone).await?;
        let session = self.begin_session(&person).await?;
        Ok(FromProvider { session, return_to: gone.return_to })
    }

    fn organisation_provider(&self) -> Result<&ProviderSignIn, ProviderRefused> {
        self.settings.provider.as_ref().ok_or(ProviderRefused::None)
    }

    /// Id of the account of whoever signed in: theirs, or that of their confirmed address, or a new
    /// one.
    async fn person_behind(
        &self,
        organisation: &ProviderSignIn,
        identity: &Identity,
        browser_zone: &str,
    ) -> Result<String, ProviderRefused> {
        let role = organisation.roles.role_of(&identity.groups);
        let person = match self.known_as(identity).await? {
            Some(person) => person,
            None => self.made_known(organisation, identity, role, browser_zone).await?,
        };
        if let Some(role) = role.filter(|role| *role != person.role) {
            self.give_role(&person, role).await;
        }
        Ok(person.id)
    }

    async fn known_as(&self, identity: &Identity) -> Result<Option<Person>, AppError> {
        match self.storage.identified(&identity.issuer, &identity.subject).await? {
            Some(id) => Ok(self.storage.person(&id).await?),
            None => Ok(None),
        }
    }

    async fn made_known(
        &self,
        organisation: &ProviderSignIn,
        identity: &Identity,
        role: Option<Role>,
        browser_zone: &str,
    ) -> Result<Person, ProviderRefused> {
        let confirmed = identity.email_verified || organisation.trust_email;
        let email = identity.email.as_deref().filter(|_| confirmed).map(normal_email);
        let email = email.filter(|it| check_email(it).is_ok()).ok_or(ProviderRefused::NoAddress)?;
        let found = self.storage.person_by_email(&email).await.map_err(AppError::from)?;
        let person = match found {
            Some((person, _)) => person,
            None => self.add_account(account(identity, email, role, browser_zone)).await?,
        };
        self.storage
            .identify(&identity.issuer, &identity.subject, &person.id)
            .await
            .map_err(AppError::from)?;
        Ok(person)
    }

    /// Gives the role that the groups say. Where it cannot be given, as to the last administrator,
    /// the person is signed in with the one they have.
    async fn give_role(&self, person: &Person, role: Role) {
        let change = PersonChange {
            email: person.email.clone(),
            name: person.name.clone(),
            discipline: person.discipline.clone(),
            time_zone: person.time_zone.clone(),
            role,
        };
        if let Err(error) = self.storage.change_person(&person.id, person.version, &change).await {
            tracing::warn!(%error, person = person.id, %role, "this role could not be given");
        }
    }
}

fn account(
    identity: &Identity,
    email: String,
    role: Option<Role>,
    browser_zone: &str,
) -> PersonToAdd {
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let name = identity.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let told = [identity.time_zone.as_deref().unwrap_or_default(), browser_zone];
    let zone = told.into_iter().find(|zone| check_time_zone(zone).is_ok());
    PersonToAdd {
        name: name.map_or(local, |name| name.chars().take(200).collect()),
        email,
        discipline: Discipline::default(),
        time_zone: zone.unwrap_or("UTC").to_owned(),
        role: role.unwrap_or_default(),
        password: None,
    }
}
