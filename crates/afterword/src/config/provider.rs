//! The settings of the organisation's own provider of sign-ins.

use std::sync::Arc;

use afterword_app::{Provider, ProviderSettings, ProviderSignIn, RoleGroups};
use anyhow::{Context as _, bail};
use clap::Args;
use serde::Deserialize;

/// Where providers send people back to, below the public address.
const BACK: &str = "/api/v1/session/provider/back";

/// What can be configured, by flag, environment or file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the flags and the file are named so")]
#[serde(default)]
pub(crate) struct ProviderOptions {
    /// The issuer of an `OpenID Connect` provider, `https://…` (no such sign-in if absent)
    #[arg(long, env = "AFTERWORD_OIDC_ISSUER", global = true, value_name = "URL")]
    oidc_issuer: Option<String>,
    /// What the provider calls this installation
    #[arg(long, env = "AFTERWORD_OIDC_CLIENT_ID", global = true, value_name = "ID")]
    oidc_client_id: Option<String>,
    /// What the provider knows it by
    #[arg(
        long,
        env = "AFTERWORD_OIDC_CLIENT_SECRET",
        global = true,
        value_name = "SECRET",
        hide_env_values = true
    )]
    oidc_client_secret: Option<String>,
    /// What people call the provider (its host if absent)
    #[arg(long, env = "AFTERWORD_OIDC_NAME", global = true, value_name = "NAME")]
    oidc_name: Option<String>,
    /// The claim that lists somebody's groups (`groups` if absent)
    #[arg(long, env = "AFTERWORD_OIDC_GROUPS_CLAIM", global = true, value_name = "CLAIM")]
    oidc_groups_claim: Option<String>,
    /// Groups whose members are administrators, with commas between them
    #[arg(long, env = "AFTERWORD_OIDC_ADMIN_GROUPS", global = true, value_name = "GROUPS")]
    oidc_admin_groups: Option<String>,
    /// Groups whose members lead rooms, with commas between them
    #[arg(long, env = "AFTERWORD_OIDC_FACILITATOR_GROUPS", global = true, value_name = "GROUPS")]
    oidc_facilitator_groups: Option<String>,
    /// `1`: take addresses that the provider does not say it confirmed
    #[arg(long, env = "AFTERWORD_OIDC_TRUST_EMAIL", global = true, value_name = "0|1")]
    oidc_trust_email: Option<String>,
}

impl ProviderOptions {
    /// What is given here, and else what stands in the file.
    pub(super) fn or(self, file: Self) -> Self {
        let pick = super::pick;
        Self {
            oidc_issuer: pick(self.oidc_issuer, file.oidc_issuer),
            oidc_client_id: pick(self.oidc_client_id, file.oidc_client_id),
            oidc_client_secret: pick(self.oidc_client_secret, file.oidc_client_secret),
            oidc_name: pick(self.oidc_name, file.oidc_name),
            oidc_groups_claim: pick(self.oidc_groups_claim, file.oidc_groups_claim),
            oidc_admin_groups: pick(self.oidc_admin_groups, file.oidc_admin_groups),
            oidc_facilitator_groups: pick(
                self.oidc_facilitator_groups,
                file.oidc_facilitator_groups,
            ),
            oidc_trust_email: pick(self.oidc_trust_email, file.oidc_trust_email),
        }
    }

    /// The provider, if one is configured.
    pub(super) fn resolve(self, public_url: &str) -> anyhow::Result<Option<ProviderSignIn>> {
        let Some(issuer) = self.oidc_issuer else {
            if self.oidc_client_id.is_some() {
                bail!("AFTERWORD_OIDC_ISSUER: the client's id is given, and not whose client");
            }
            return Ok(None);
        };
        let client_id = self
            .oidc_client_id
            .context("AFTERWORD_OIDC_CLIENT_ID: give what the provider calls this installation")?;
        let host =
            issuer.split("://").last().and_then(|it| it.split('/').next()).map(str::to_owned);
        let settings = ProviderSettings {
            issuer,
            client_id,
            client_secret: self.oidc_client_secret,
            redirect: format!("{public_url}{BACK}"),
            groups_claim: self.oidc_groups_claim.unwrap_or_else(|| "groups".to_owned()),
        };
        Ok(Some(ProviderSignIn {
            provider: Arc::new(Provider::new(settings).context("AFTERWORD_OIDC_ISSUER")?),
            name: self.oidc_name.or(host).unwrap_or_default(),
            roles: RoleGroups {
                admins: listed(self.oidc_admin_groups.as_deref()),
                facilitators: listed(self.oidc_facilitator_groups.as_deref()),
            },
            trust_email: super::is_on(
                "AFTERWORD_OIDC_TRUST_EMAIL",
                self.oidc_trust_email.as_deref(),
            )?,
        }))
    }
}

fn listed(groups: Option<&str>) -> Vec<String> {
    let all = groups.unwrap_or_default().split(',').map(str::trim);
    all.filter(|group| !group.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(issuer: &str) -> ProviderOptions {
        ProviderOptions {
            oidc_issuer: Some(issuer.to_owned()),
            oidc_client_id: Some("afterword".to_owned()),
            oidc_admin_groups: Some("it, platform leads ,".to_owned()),
            ..ProviderOptions::default()
        }
    }

    #[test]
    fn a_provider_is_called_by_its_host_and_gives_roles_by_groups() {
        let found = options("https://id.example.org/realms/main").resolve("https://a.example");
        let found = found.unwrap().unwrap();
        assert_eq!(found.name, "id.example.org");
        assert_eq!(found.roles.admins, ["it", "platform leads"]);
        assert!(!found.trust_email);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let said = |options: ProviderOptions| {
            format!("{:#}", options.resolve("https://a.example").expect_err("it cannot be used"))
        };
        assert!(said(options("http://id.example.org")).contains("https://"));
        let nobody = ProviderOptions { oidc_client_id: None, ..options("https://id.example.org") };
        assert!(said(nobody).contains("AFTERWORD_OIDC_CLIENT_ID"));
        let nowhere = ProviderOptions { oidc_issuer: None, ..options("") };
        assert!(said(nowhere).contains("AFTERWORD_OIDC_ISSUER"));
        let odd = Some("perhaps".to_owned());
        let odd = ProviderOptions { oidc_trust_email: odd, ..options("https://id.example.org") };
        assert!(said(odd).contains("AFTERWORD_OIDC_TRUST_EMAIL"));
    }
}
