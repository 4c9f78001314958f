//! `ffprobe` and `ffmpeg`, where they are installed.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use afterword_domain::recording::{LONGEST_MS, Span};
use serde::Deserialize;
use tokio::process::Command;

/// Looking at a file takes less.
const PATIENCE: Duration = Duration::from_mins(1);
/// A passage is cut a little wider, in milliseconds: what was just before it fades within some
/// hundredths of a second where sound is compressed.
const MARGIN: i64 = 150;
/// Sound is silenced piece by piece, each by the time at which it begins. In files a piece may be
/// longer than the margin, so that they are made shorter, in samples: 32 ms of a telephone's sound.
const PIECE: u32 = 256;
/// Of what went wrong, in bytes.
const MOST_WORDS: usize = 400;

/// What `ffprobe` says of a file.
pub(super) enum Probed {
    /// It is not there to be asked.
    NotInstalled,
    /// It cannot be played.
    Unreadable,
    /// It can.
    Media(Media),
}

/// What is in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Media {
    pub(super) length_ms: Option<i64>,
    pub(super) pictures: bool,
    pub(super) sound: bool,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize)]
struct Stream {
    codec_type: Option<String>,
}

#[derive(Default, Deserialize)]
struct Format {
    duration: Option<String>,
}

/// Asks what is in a file.
pub(super) async fn probe(path: &Path) -> Probed {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-protocol_whitelist", "file", "-of", "json"]);
    command.args(["-show_entries", "format=duration:stream=codec_type"]).arg(address(path));
    let Ok(answered) = tokio::time::timeout(PATIENCE, run(command)).await else {
        return Probed::Unreadable;
    };
    let output = match answered {
        Ok(output) => output,
        Err(error) => {
            if error.kind() != std::io::ErrorKind::NotFound {
                tracing::warn!(%error, "ffprobe cannot be asked");
            }
            return Probed::NotInstalled;
        }
    };
    let answer: Option<Answer> = serde_json::from_slice(&output.stdout).ok();
    match answer.filter(|_| output.status.success()).map(|answer| media(&answer)) {
        Some(media) if media.pictures || media.sound => Probed::Media(media),
        _ => Probed::Unreadable,
    }
}

fn media(answer: &Answer) -> Media {
    let has = |kind: &str| answer.streams.iter().any(|it| it.codec_type.as_deref() == Some(kind));
    let seconds = answer.format.duration.as_deref().and_then(|it| it.parse::<f64>().ok());
    let length_ms = seconds.and_then(afterword_domain::recording::milliseconds);
    Media { length_ms, pictures: has("video"), sound: has("audio") }
}

/// How a file is made from another.
pub(super) enum Making<'m> {
    /// The same, with a list of what is where, so that it can be played from any moment.
    Indexed,
    /// Black and silent in these spans, and as long as before.
    Cut(&'m [Span]),
}

