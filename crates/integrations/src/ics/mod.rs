//! Calls as calendars read them: iCalendar (RFC 5545, 7986), asked for and called off by mail
//! (RFC 5546).
//!
//! Times are written in UTC: every calendar shows them in its owner's zone, and no rule about
//! daylight saving has to agree with theirs.

mod text;

use afterword_domain::appointment::Attending;
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarEntry,
    ICalendarFeatureType, ICalendarMethod, ICalendarParameter, ICalendarParameterName,
    ICalendarParticipationRole, ICalendarParticipationStatus, ICalendarProperty, ICalendarStatus,
    ICalendarUserTypes, ICalendarValue, ICalendarValueType, Uri,
};
use jiff::Timestamp;

use text::{address, parameter, prose};

const PRODUCT: &str = "-//Afterword//Afterword//EN";

/// What a calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Show these.
    Publish,
    /// Hold this, in the place of an older one with the same UID.
    Request,
    /// Hold this no more.
    Cancel,
}

impl Method {
    /// As mails and calendars name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    fn value(self) -> ICalendarMethod {
        match self {
            Self::Publish => ICalendarMethod::Publish,
            Self::Request => ICalendarMethod::Request,
            Self::Cancel => ICalendarMethod::Cancel,
        }
    }
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for ever.
    pub uid: String,
    /// Counts changes.
    pub sequence: i64,
    /// When this was written.
    pub stamp: Timestamp,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it does not take place, or not for its reader.
    pub cancelled: bool,
    /// One line.
    pub title: String,
    /// What one should know.
    pub about: Option<String>,
    /// Where the call is.
    pub call_url: Option<String>,
    /// Where more is to be read.
    pub url: Option<String>,
    /// Who asks whom.
    pub asked: Option<Asked>,
}

/// Who asks whom to a call. Only its reader stands in it: who else comes is shown in the app, and
/// does not make everybody's event another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The mail address that the invitation comes from.
    pub from: String,
    /// The reader's name.
    pub name: String,
    /// The reader's mail address.
    pub email: String,
    /// What they answered.
    pub answer: Option<Attending>,
}

/// One call to be held or not, as it is sent by mail.
pub fn invitation(method: Method, event: &Event) -> String {
    written(calendar(method), std::slice::from_ref(event))
}

/// Calls as a feed that calendars subscribe to by its address.
pub fn feed(name: &str, events: &[Event]) -> String {
    let mut calendar = calendar(Method::Publish);
    let name = prose(name);
    calendar.add_property(ICalendarProperty::Name, name.clone());
    // Google and Outlook read this one.
    calendar.add_property(ICalendarProperty::Other("X-WR-CALNAME".to_owned()), name);
    let hour = ICalendarDuration { hours: 1, ..ICalendarDuration::default() };
    let duration = [ICalendarParameter::value(ICalendarValueType::Duration)];
    calendar.add_property_with_params(ICalendarProperty::RefreshInterval, duration, hour);
    written(calendar, events)
}

fn calendar(method: Method) -> ICalendarComponent {
    let mut calendar = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    calendar.add_property(ICalendarProperty::Version, "2.0");
    calendar.add_property(ICalendarProperty::Prodid, PRODUCT);
    calendar.add_property(ICalendarProperty::Method, method.value());
    calendar
}

fn written(mut calendar: ICalendarComponent, events: &[Event]) -> String {
    calendar.component_ids = (1..).take(events.len()).collect();
    let components = std::iter::once(calendar).chain(events.iter().map(component)).collect();
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = ICalendar { components }.write_to(&mut text);
    text
}

fn time(at: Timestamp) -> PartialDateTime {
    PartialDateTime::from_utc_timestamp(at.as_second())
}

fn uri(url: &str) -> ICalendarValue {
    ICalendarValue::Uri(Uri::Location(address(url)))
}

fn component(it: &Event) -> ICalendarComponent {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(&prose(&it.uid));
    event.add_sequence(it.sequence);
    event.add_dtstamp(time(it.stamp));
    event.add_property(ICalendarProperty::Dtstart, time(it.starts_at));
    event.add_property(ICalendarProperty::Dtend, time(it.ends_at));
    event.add_property(ICalendarProperty::Summary, prose(&it.title));
    let status = if it.cancelled { ICalendarStatus::Cancelled } else { ICalendarStatus::Confirmed };
    event.add_property(ICalendarProperty::Status, status);
    if let Some(asked) = &it.asked {
        add_people(&mut event, asked);
    }
    if let Some(about) = &it.about {
        event.add_property(ICalendarProperty::Description, prose(about));
    }
    if let Some(url) = &it.call_url {
        // Older calendars show the place alone, and find the link in it.
        event.add_property(ICalendarProperty::Location, prose(url));
        let how = [
            ICalendarParameter::value(ICalendarValueType::Uri),
            ICalendarParameter::feature(ICalendarFeatureType::Video),
            ICalendarParameter::label("Join the call".to_owned()),
        ];
        event.add_property_with_params(ICalendarProperty::Conference, how, uri(url));
    }
    if let Some(url) = &it.url {
        event.add_property(ICalendarProperty::Url, uri(url));
    }
    event
}

fn add_people(event: &mut ICalendarComponent, asked: &Asked) {
    let name = |name: &str| ICalendarParameter::new(ICalendarParameterName::Cn, parameter(name));
    event.add_property_with_params(
        ICalendarProperty::Organizer,
        [name("Afterword")],
        uri(&format!("mailto:{}", asked.from)),
    );
    let attendee = ICalendarEntry::new(ICalendarProperty::Attendee)
        .with_param(name(&asked.name))
        .with_param(ICalendarParameter::cutype(ICalendarUserTypes::Individual))
        .with_param(ICalendarParameter::role(ICalendarParticipationRole::ReqParticipant))
        .with_param(ICalendarParameter::partstat(status_of(asked.answer)))
        // Nobody reads what is mailed back: answers are given by the links in the mail.
        .with_param(ICalendarParameter::rsvp(false))
        .with_value(uri(&format!("mailto:{}", asked.email)));
    event.entries.push(attendee);
}

fn status_of(answer: Option<Attending>) -> ICalendarParticipationStatus {
    match answer {
        None => ICalendarParticipationStatus::NeedsAction,
        Some(Attending::Yes) => ICalendarParticipationStatus::Accepted,
        Some(Attending::Maybe) => ICalendarParticipationStatus::Tentative,
        Some(Attending::No) => ICalendarParticipationStatus::Declined,
    }
}

#[cfg(test)]
mod tests;
