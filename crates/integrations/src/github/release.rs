//! Releases that were published.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use serde::Deserialize;

use super::common::{Repository, User};
use crate::evidence::code::labels;
use crate::evidence::{Reading, Unreadable, paragraphs};

#[derive(Debug, Deserialize)]
struct Sent {
    action: String,
    release: Release,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Debug, Deserialize)]
struct Release {
    id: u64,
    tag_name: String,
    name: Option<String>,
    body: Option<String>,
    html_url: String,
    #[serde(default)]
    prerelease: bool,
    published_at: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    if sent.action != "published" {
        return Ok(Reading::Nothing("a release that is being prepared or edited"));
    }
    let Sent { release, repository, sender, .. } = sent;
    let named = repository.named();
    let before = if release.prerelease { " as a pre-release" } else { "" };
    let event = Reported {
        delivery: format!("release/{}/{}/published", named.path, release.id),
        at: release.published_at.as_deref().map(ReportedTime::parse).unwrap_or_default(),
        kind: EventKind::Change,
        service: Some(named.name.to_owned()),
        title: format!("Released {} {}{before}", named.name, release.tag_name),
        text: paragraphs([release.name.as_deref(), release.body.as_deref()]),
        url: Some(release.html_url),
        actor: sender.map(|sender| sender.login),
        fingerprint: Some(format!("release/{}/{}", named.path, release.tag_name)),
        labels: labels(named, [("tag", Some(&*release.tag_name))]),
        ..Reported::default()
    };
    Ok(Reading::Events(vec![event]))
}
