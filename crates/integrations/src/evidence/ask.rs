//! Asking a vendor over HTTP: to the right host, within bounds, and with errors that say what to do.

use std::time::Duration;

use afterword_domain::evidence::Reported;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::Url;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::{Page, PullError};

/// The largest answer that is read.
const LARGEST: usize = 32 * 1024 * 1024;
/// How long to wait where a vendor does not say it.
const WAIT: Duration = Duration::from_mins(1);
/// No limit of a vendor lasts longer; one that says so is mistaken.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// A vendor's address, as an administrator set it: `https`, or `http` on this machine.
#[derive(Clone, Debug)]
pub struct Address(Url);

impl Address {
    /// Checks the address in the setting `base_url`.
    pub fn parse(text: &str) -> Result<Self, PullError> {
        Self::parse_setting("base_url", text)
    }

    /// Checks the address in a setting.
    pub fn parse_setting(setting: &str, text: &str) -> Result<Self, PullError> {
        let refused = |why: &str| PullError::Refused(format!("{setting} {text:?} {why}"));
        let url: Url = text.parse().map_err(|_| refused("is no address; write https://…"))?;
        if url.host_str().is_none() || url.cannot_be_a_base() {
            return Err(refused("names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "must not have a name or password in it; the token goes elsewhere",
            ));
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            _ => Err(refused("has to begin with https://, since the token is sent there")),
        }
    }

    /// Whether an address can be used.
    pub fn check(text: &str) -> Result<(), PullError> {
        Self::parse(text).map(drop)
    }

    /// The address itself, as it was written.
    pub fn whole(&self) -> Url {
        self.0.clone()
    }

    /// Its host, as it stands in addresses.
    pub fn host(&self) -> &str {
        host(&self.0)
    }

    /// The address of something below it. The parts of the path are encoded, so that none leads
    /// elsewhere.
    pub fn below(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.0.clone();
        url.set_query(None);
        url.set_fragment(None);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// What a vendor answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Vec<u8>,
    url: Url,
}

/// Asks, and reads the answer whatever its status is.
pub async fn ask(
    client: &reqwest::Client,
    url: Url,
    headers: &[(HeaderName, &str)],
) -> Result<Answer, PullError> {
    send(client, Method::GET, url, headers, None).await
}

/// Sends JSON, and reads the answer whatever its status is.
pub async fn send(
    client: &reqwest::Client,
    method: Method,
    url: Url,
    headers: &[(HeaderName, &str)],
    body: Option<&serde_json::Value>,
) -> Result<Answer, PullError> {
    let mut request = client.request(method, url.clone());
    if let Some(body) = body {
        request = request.json(body);
    }
    for (name, value) in headers {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            PullError::Refused("the token has characters that no token has".to_owned())
        })?;
        value.set_sensitive(true);
        request = request.header(name, value);
    }
    let unavailable = |error: reqwest::Error| {
        // The address is told without its query, and the cause with the library's own words.
        PullError::Unavailable(format!("{} does not answer: {}", host(&url), causes(&error)))
    };
    let mut response = request.send().await.map_err(unavailable)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unavailable)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(PullError::Unavailable(format!(
                "the answer of {} is larger than {} MiB",
                host(&url),
                LARGEST / 1024 / 1024
            )));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body, url })
}

impl Answer {
    /// Whether it is what was asked for; otherwise why it is not, and what to do.
    pub fn check(&self) -> Result<(), PullError> {
        let (status, place) = (self.status, self.place());
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(());
        }
        if self.is_too_often() {
            return Err(PullError::TooOften(self.wait()));
        }
        Err(match status.as_u16() {
            300..400 => PullError::Refused(format!(
                "{place} answers that it is somewhere else now ({status}); set the new address or name"
            )),
            401 => PullError::Refused(format!("{} does not accept the token", host(&self.url))),
            403 => PullError::Refused(format!("the token may not read {place}")),
            404 | 410 => PullError::Refused(format!(
                "{place} is not there, or the token may not see it; check the settings"
            )),
            400 | 422 => {
                PullError::Refused(format!("{place} does not take the question ({status})"))
            }
            _ => PullError::Unavailable(format!("{place} answers {status}")),
        })
    }

    /// The address without its query.
    fn place(&self) -> String {
        format!("{}{}", host(&self.url), self.url.path())
    }

    /// Reads the body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PullError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            PullError::Unavailable(format!(
                "the answer of {} cannot be read: {error}",
                self.place()
            ))
        })
    }

    /// A header's value, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// When it was answered, as the vendor's clock says.
    pub fn date(&self) -> Option<Timestamp> {
        Some(rfc2822::parse(self.header(DATE.as_str())?).ok()?.timestamp())
    }

    /// Some vendors refuse with 403 who asks too often.
    fn is_too_often(&self) -> bool {
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::FORBIDDEN => {
                self.header("x-ratelimit-remaining") == Some("0")
                    || self.headers.contains_key(RETRY_AFTER)
            }
            StatusCode::SERVICE_UNAVAILABLE => self.headers.contains_key(RETRY_AFTER),
            _ => false,
        }
    }

    /// How long to wait before asking again.
    pub(crate) fn wait(&self) -> Duration {
        let wait = self.retry_after().or_else(|| self.reset()).unwrap_or(WAIT);
        wait.clamp(Duration::from_secs(1), LONGEST_WAIT)
    }

    /// In seconds, or as a date.
    fn retry_after(&self) -> Option<Duration> {
        let text = self.header(RETRY_AFTER.as_str())?.trim();
        match text.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => self.until(rfc2822::parse(text).ok()?.timestamp()),
        }
    }

    /// GitHub says when the limit ends, PagerDuty in how many seconds.
    fn reset(&self) -> Option<Duration> {
        if let Some(at) = self.header("x-ratelimit-reset") {
            return self.until(Timestamp::from_second(at.parse().ok()?).ok()?);
        }
        Some(Duration::from_secs(self.header("ratelimit-reset")?.parse().ok()?))
    }

    /// By the vendor's own clock, which is the one that counts.
    fn until(&self, at: Timestamp) -> Option<Duration> {
        at.duration_since(self.date()?).try_into().ok()
    }
}

