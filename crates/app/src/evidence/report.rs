//! Events that a program reports under somebody's name.

use std::collections::BTreeSet;

use afterword_domain::evidence::Delivery;
use afterword_domain::policy::Operation;
use afterword_integrations::generic::{
    GenericEvent, is_binary_cloud_event, read_cloud_event, read_events,
};
use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What became of reported events; they are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reception {
    /// How many there were.
    pub received: usize,
    /// How many of them were there already.
    pub known: usize,
}

/// The source of events that name none.
const UNNAMED: &str = "api";
const LONGEST_SOURCE: usize = 200;
/// They are stored in one transaction, and whoever else writes waits for it.
const MOST_UNNAMED: usize = 2_000;

impl App {
    /// Takes one event, several, a line each, or `CloudEvents`: all of them, or none and an error
    /// that says which cannot be read.
    pub async fn report_events(
        &self,
        caller: &Caller,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Reception, AppError> {
        caller.permit(Operation::ReportEvents)?;
        let events = read(headers, body)?;
        let received = events.len();
        let (named, unnamed) = parted(events)?;
        self.refuse_configured(&named).await?;
        self.refuse_configured(&unnamed).await?;
        let now = self.clock.now();
        // What nobody would recognise comes last, and all or nothing: where the store fails on the
        // way, none of it is there, and the sender may send everything again.
        let new =
            self.intake.store(named, now).await? + self.intake.store_at_once(unnamed, now).await?;
        Ok(Reception { received, known: received - new })
    }

    /// What a source signs cannot come from whoever has a token.
    async fn refuse_configured(&self, deliveries: &[Delivery]) -> Result<(), AppError> {
        let named: BTreeSet<&str> = deliveries.iter().map(|it| it.source.as_str()).collect();
        for name in named {
            if self.storage.source(name).await?.is_some() {
                let detail = format!(
                    "“{name}” is a source that sends its own events; give yours another name"
                );
                return Err(AppError::invalid("source", detail));
            }
        }
        Ok(())
    }
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<Vec<GenericEvent>, AppError> {
    let events = if is_binary_cloud_event(headers) {
        read_cloud_event(headers, body).map(|event| vec![event])
    } else {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        read_events(content_type, body)
    };
    events.map_err(|unreadable| AppError::invalid("body", unreadable.to_string()))
}

/// Those that are recognised if they are sent again, and those that are not.
fn parted(events: Vec<GenericEvent>) -> Result<(Vec<Delivery>, Vec<Delivery>), AppError> {
    let (named, unnamed): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.named);
    if unnamed.len() > MOST_UNNAMED {
        let detail = format!(
            "{} events have neither `id` nor `at`, and a request takes {MOST_UNNAMED} of those: \
             give each an `id` or its time, so that it is stored once however often it is sent",
            unnamed.len()
        );
        return Err(AppError::invalid("body", detail));
    }
    let deliveries =
        |events: Vec<GenericEvent>| events.into_iter().map(delivery).collect::<Result<Vec<_>, _>>();
    Ok((deliveries(named)?, deliveries(unnamed)?))
}

fn delivery(event: GenericEvent) -> Result<Delivery, AppError> {
    let source = event.source.unwrap_or_else(|| UNNAMED.to_owned());
    refuse_name(&source)?;
    Ok(Delivery { source, body: event.body, events: vec![event.reported] })
}

/// A source's name is a line.
pub(super) fn refuse_name(source: &str) -> Result<(), AppError> {
    let fits = (1..=LONGEST_SOURCE).contains(&source.len());
    if !fits || source.contains(char::is_control) || source.trim() != source {
        let detail = "write a source of 1 to 200 characters on one line";
        return Err(AppError::invalid("source", detail));
    }
    Ok(())
}
