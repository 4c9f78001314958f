//! Other people's systems: one folder a vendor or protocol, registered only when configured.

pub mod catalog;
pub mod chat;
pub mod csv;
pub mod evidence;
pub mod git;
pub mod ics;
pub mod mail;
pub mod oidc;
pub mod tickets;

use evidence::Vendor;

/// Declares the folders, and lists the vendors in them and their pages in `docs/sources`.
macro_rules! vendors {
    ($($visible:vis $folder:ident::$vendor:ident,)+) => {
        $($visible mod $folder;)+

        const PAGES: &[(&str, &str)] = &[$((
            stringify!($folder),
            include_str!(concat!("../../../docs/sources/", stringify!($folder), ".md")),
        ),)+];

        /// Every vendor that evidence can come from, or that takes tickets.
        pub const VENDORS: &[&dyn Vendor] = &[$(&$folder::$vendor,)+];
    };
}

// The next one is a folder, its page in the docs and a line.
vendors! {
    alertmanager::Alertmanager,
    cloudevents::CloudEvents,
    datadog::Datadog,
    pub generic::Generic,
    github::GitHub,
    gitlab::GitLab,
    grafana::Grafana,
    jira::Jira,
    linear::Linear,
    pagerduty::PagerDuty,
    sentry::Sentry,
    pub slack::Slack,
    webhook::SignedWebhook,
    zendesk::Zendesk,
}

/// The vendor of that slug.
pub fn vendor(slug: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.slug() == slug)
}

/// What is imported from files, as pages.
const IMPORTS: &[(&str, &str)] = &[
    ("csv", include_str!("../../../docs/sources/csv.md")),
    ("git", include_str!("../../../docs/sources/git.md")),
    ("slack-export", include_str!("../../../docs/sources/slack-export.md")),
];

/// How a vendor is switched on, or a file is imported, as Markdown: the page of that name in
/// `docs/sources`.
pub fn page(name: &str) -> Option<&'static str> {
    PAGES.iter().chain(IMPORTS).find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendor_has_a_page() {
        for vendor in VENDORS {
            let text = page(vendor.slug());
            assert!(text.is_some_and(|text| text.starts_with("# ")), "{}", vendor.slug());
        }
        assert!(page("README").is_none());
    }
}
