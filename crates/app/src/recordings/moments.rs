//! Where in a recording the meeting's steps began, and where each entry was written.

use std::collections::BTreeMap;

use afterword_domain::handbook::Handbook;
use afterword_domain::meeting::Meeting;
use afterword_domain::recording::{LONGEST_MS, seconds};
use afterword_record::Part;
use afterword_record::history;
use afterword_storage::Recording;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::error::AppError;
use crate::record::in_background;

/// A step of the handbook, where the room went to it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Chapter {
    /// Seconds since the recording began.
    pub at: f64,
    /// The step's id in the handbook.
    pub step: String,
    /// Its title.
    pub title: String,
}

/// When an entry was written.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = RecordingMoment)]
pub struct WrittenAt {
    /// Seconds since the recording began.
    pub at: f64,
    /// The entry's id.
    pub entry: String,
}

/// The milliseconds of a recording in which something happens.
#[derive(Clone, Copy)]
struct Clockwork {
    started_at: Timestamp,
    length_ms: i64,
}

impl Clockwork {
    fn of(recording: &Recording) -> Option<Self> {
        let length_ms = recording.length_ms.unwrap_or(LONGEST_MS);
        recording.started_at.map(|started_at| Self { started_at, length_ms })
    }

    /// Where it is; before the beginning it is negative. Nothing after the end.
    fn position(self, at: Timestamp) -> Option<i64> {
        let position = at.as_millisecond() - self.started_at.as_millisecond();
        (position <= self.length_ms).then_some(position)
    }
}

impl App {
    /// The chapters of a recording: the steps that the meeting went to.
    pub(super) async fn chapters(&self, recording: &Recording) -> Result<Vec<Chapter>, AppError> {
        let Some(clock) = Clockwork::of(recording) else { return Ok(Vec::new()) };
        let meeting = self.current_meeting(&recording.postmortem_id).await?;
        let Some(led) = meeting.handbook.as_ref() else { return Ok(Vec::new()) };
        let handbook = self.kept_handbook(&led.id, Some(led.version)).await?.content;
        Ok(chapters(&meeting, &handbook, clock))
    }

    /// When each entry of the timeline was written, for those that were while it was recorded.
    pub(super) async fn written_at(
        &self,
        recording: &Recording,
    ) -> Result<Vec<WrittenAt>, AppError> {
        let Some(clock) = Clockwork::of(recording) else { return Ok(Vec::new()) };
        let record = self.current_record(&recording.postmortem_id).await?.record;
        let there: Vec<_> = record.timeline.into_iter().map(|entry| entry.id).collect();
        let log = self.log_of(&recording.postmortem_id).await?;
        let first = in_background(move || first_written(&log)).await?;
        let position = |id: &String| Some((clock.position(*first.get(id)?)?, id.clone()));
        let mut written: Vec<_> =
            there.iter().filter_map(position).filter(|(at, _)| *at >= 0).collect();
        written.sort();
        Ok(written.into_iter().map(|(at, entry)| WrittenAt { at: seconds(at), entry }).collect())
    }
}

fn first_written(log: &[history::LoggedUpdate]) -> BTreeMap<String, Timestamp> {
    let mut first = BTreeMap::new();
    for field in history::authors(log).into_iter().filter(|it| it.part == Part::Timeline) {
        let written = field.by.iter().map(|author| author.first_at).min();
        if let Some(at) = written {
            let known = first.entry(field.id).or_insert(at);
            *known = at.min(*known);
        }
    }
    first
}

/// The step in which the recording began is its first chapter.
fn chapters(meeting: &Meeting, handbook: &Handbook, clock: Clockwork) -> Vec<Chapter> {
    let visits = meeting.visits.iter().filter_map(|(at, step)| Some((clock.position(*at)?, step)));
    let mut chapters: Vec<Chapter> = Vec::new();
    for (at, step) in visits {
        let title = handbook.step(step).map_or(step, |it| &it.title).clone();
        if at <= 0 {
            chapters.clear();
        }
        chapters.push(Chapter { at: seconds(at.max(0)), step: step.clone(), title });
    }
    chapters
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_domain::handbook::built_in;

    #[test]
    fn the_step_that_ran_is_the_first_chapter() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let visits = [
            ("2026-03-02T18:00:00Z", "gone-by"),
            ("2026-03-02T18:05:00Z", "running"),
            ("2026-03-02T18:27:00Z", "later"),
            ("2026-03-02T19:27:00Z", "after-the-end"),
        ];
        let visits = visits.map(|(time, step)| (at(time), step.to_owned())).into();
        let meeting = Meeting { visits, ..Meeting::default() };
        let started_at = at("2026-03-02T18:06:30Z");
        let handbook = &built_in().first().expect("a handbook").handbook;
        let clock = Clockwork { started_at, length_ms: 3_600_000 };
        let found = chapters(&meeting, handbook, clock);
        let found: Vec<_> = found.iter().map(|it| (it.at, &it.step[..])).collect();
        assert_eq!(found, [(0.0, "running"), (1230.0, "later")]);
    }
}
