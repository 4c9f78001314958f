//! Other people's systems: one folder a vendor or protocol, registered only when configured.

mod alertmanager;
mod cloudevents;
pub mod csv;
mod datadog;
pub mod evidence;
pub mod generic;
pub mod git;
mod github;
mod gitlab;
mod grafana;
pub mod mail;
mod pagerduty;
mod sentry;
pub mod slack;
mod zendesk;

use evidence::Vendor;

/// Every vendor that evidence can come from; the next one is a folder and a line.
pub const VENDORS: &[&dyn Vendor] = &[
    &alertmanager::Alertmanager,
    &cloudevents::CloudEvents,
    &datadog::Datadog,
    &generic::Generic,
    &github::GitHub,
    &gitlab::GitLab,
    &grafana::Grafana,
    &pagerduty::PagerDuty,
    &sentry::Sentry,
    &slack::Slack,
    &zendesk::Zendesk,
];

/// The vendor of that slug.
pub fn vendor(slug: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.slug() == slug)
}
