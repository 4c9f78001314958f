//! The times of cues: `00:01:02.500 --> 00:01:04.000`, with a comma in `SubRip`, and
//! `0:01:02.500,0:01:04.000` as captions are downloaded.

/// The times of a line that has those of a cue, in milliseconds; what is absurd about them is for
/// others to find.
pub(super) fn line(line: &str) -> Option<(i64, i64)> {
    if let Some((start, rest)) = line.split_once("-->") {
        // Behind the times may stand where the words are to be shown.
        let end = rest.split_whitespace().next()?;
        return Some((time(start.trim())?, time(end)?));
    }
    // Without an arrow both have hours, minutes and seconds: words with a comma never do.
    let (start, end) = line.trim().split_once(',')?;
    let full = |it: &str| it.matches(':').count() == 2;
    (full(start) && full(end)).then_some((time(start)?, time(end)?))
}

/// Whether a line is meant to have times, readable or not.
pub(super) fn is_meant(line: &str) -> bool {
    line.contains("-->")
}

/// `[[h:]m:]s[.fraction]`
fn time(text: &str) -> Option<i64> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, "0"),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut seconds = 0_i64;
    for (at, part) in parts.iter().enumerate() {
        let value = number(part)?;
        if at > 0 && value > 59 {
            return None;
        }
        seconds = seconds * 60 + value;
    }
    Some(seconds * 1000 + thousandths(fraction)?)
}

fn number(digits: &str) -> Option<i64> {
    let is_number = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// The first three digits behind the point.
fn thousandths(digits: &str) -> Option<i64> {
    let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let three: String = digits.chars().chain("000".chars()).take(3).collect();
    three.parse().ok().filter(|_| valid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, times) in [
            ("00:00:01.000 --> 00:00:04.250", (1000, 4250)),
            ("00:01.5 --> 01:04.25 align:start position:0%", (1500, 64_250)),
            ("00:00:01,000 --> 00:00:04,250", (1000, 4250)),
            ("0:00:00.599,0:00:04.160", (599, 4160)),
            ("100:00:00.000-->100:00:01.000", (360_000_000, 360_001_000)),
        ] {
            assert_eq!(line(text), Some(times), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "-->",
            "00:00:01.000 -->",
            "1 --> 2",
            "00:61 --> 00:62",
            "a:b --> c:d",
            "At 9:15, 9:20 and later",
            "99999999:00:00 --> 99999999:00:01",
            "00:0١ --> 00:02",
            "00:01. --> 00:02",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
