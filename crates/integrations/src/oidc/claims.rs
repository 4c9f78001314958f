//! What a provider says of somebody, once it is believed.

use openidconnect::core::CoreGenderClaim;
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, EndUserName, IdTokenClaims, LocalizedClaim, Nonce,
    OAuth2TokenResponse as _, SignatureVerificationError, TokenResponse as _, UserInfoClaims,
};
use serde_json::Value;

use super::client::{Additional, Client, Tokens};

/// Who signed in at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What the provider knows somebody by, for ever.
    pub subject: String,
    /// The address, as the provider has it.
    pub email: Option<String>,
    /// Whether the provider says that it belongs to this person.
    pub email_verified: bool,
    /// The name.
    pub name: Option<String>,
    /// The time zone, as the provider writes it.
    pub time_zone: Option<String>,
    /// The groups.
    pub groups: Vec<String>,
}

pub(super) type Token = IdTokenClaims<Additional, CoreGenderClaim>;
pub(super) type Told = UserInfoClaims<Additional, CoreGenderClaim>;

/// The claims of the ID token: signed by the issuer, for this client, of this sign-in, not expired,
/// and handed out together with this access token.
pub(super) fn believed(
    client: &Client,
    tokens: &Tokens,
    nonce: &Nonce,
) -> Result<Token, ClaimsVerificationError> {
    let other = |why: &str| ClaimsVerificationError::Other(why.to_owned());
    let token = tokens.id_token().ok_or_else(|| other("there is no ID token"))?;
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| other(&error.to_string()))?;
        let key =
            token.signing_key(&verifier).map_err(ClaimsVerificationError::SignatureVerification)?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
        if actual.map_err(|error| other(&error.to_string()))? != *expected {
            return Err(other("the access token is another one's"));
        }
    }
    Ok(claims.clone())
}

pub(super) fn is_by_unknown_key(error: &ClaimsVerificationError) -> bool {
    matches!(
        error,
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)
    )
}

/// Both accounts of one person in one; what the provider was asked for counts before the token.
pub(super) fn identity(token: &Token, told: Option<&Told>, groups_claim: &str) -> Identity {
    let additional = [told.map(Told::additional_claims), Some(token.additional_claims())];
    let groups = additional.into_iter().flatten().find_map(|it| it.all.get(groups_claim));
    // The address and whether it was confirmed come from the same account.
    let email = told
        .and_then(|it| Some((it.email()?, it.email_verified())))
        .or_else(|| Some((token.email()?, token.email_verified())));
    let zone = told.and_then(Told::zoneinfo).or_else(|| token.zoneinfo());
    Identity {
        issuer: token.issuer().to_string(),
        subject: token.subject().to_string(),
        email: email.map(|(email, _)| email.to_string()),
        email_verified: email.and_then(|(_, verified)| verified).unwrap_or(false),
        name: name(told, token),
        time_zone: zone.map(|it| it.to_string()),
        groups: groups.map(listed).unwrap_or_default(),
    }
}

fn name(told: Option<&Told>, token: &Token) -> Option<String> {
    fn plain(name: Option<&LocalizedClaim<EndUserName>>) -> Option<String> {
        let name = name?;
        name.get(None).or_else(|| name.iter().next().map(|(_, it)| it)).map(|it| it.to_string())
    }
    let by_name = told.and_then(|it| plain(it.name())).or_else(|| plain(token.name()));
    by_name.or_else(|| {
        let user = told.and_then(Told::preferred_username).or_else(|| token.preferred_username());
        user.map(|it| it.to_string())
    })
}

/// Groups come as a list, or as one alone.
fn listed(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(one) => vec![one.clone()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn groups_come_as_a_list_or_as_one() {
        assert_eq!(listed(&json!(["sre", 7, "leads"])), ["sre", "leads"]);
        assert_eq!(listed(&json!("sre")), ["sre"]);
        assert!(listed(&json!({"sre": true})).is_empty());
    }
}
