//! The picture in words, for those who do not see it.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Lane, Picture};

/// How long something took: `40 s`, `43 min`, `2 h 14 min`, `3 days 4 h`.
pub fn length_words(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    let joined = |large: i64, name: &str, small: i64, small_name: &str| {
        let (whole, rest) = (seconds / large, (seconds % large) / small);
        if rest == 0 {
            format!("{whole} {name}")
        } else {
            format!("{whole} {name} {rest} {small_name}")
        }
    };
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => joined(3_600, "h", 60, "min"),
        _ => joined(86_400, "days", 3_600, "h"),
    }
}

/// What the picture shows, in a few sentences. `label`: what people call a lane.
pub fn describe(picture: &Picture, label: impl Fn(&Lane) -> String) -> String {
    let marks = |lane: &Lane| lane.marks.len();
    let all: usize = picture.lanes.iter().map(marks).sum();
    let lanes: Vec<_> =
        picture.lanes.iter().map(|lane| format!("{} {}", label(lane), marks(lane))).collect();
    let entries = counted(all, "entry", "entries");
    let span = match (picture.stretches.first(), picture.stretches.last()) {
        (Some(first), Some(last)) => {
            format!(", from {} until {}", stamp(first.from), stamp(last.until))
        }
        _ => String::new(),
    };
    format!(
        "The record over time: {entries} in {}{span}. By lane: {}.{}",
        counted(lanes.len(), "lane", "lanes"),
        lanes.join(", "),
        longest_pause(picture),
    )
}

/// The break or, where there is none, the silence that lasts longest.
fn longest_pause(picture: &Picture) -> String {
    if let Some(fold) = picture.folds.iter().max_by_key(|fold| fold.length) {
        return format!(" The longest break lasts {}.", length_words(fold.length));
    }
    let silence = picture.silences.iter().max_by_key(|it| it.until.duration_since(it.from));
    silence.map_or_else(String::new, |it| {
        let length = length_words(it.until.duration_since(it.from));
        format!(" Nobody wrote down anything for {length} from {}.", stamp(it.from))
    })
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn stamp(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%-d %B %Y, %H:%M UTC").to_string()
}