/// Makes a file from another; answers the media type of what was made.
pub(super) async fn make(
    from: &Path,
    to: &Path,
    media_type: &str,
    media: Media,
    making: Making<'_>,
) -> Result<&'static str, String> {
    let (form, made_type, codecs) = target(media_type);
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-i"]);
    command.arg(address(from));
    // Only what is seen and heard: subtitles and names of chapters may tell what is to be cut.
    command.args(["-map", "0:V?", "-map", "0:a?", "-map_metadata", "-1", "-map_chapters", "-1"]);
    match making {
        Making::Indexed => {
            command.args(["-c", "copy"]);
        }
        Making::Cut(spans) => {
            let within = within(spans);
            if media.pictures && made_type.starts_with("video/") {
                let black = format!(
                    "drawbox=x=0:y=0:w=iw:h=ih:color=black:t=fill:enable='{within}',\
                     pad=ceil(iw/2)*2:ceil(ih/2)*2"
                );
                command.args(["-filter:v", &black]);
            }
            if media.sound {
                let silent =
                    format!("asetnsamples=n={PIECE}:p=0,volume=volume=0:enable='{within}'");
                command.args(["-filter:a", &silent]);
            }
            command.args(codecs.split_whitespace());
        }
    }
    command.args(["-f", form]).arg(address(to));
    match run(command).await {
        Ok(output) if output.status.success() => Ok(made_type),
        Ok(output) => Err(last_words(&output)),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether `ffmpeg` is there.
pub(super) async fn is_installed() -> bool {
    let mut command = Command::new("ffmpeg");
    command.arg("-version");
    run(command).await.is_ok()
}

/// The form, the media type and the codecs in which a recording of that type is made anew.
fn target(media_type: &str) -> (&'static str, &'static str, &'static str) {
    match media_type {
        "video/mp4" | "video/quicktime" => (
            "mp4",
            "video/mp4",
            "-c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac -movflags +faststart",
        ),
        "audio/mpeg" => ("mp3", "audio/mpeg", "-c:a libmp3lame -q:a 3"),
        "audio/mp4" => ("ipod", "audio/mp4", "-vn -c:a aac -movflags +faststart"),
        "audio/ogg" => ("ogg", "audio/ogg", "-vn -c:a libopus"),
        "audio/wav" => ("wav", "audio/wav", "-c:a pcm_s16le"),
        _ => (
            "webm",
            "video/webm",
            "-c:v libvpx -deadline realtime -cpu-used 6 -crf 12 -b:v 4M -c:a libopus",
        ),
    }
}

/// The spans as a condition on the time `t`.
fn within(spans: &[Span]) -> String {
    let one = |span: &Span| {
        let seconds = afterword_domain::recording::seconds;
        let from = seconds((span.from_ms - MARGIN).max(0));
        let until = seconds((span.until_ms + MARGIN).min(LONGEST_MS));
        format!("between(t,{from:.3},{until:.3})")
    };
    spans.iter().map(one).collect::<Vec<_>>().join("+")
}

/// A path that is read as nothing but a path.
fn address(path: &Path) -> String {
    format!("file:{}", path.display())
}

async fn run(mut command: Command) -> std::io::Result<Output> {
    command.stdin(Stdio::null()).kill_on_drop(true).output().await
}

fn last_words(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    let last: Vec<_> = words.trim().chars().rev().take(MOST_WORDS).collect();
    last.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_cut_a_little_wider() {
        let spans =
            [Span { from_ms: 100, until_ms: 2000 }, Span { from_ms: 60_000, until_ms: 61_500 }];
        assert_eq!(within(&spans), "between(t,0.000,2.150)+between(t,59.850,61.650)");
    }

    /// The rate of a telephone's sound, in samples a second.
    const RATE: usize = 8000;

    #[tokio::test]
    async fn nothing_is_heard_of_a_passage_in_slow_sound() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("call.wav"), folder.path().join("cut.wav"));
        std::fs::write(&from, humming(8)).unwrap();
        let Probed::Media(media) = probe(&from).await else { panic!("it is not read as sound") };
        let spans = [Span { from_ms: 4000, until_ms: 6000 }];
        make(&from, &to, "audio/wav", media, Making::Cut(&spans)).await.unwrap();

        let heard = heard(&std::fs::read(&to).unwrap());
        assert_eq!(heard.len(), 8 * RATE);
        let within = |from: usize, until: usize| &heard[from * RATE / 1000..until * RATE / 1000];
        assert!(within(4000, 6000).iter().all(|sample| *sample == 0));
        assert!(within(0, 3800).iter().all(|sample| *sample != 0));
        assert!(within(6200, 8000).iter().all(|sample| *sample != 0));
    }

    /// So many seconds of a sound that is never silent, as a file: 16 bits, one channel.
    fn humming(seconds: usize) -> Vec<u8> {
        let bytes = u32::try_from(seconds * RATE * 2).unwrap();
        let rate = u32::try_from(RATE).unwrap();
        let mut file = Vec::new();
        file.extend_from_slice(b"RIFF");
        file.extend_from_slice(&(36 + bytes).to_le_bytes());
        file.extend_from_slice(b"WAVEfmt ");
        file.extend_from_slice(&16_u32.to_le_bytes());
        file.extend_from_slice(&[1, 0, 1, 0]);
        file.extend_from_slice(&rate.to_le_bytes());
        file.extend_from_slice(&(2 * rate).to_le_bytes());
        file.extend_from_slice(&[2, 0, 16, 0]);
        file.extend_from_slice(b"data");
        file.extend_from_slice(&bytes.to_le_bytes());
        for at in 0..seconds * RATE {
            let sample: i16 = if at / 9 % 2 == 0 { 12_000 } else { -12_000 };
            file.extend_from_slice(&sample.to_le_bytes());
        }
        file
    }

    /// The samples of such a file.
    fn heard(file: &[u8]) -> Vec<i16> {
        let data = file.windows(4).position(|it| it == b"data").unwrap() + 8;
        file[data..].chunks_exact(2).map(|it| i16::from_le_bytes([it[0], it[1]])).collect()
    }
}