/// The settings, read; the error says which of them cannot be used.
pub fn settings<T: DeserializeOwned>(page: &Page) -> Result<T, PullError> {
    serde_json::from_value(page.settings.clone())
        .map_err(|error| PullError::Refused(format!("the settings cannot be used: {error}")))
}

/// Where the last page ended. One that cannot be read, from another version for example, is none:
/// what is then asked for again is known already.
pub fn cursor<T: DeserializeOwned>(page: &Page) -> Option<T> {
    serde_json::from_str(page.cursor.as_deref()?).ok()
}

/// Something on a page that cannot be read: kept as it came and shown, so that nothing is missing
/// without a word.
pub fn unread(what: &str, body: &[u8], error: &serde_json::Error) -> Reported {
    Reported {
        delivery: hex::encode(Sha256::digest(body)),
        title: format!("{what} that could not be read: {error}"),
        ..Reported::default()
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn causes(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_keep_the_token_safe_are_taken() {
        for good in
            ["https://api.github.com", "http://127.0.0.1:8/x", "http://[::1]", "http://localhost"]
        {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.github.com",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "https://token@api.github.com",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "data:text/plain,x",
            "api.github.com",
            "",
        ] {
            assert!(matches!(Address::parse(bad), Err(PullError::Refused(_))), "{bad}");
        }
    }

    #[test]
    fn no_part_of_a_path_leads_elsewhere() {
        let address = Address::parse("https://git.example.org/api/v3/?x=1").unwrap();
        let url = address.below(&["repos", "../../a?b#c", "d"], &[("q", "1&2")]);
        assert_eq!(
            url.as_str(),
            "https://git.example.org/api/v3/repos/..%2F..%2Fa%3Fb%23c/d?q=1%262"
        );
    }

    type Header = (&'static str, &'static str);

    fn answer(status: u16, headers: &[Header]) -> Answer {
        let headers = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        });
        Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.collect(),
            body: Vec::new(),
            url: "https://x.example/a?secret".parse().unwrap(),
        }
    }

    #[test]
    fn who_asks_too_often_waits_as_long_as_the_vendor_says() {
        let date = ("date", "Sun, 01 Mar 2026 18:43:00 GMT");
        let cases: [(u16, &[Header], u64); 8] = [
            (429, &[("retry-after", "7")], 7),
            (429, &[("retry-after", "Sun, 01 Mar 2026 18:43:30 GMT"), date], 30),
            (
                403,
                &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1772390700"), date],
                120,
            ),
            (403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1772390700")], 60),
            (429, &[("ratelimit-reset", "12")], 12),
            (503, &[("retry-after", "99999999999")], 86_400),
            (429, &[("retry-after", "0")], 1),
            (429, &[], 60),
        ];
        for (status, headers, seconds) in cases {
            let error = answer(status, headers).check().unwrap_err();
            assert_eq!(error, PullError::TooOften(Duration::from_secs(seconds)), "{headers:?}");
        }
    }

    #[test]
    fn what_somebody_has_to_change_is_told_apart_from_what_passes() {
        for status in [301, 307, 400, 401, 403, 404, 410, 422] {
            let error = answer(status, &[]).check().unwrap_err();
            assert!(matches!(error, PullError::Refused(_)), "{status}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        for status in [408, 500, 502, 503] {
            let error = answer(status, &[]).check().unwrap_err();
            assert!(matches!(error, PullError::Unavailable(_)), "{status}");
        }
        assert!(answer(304, &[]).check().is_ok());
    }
}
