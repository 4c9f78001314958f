//! Commits, deployments and pull requests, asked for repository by repository.

use std::collections::BTreeMap;

use afterword_domain::evidence::Reported;
use async_trait::async_trait;
use http::header::{ACCEPT, AUTHORIZATION, ETAG, IF_NONE_MATCH, LINK};
use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::GitHub;
use super::listed::{Listed, Sort};
use crate::evidence::{
    Address, Answer, Page, Pull, PullError, Pulled, Setting, ask, code, cursor, settings, unread,
};

pub(super) const VERSION: HeaderName = HeaderName::from_static("x-github-api-version");

/// The most that GitHub gives on one page.
const PER_PAGE: &str = "100";

/// Where the API is.
pub(super) const BASE_URL: Setting = Setting {
    field: "settings.base_url",
    label: "Address of the API",
    hint: "Only for GitHub Enterprise Server: https://github.acme.example/api/v3",
    required: false,
    many: false,
    check: Address::check,
};

/// [`Settings`] as a form asks for them.
const SETTINGS: [Setting; 2] = [
    Setting {
        field: "settings.repositories",
        label: "Repositories",
        hint: "One a line, each as owner/name: acme/checkout",
        required: true,
        many: true,
        check: |text| owner_and_name(text).map(drop),
    },
    BASE_URL,
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Another one for GitHub Enterprise Server: `https://HOST/api/v3`.
    #[serde(default = "public")]
    base_url: String,
    /// Each as `owner/name`.
    repositories: Vec<String>,
}

pub(super) fn public() -> String {
    "https://api.github.com".to_owned()
}

/// Whose turn it is, and how far each list was read.
#[derive(Default, Deserialize, Serialize)]
struct Cursor {
    turn: usize,
    places: BTreeMap<String, Place>,
}

/// How far a list was read. Lists begin with what is new.
#[derive(Clone, Deserialize, Serialize)]
struct Place {
    /// All before this is known.
    since: Timestamp,
    /// The page to ask for, from 1.
    page: u32,
    /// The newest on the pages so far.
    newest: Option<Timestamp>,
    /// Of the first page: as long as that stays the same there is nothing new.
    etag: Option<String>,
}

/// One list of one repository. The lists take turns; a page is a page of one of them.
struct List<'a> {
    repository: &'a str,
    owner: &'a str,
    name: &'a str,
    sort: Sort,
}

/// What was read from an answer.
struct Read {
    deliveries: Vec<(Vec<u8>, Vec<Reported>)>,
    place: Place,
    /// Whether the list has been read down to what is known.
    is_whole: bool,
}

#[async_trait]
impl Pull for GitHub {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    async fn page(&self, client: &reqwest::Client, page: &Page) -> Result<Pulled, PullError> {
        let settings: Settings = settings(page)?;
        let address = Address::parse(&settings.base_url)?;
        let lists = lists(&settings.repositories)?;
        let mut cursor: Cursor = cursor(page).unwrap_or_default();
        let turn = cursor.turn.checked_rem(lists.len()).unwrap_or_default();
        let list = lists.get(turn).ok_or_else(|| refused("name at least one of them"))?;
        let place =
            cursor.places.get(&list.key()).cloned().unwrap_or_else(|| Place::at(page.since));
        let answer = list.ask(client, &address, &page.token, &place).await?;
        let Read { deliveries, place, is_whole } = list.read(&answer, place)?;
        cursor.places.retain(|key, _| lists.iter().any(|list| list.key() == *key));
        cursor.places.insert(list.key(), place);
        cursor.turn = if is_whole { turn + 1 } else { turn };
        let more = cursor.turn < lists.len();
        cursor.turn %= lists.len();
        let cursor = serde_json::to_string(&cursor)
            .map_err(|error| PullError::Unavailable(error.to_string()))?;
        Ok(Pulled { deliveries, cursor, more })
    }
}

fn lists(repositories: &[String]) -> Result<Vec<List<'_>>, PullError> {
    let mut lists = Vec::new();
    for repository in repositories {
        let (owner, name) = owner_and_name(repository)?;
        lists.extend(Sort::ALL.map(|sort| List { repository, owner, name, sort }));
    }
    Ok(lists)
}

