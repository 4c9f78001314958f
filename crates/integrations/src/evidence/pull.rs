//! Systems that are asked for what is new.

use std::time::Duration;

use afterword_domain::evidence::Reported;
use async_trait::async_trait;
use serde_json::Value;

/// What is asked, by whom, from where on.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the administrator set: the vendor's page in the docs says which keys there are.
    pub settings: Value,
    /// The token with which to ask.
    pub token: String,
    /// Where the last page ended, as that page said; `None` at the very first.
    pub cursor: Option<String>,
    /// When asking begins, where there is no cursor: RFC 3339.
    pub since: jiff::Timestamp,
}

/// One page of answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Each thing as it came, with the events read from it.
    pub deliveries: Vec<(Vec<u8>, Vec<Reported>)>,
    /// Where the next page begins. Stored with the deliveries in one transaction.
    pub cursor: String,
    /// Whether there is more to ask for at once.
    pub more: bool,
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PullError {
    /// Asked too often: wait at least this long.
    #[error("the vendor asks us to wait {} seconds", .0.as_secs())]
    TooOften(Duration),
    /// The settings cannot be used, or the token is not accepted: somebody has to change them.
    #[error("{0}")]
    Refused(String),
    /// No answer, or one that cannot be read: asked again later.
    #[error("{0}")]
    Unavailable(String),
}

/// Something that an administrator sets about what is asked.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in the settings, as `settings.KEY`: so an error names it.
    pub field: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What to write.
    pub hint: &'static str,
    /// Whether nothing can be asked without it.
    pub required: bool,
    /// Whether it is a list.
    pub many: bool,
    /// Whether a value, or one of them, can be used.
    pub check: fn(&str) -> Result<(), PullError>,
}

impl Setting {
    /// Its key in the settings.
    pub fn key(&self) -> &'static str {
        self.field.strip_prefix("settings.").unwrap_or(self.field)
    }
}

/// A vendor that can be asked.
#[async_trait]
pub trait Pull: Send + Sync {
    /// What can be set, in the order of a form.
    fn settings(&self) -> &'static [Setting];

    /// Asks for one page.
    async fn page(&self, client: &reqwest::Client, page: &Page) -> Result<Pulled, PullError>;
}

/// Long enough for a slow page, short enough to come back.
const PATIENCE: Duration = Duration::from_mins(1);

/// The client with which vendors are asked: it follows no redirects, since what it sends is meant
/// for the address that an administrator wrote.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .user_agent("Afterword")
        .build()
}
