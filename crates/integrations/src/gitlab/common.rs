//! What several of GitLab's messages have.

use afterword_domain::evidence::ReportedTime;
use jiff::fmt::strtime;
use serde::Deserialize;

use crate::evidence::code;

#[derive(Debug, Deserialize)]
pub(super) struct Project {
    name: String,
    path_with_namespace: String,
    pub(super) web_url: String,
}

impl Project {
    pub(super) fn named(&self) -> code::Repository<'_> {
        code::Repository { path: &self.path_with_namespace, name: &self.name }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    name: Option<String>,
    username: Option<String>,
}

impl User {
    pub(super) fn called(&self) -> Option<&str> {
        self.username.as_deref().or(self.name.as_deref())
    }
}

/// Reads the forms in which GitLab writes times: RFC 3339, `2016-08-12 15:26:29 UTC` and
/// `2021-04-28 21:50:00 +0200`.
pub(super) fn time(text: &str) -> ReportedTime {
    if let Some(utc) = text.strip_suffix(" UTC") {
        return ReportedTime::parse(&format!("{utc}Z"));
    }
    let with_offset = strtime::parse("%Y-%m-%d %H:%M:%S%.f %z", text);
    let at = with_offset.and_then(|time| time.to_timestamp());
    at.map_or_else(|_| ReportedTime::parse(text), ReportedTime::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let cases = [
            ("2013-12-03T17:23:34Z", "2013-12-03T17:23:34Z"),
            ("2016-08-12 15:26:29 UTC", "2016-08-12T15:26:29Z"),
            ("2021-04-28 21:50:00 +0200", "2021-04-28T19:50:00Z"),
            ("2021-04-28 21:50:00.125 -0330", "2021-04-29T01:20:00.125Z"),
        ];
        for (written, at) in cases {
            assert_eq!(time(written), ReportedTime::At(at.parse().unwrap()), "{written}");
        }
        assert_eq!(time("soon UTC"), ReportedTime::Missing);
    }
}