pub(super) fn owner_and_name(repository: &str) -> Result<(&str, &str), PullError> {
    repository
        .split_once('/')
        .filter(|(owner, name)| !owner.is_empty() && !name.is_empty() && !name.contains('/'))
        .ok_or_else(|| refused(&format!("{repository:?} has to be written owner/name")))
}

fn refused(what: &str) -> PullError {
    PullError::Refused(format!("the setting `repositories`: {what}"))
}

impl Place {
    fn at(since: Timestamp) -> Self {
        Self { since, page: 1, newest: None, etag: None }
    }

    /// For the time when the list is read again.
    fn whole(self, sort: Sort) -> Self {
        let newest = self.newest.and_then(|newest| newest.checked_sub(sort.overlap()).ok());
        let since = newest.map_or(self.since, |newest| newest.max(self.since));
        // Where the question has the time in it, another time is another question.
        let etag = self.etag.filter(|_| since == self.since || !sort.asks_with_time());
        Self { since, page: 1, newest: None, etag }
    }
}

impl List<'_> {
    fn key(&self) -> String {
        format!("{} {}", self.repository, self.sort.path())
    }

    async fn ask(
        &self,
        client: &reqwest::Client,
        address: &Address,
        token: &str,
        place: &Place,
    ) -> Result<Answer, PullError> {
        let (page, since) = (place.page.to_string(), place.since.to_string());
        let mut query = vec![("per_page", PER_PAGE), ("page", &*page)];
        query.extend(self.sort.query());
        if self.sort.asks_with_time() {
            query.push(("since", &since));
        }
        let url = address.below(&["repos", self.owner, self.name, self.sort.path()], &query);
        let authorization = format!("Bearer {token}");
        let mut headers = vec![
            (AUTHORIZATION, &*authorization),
            (ACCEPT, "application/vnd.github+json"),
            (VERSION, "2022-11-28"),
        ];
        if let Some(etag) = place.etag.as_deref().filter(|_| place.page == 1) {
            headers.push((IF_NONE_MATCH, etag));
        }
        ask(client, url, &headers).await
    }

    fn read(&self, answer: &Answer, place: Place) -> Result<Read, PullError> {
        // A repository without commits is a conflict.
        if answer.status == StatusCode::CONFLICT {
            return Ok(Read { deliveries: Vec::new(), place, is_whole: true });
        }
        answer.check()?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Read { deliveries: Vec::new(), place, is_whole: true });
        }
        let items: Vec<Box<RawValue>> = answer.json()?;
        let items = items.iter().map(|item| (self.listed(item, place.since), item));
        let items: Vec<_> = items.collect();
        let times = items.iter().filter_map(|(listed, _)| listed.changed_at);
        let newest = times.clone().max().max(place.newest);
        let is_whole = times.min().is_some_and(|oldest| oldest < place.since) || !has_next(answer);
        let etag =
            if place.page == 1 { answer.header(ETAG.as_str()) } else { place.etag.as_deref() };
        let etag = etag.map(str::to_owned);
        let place = Place { page: place.page.saturating_add(1), newest, etag, ..place };
        let told = items.into_iter().filter(|(listed, _)| !listed.reported.is_empty());
        Ok(Read {
            deliveries: told
                .map(|(listed, item)| (item.get().as_bytes().to_vec(), listed.reported))
                .collect(),
            place: if is_whole { place.whole(self.sort) } else { place },
            is_whole,
        })
    }

    fn listed(&self, item: &RawValue, since: Timestamp) -> Listed {
        let repository = code::Repository { path: self.repository, name: self.name };
        self.sort.read(repository, item.get(), since).unwrap_or_else(|error| Listed {
            changed_at: None,
            reported: vec![unread(self.sort.item(), item.get().as_bytes(), &error)],
        })
    }
}

pub(super) fn has_next(answer: &Answer) -> bool {
    let links = answer.header(LINK.as_str()).unwrap_or_default();
    links.split(',').any(|link| link.contains("rel=\"next\""))
}
