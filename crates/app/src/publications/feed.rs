//! The Atom feed of what was published (RFC 4287), for programs that cannot sign in.

use afterword_domain::announcing::{Topic, concerns};
use afterword_domain::policy::Operation;
use afterword_storage::{CredentialKind, LibraryWanted, PageRequest};
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};

use super::document::Document;
use super::library::parse;
use super::words::xml;
use crate::access::Caller;
use crate::announcements::Story;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::sha256;

/// So many entries stand in a feed,
const MOST: usize = 30;
/// looked for among so many of the newest.
const LOOKED_AT: u32 = 100;

/// A feed and the tag by which it is known again.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Atom.
    pub xml: String,
    /// Changes with every change of it.
    pub tag: String,
}

impl App {
    /// Whose feed an address with this secret is.
    pub async fn feed_reader(&self, secret: &str) -> Result<Option<Caller>, AppError> {
        self.holder(secret, CredentialKind::Feed).await
    }

    /// Makes an address for a feed reader, in the place of the one before.
    pub async fn make_feed(&self, caller: &Caller) -> Result<String, AppError> {
        caller.permit(Operation::Browse)?;
        let secret = self.make_address(caller, CredentialKind::Feed).await?;
        Ok(format!("{}/api/v1/feed.atom?token={secret}", self.settings.public_url))
    }

    /// Takes the caller's address for a feed reader back; nothing happens if there is none.
    pub async fn revoke_feed(&self, caller: &Caller) -> Result<(), AppError> {
        self.revoke_address(caller, CredentialKind::Feed).await
    }

    /// The newest publications on these topics, of all without any.
    pub async fn newest_feed(&self, caller: &Caller, topics: &[Topic]) -> Result<Feed, AppError> {
        caller.permit(Operation::Browse)?;
        let page = PageRequest { limit: LOOKED_AT, cursor: None };
        let newest = self.storage.search(&LibraryWanted::default(), &page).await?.items;
        let organisation = self.storage.organisation().await?;
        let mut documents = Vec::new();
        for hit in &newest {
            let document = parse(&hit.document)?;
            if concerns(topics, &document.facts(&organisation)) {
                documents.push(document);
            }
            if documents.len() == MOST {
                break;
            }
        }
        let xml = self.atom(&documents).into_string();
        Ok(Feed { tag: sha256(xml.as_bytes()), xml })
    }

    fn atom(&self, documents: &[Document]) -> Markup {
        let url = &self.settings.public_url;
        let updated = documents.iter().map(|it| it.published_at).max();
        html! {
            (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
            feed xmlns="http://www.w3.org/2005/Atom" {
                title { "Post-mortems" }
                id { (url) "/library" }
                link href={ (url) "/library" } {}
                updated { (updated.unwrap_or(Timestamp::UNIX_EPOCH)) }
                author { name { "Afterword" } }
                @for document in documents { (self.atom_entry(document)) }
            }
        }
    }

    fn atom_entry(&self, document: &Document) -> Markup {
        let story = Story::of(document, &self.settings.public_url);
        html! {
            entry {
                title { (xml(&document.title)) }
                id { "urn:uuid:" (document.id) }
                link href=(story.url) {}
                updated { (document.published_at) }
                @for service in &document.services { category term=(xml(service)) {} }
                summary { (xml(&story.happened)) }
                content type="html" { (xml(&story.html().into_string())) }
            }
        }
    }
}
