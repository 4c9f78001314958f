//! The client of the crate `openidconnect`, with all the claims that a provider may add.

use std::collections::BTreeMap;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, RedirectUrl, StandardErrorResponse,
    StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use super::{ProviderError, ProviderSettings};

/// What a provider says of somebody beside the standard claims: whatever it likes.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Additional {
    #[serde(flatten)]
    pub(super) all: BTreeMap<String, serde_json::Value>,
}

impl AdditionalClaims for Additional {}

pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Additional,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub(super) type Client = openidconnect::Client<
    Additional,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

pub(super) fn of(
    settings: &ProviderSettings,
    metadata: CoreProviderMetadata,
) -> Result<Client, ProviderError> {
    let redirect = RedirectUrl::new(settings.redirect.clone())
        .map_err(|error| ProviderError::Settings(error.to_string()))?;
    let secret = settings.client_secret.clone().map(ClientSecret::new);
    let id = ClientId::new(settings.client_id.clone());
    Ok(Client::from_provider_metadata(metadata, id, secret).set_redirect_uri(redirect))
}
