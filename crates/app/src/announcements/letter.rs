//! Mails about publications: nothing in them is fetched, nothing tells whether they were read.

use afterword_integrations::mail::Letter;
use maud::{DOCTYPE, Markup, html};

use super::story::Story;
use crate::app::App;
use crate::error::AppError;
use crate::links::Claims;
use crate::secrets::sha256;

const BODY: &str = "margin:0;padding:24px;background:#fbf8f3;color:#2a2520;\
     font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const ITEM: &str = "margin:0 0 20px;padding:16px 20px;border:1px solid #e4dccf;border-radius:8px;\
     background:#fffefb";
const SOFT: &str = "margin:0 0 8px;color:#5a5249";
const ID_DIGITS: usize = 32;

/// Where the reader changes what they hear of, and where they are rid of all of it.
struct Ways {
    preferences: String,
    off: String,
    one_click: String,
}

/// Stories under a heading.
pub(super) struct Chapter<'a> {
    pub(super) heading: &'a str,
    pub(super) stories: &'a [Story],
}

/// A mail before it is written.
pub(super) struct Draft<'a> {
    pub(super) subject: String,
    pub(super) chapters: &'a [Chapter<'a>],
    /// What makes it the same mail if it is sent twice.
    pub(super) occasion: String,
}

impl App {
    /// A mail to somebody.
    pub(super) async fn letter(
        &self,
        to: &str,
        person_id: &str,
        draft: &Draft<'_>,
    ) -> Result<Letter, AppError> {
        let off = self.signer().await?.sign(&Claims::unsubscribe(person_id, self.clock.now()));
        let url = &self.settings.public_url;
        let ways = Ways {
            preferences: format!("{url}/me#subscriptions"),
            off: format!("{url}/subscriptions/off#{off}"),
            one_click: format!("{url}/api/v1/subscriptions/off?token={off}"),
        };
        let mut id = sha256(serde_json::json!([person_id, draft.occasion]).to_string().as_bytes());
        id.truncate(ID_DIGITS);
        Ok(Letter {
            to: to.to_owned(),
            subject: draft.subject.clone(),
            text: text(draft.chapters, &ways),
            html: page(draft, &ways).into_string(),
            id: format!("published.{id}"),
            unsubscribe: ways.one_click,
        })
    }
}

fn text(chapters: &[Chapter<'_>], ways: &Ways) -> String {
    let told = chapters.iter().filter(|it| !it.stories.is_empty()).map(|chapter| {
        let stories: String = chapter.stories.iter().map(|it| it.text() + "\n").collect();
        format!("{}\n\n{stories}", chapter.heading)
    });
    let told: String = told.collect();
    let Ways { preferences, off, .. } = ways;
    format!("{told}What you hear of: {preferences}\nHear no more of it: {off}\n")
}

fn page(draft: &Draft<'_>, ways: &Ways) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content="light";
                title { (draft.subject) }
            }
            body style=(BODY) {
                div style="max-width:640px;margin:0 auto" {
                    @for chapter in draft.chapters.iter().filter(|it| !it.stories.is_empty()) {
                        p style=(SOFT) { (chapter.heading) }
                        @for story in chapter.stories {
                            div style=(ITEM) {
                                h2 style="margin:0 0 4px;font-size:18px;line-height:1.3" {
                                    a href=(story.url) style="color:#1d5e66" { (story.title) }
                                }
                                (story.html())
                            }
                        }
                    }
                    p style=(SOFT) {
                        a href=(ways.preferences) style="color:#1d5e66" { "What you hear of" }
                        " · "
                        a href=(ways.off) style="color:#1d5e66" { "Hear no more of it" }
                    }
                }
            }
        }
    }
}
