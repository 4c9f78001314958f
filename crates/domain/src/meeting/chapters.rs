//! What a meeting remembers of its minutes: who led, and in which step it was.

use jiff::Timestamp;

use super::Meeting;

impl Meeting {
    /// Id of whoever led at that time; before the first, whoever began.
    pub fn led_at(&self, at: Timestamp) -> Option<&str> {
        let noted = self.led.range(..=at).next_back().or_else(|| self.led.first_key_value());
        noted.map(|(_, person)| &person[..]).or(self.lead.as_deref())
    }

    /// Whether somebody leads it or led it for a while, alone or with another.
    pub fn was_led_by(&self, person: &str) -> bool {
        self.is_led_by(person) || self.led.values().any(|it| it == person)
    }

    /// Id of the step that the room was in at that time.
    pub fn step_at(&self, at: Timestamp) -> Option<&str> {
        self.visits.range(..=at).next_back().map(|(_, step)| &step[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn who_led_and_which_step_ran_is_known_for_each_minute() {
        let named = |it: &str| it.to_owned();
        let meeting = Meeting {
            lead: Some(named("bo")),
            co_lead: Some(named("cy")),
            led: [(at(10), named("ana")), (at(50), named("bo"))].into(),
            visits: [(at(10), named("welcome")), (at(20), named("record"))].into(),
            ..Meeting::default()
        };
        for (second, lead, step) in [
            (5, "ana", None),
            (10, "ana", Some("welcome")),
            (49, "ana", Some("record")),
            (50, "bo", Some("record")),
            (900, "bo", Some("record")),
        ] {
            assert_eq!(meeting.led_at(at(second)), Some(lead));
            assert_eq!(meeting.step_at(at(second)), step);
        }
        for (person, led) in [("ana", true), ("bo", true), ("cy", true), ("di", false)] {
            assert_eq!(meeting.was_led_by(person), led, "{person}");
        }
    }

    #[test]
    fn a_meeting_from_before_this_was_noted_was_led_by_whoever_led_last() {
        let meeting = Meeting { lead: Some("ana".to_owned()), ..Meeting::default() };
        assert_eq!((meeting.led_at(at(1)), meeting.step_at(at(1))), (Some("ana"), None));
        assert_eq!(Meeting::default().led_at(at(1)), None);
    }
}
