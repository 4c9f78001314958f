//! Fetching a feed: within bounds, and nowhere but where it may.

use std::time::Duration;

use http::StatusCode;
use http::header::LOCATION;

use super::CalendarError;
use crate::outward::{self, OutwardAddress, Reach};

const MOST_REDIRECTS: usize = 5;

/// What a feed may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Until all of it has to be here.
    pub patience: Duration,
    /// So many bytes at most.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { patience: Duration::from_secs(30), bytes: 10 * 1024 * 1024 }
    }
}

/// A client for feeds.
pub fn client(reach: Reach) -> Result<reqwest::Client, reqwest::Error> {
    outward::builder(reach).build()
}

fn refused(why: impl Into<String>) -> CalendarError {
    CalendarError(why.into())
}

/// What stands at an address. Wherever that sends on to is checked like the address itself.
pub async fn fetch(
    client: &reqwest::Client,
    url: &str,
    reach: Reach,
    bounds: Bounds,
) -> Result<String, CalendarError> {
    let all = tokio::time::timeout(bounds.patience, follow(client, url, reach, bounds.bytes));
    all.await.unwrap_or_else(|_| {
        let seconds = bounds.patience.as_secs().max(1);
        Err(refused(format!("It did not come within {seconds} seconds.")))
    })
}

async fn follow(
    client: &reqwest::Client,
    url: &str,
    reach: Reach,
    most: usize,
) -> Result<String, CalendarError> {
    let mut next = super::address(url);
    for hop in 0..=MOST_REDIRECTS {
        let address = OutwardAddress::parse(&next, reach).map_err(|why| {
            let what = if hop == 0 { "This address" } else { "It sends on to an address that" };
            refused(format!("{what} {why}."))
        })?;
        let answer = client.get(address.url()).send().await.map_err(|error| unreached(&error))?;
        if !answer.status().is_redirection() {
            return body(answer, &address, most).await;
        }
        let location = answer.headers().get(LOCATION).and_then(|it| it.to_str().ok());
        next = location
            .and_then(|it| address.joined(it))
            .ok_or_else(|| refused("It sends on to no address that can be read."))?;
    }
    Err(refused(format!("It sends on to others more than {MOST_REDIRECTS} times.")))
}

async fn body(
    mut answer: reqwest::Response,
    address: &OutwardAddress,
    most: usize,
) -> Result<String, CalendarError> {
    let (status, host) = (answer.status(), address.host());
    match status {
        _ if status.is_success() => {}
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::GONE => {
            return Err(refused(format!(
                "{host} answers that there is no such calendar, or that it is not open to us \
                 ({status}): copy its secret address anew."
            )));
        }
        _ => return Err(refused(format!("{host} answers {status}."))),
    }
    let too_large = || refused(format!("It is larger than {} MB.", most / 1024 / 1024));
    if answer.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreached(&error))? {
        if bytes.len() + chunk.len() > most {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Without the address, which is a secret.
fn unreached(error: &reqwest::Error) -> CalendarError {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    let mut private = false;
    while let Some(it) = source {
        private |= it.to_string().contains("private network");
        source = it.source();
    }
    refused(if private {
        "Its name leads into a private network."
    } else {
        "Its server cannot be reached."
    })
}
