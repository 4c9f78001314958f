//! What a file is, as its bytes say, and whether all of it is there. No other file is ever served as
//! a recording.

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::path::Path;

/// Why a file is no recording.
#[derive(Debug)]
pub(super) enum Fault {
    /// It cannot be read at all.
    Unreadable(std::io::Error),
    /// It is something else.
    NoRecording,
    /// It ends before it says that it does.
    CutOff,
    /// It is damaged.
    Broken,
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            // It was to go on where it ends.
            std::io::ErrorKind::UnexpectedEof => Self::CutOff,
            _ => Self::Unreadable(error),
        }
    }
}

/// So much of a file tells what it is.
const HEAD: u64 = 4096;
/// A day in fragments of a second has fewer.
const MOST_BOXES: usize = 300_000;
/// Pictures have the same container as films.
const PICTURES: [&[u8]; 5] = [b"heic", b"heix", b"mif1", b"msf1", b"avif"];

/// The media type of a whole recording.
pub(super) fn look(path: &Path) -> Result<&'static str, Fault> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(HEAD).read_to_end(&mut head)?;
    let media_type = kind(&head).ok_or(Fault::NoRecording)?;
    match media_type {
        "video/mp4" | "video/quicktime" | "audio/mp4" => whole_boxes(&mut file, length)?,
        "video/webm" | "video/x-matroska" => whole_segment(&head, length)?,
        "audio/wav" => whole_riff(&head, length)?,
        _ => {}
    }
    Ok(media_type)
}

fn kind(head: &[u8]) -> Option<&'static str> {
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    match (head.get(..4)?, head.get(4..8)?, head.get(8..12)?) {
        (_, b"ftyp", brand) if PICTURES.contains(&brand) => None,
        (_, b"ftyp", b"M4A " | b"M4B ") => Some("audio/mp4"),
        (_, b"ftyp", b"qt  ") | (_, b"moov" | b"mdat" | b"wide", _) => Some("video/quicktime"),
        (_, b"ftyp", _) => Some("video/mp4"),
        (b"\x1a\x45\xdf\xa3", ..) if has(b"webm") => Some("video/webm"),
        (b"\x1a\x45\xdf\xa3", ..) if has(b"matroska") => Some("video/x-matroska"),
        (b"OggS", ..) if has(b"theora") => Some("video/ogg"),
        (b"OggS", ..) => Some("audio/ogg"),
        (b"RIFF", _, b"WAVE") => Some("audio/wav"),
        ([b'I', b'D', b'3', _], ..) => Some("audio/mpeg"),
        // The marks of a frame of MPEG audio, layer III.
        ([0xff, second, third, _], ..)
            if second & 0xe6 == 0xe2 && third & 0xf0 != 0xf0 && third & 0xf0 != 0 =>
        {
            Some("audio/mpeg")
        }
        _ => None,
    }
}

/// MP4 and its kin are boxes, each of which says how long it is; without the one that lists what is
/// where, nothing can be played.
fn whole_boxes(file: &mut File, length: u64) -> Result<(), Fault> {
    let (mut at, mut listed) = (0_u64, false);
    for _ in 0..MOST_BOXES {
        if at == length {
            return if listed { Ok(()) } else { Err(Fault::CutOff) };
        }
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0_u8; 8];
        file.read_exact(&mut header)?;
        let [a, b, c, d, name @ ..] = header;
        let size = match u32::from_be_bytes([a, b, c, d]) {
            // To the end of the file.
            0 => length - at,
            1 => {
                let mut long = [0_u8; 8];
                file.read_exact(&mut long)?;
                u64::from_be_bytes(long)
            }
            size => u64::from(size),
        };
        listed |= &name == b"moov";
        at = at.checked_add(size).filter(|_| size >= 8).ok_or(Fault::Broken)?;
        if at > length {
            return Err(Fault::CutOff);
        }
    }
    Err(Fault::Broken)
}

/// A Matroska file has a header and one segment, which may say how long it is.
fn whole_segment(head: &[u8], length: u64) -> Result<(), Fault> {
    let (header, at) = number(head, 4).ok_or(Fault::CutOff)?;
    let Some(segment) = header.and_then(|it| usize::try_from(it).ok()).map(|it| at + it) else {
        return Ok(());
    };
    if head.get(segment..segment + 4) != Some(b"\x18\x53\x80\x67") {
        return Err(if head.len() < segment + 4 { Fault::CutOff } else { Fault::Broken });
    }
    match number(head, segment + 4) {
        Some((Some(size), begins)) if size > length - begins as u64 => Err(Fault::CutOff),
        Some(_) => Ok(()),
        None => Err(Fault::CutOff),
    }
}

/// A number of EBML, and where it ends; absent where it says that nobody knows.
fn number(bytes: &[u8], at: usize) -> Option<(Option<u64>, usize)> {
    let first = *bytes.get(at)?;
    let width = first.leading_zeros() as usize + 1;
    let rest = bytes.get(at + 1..at + width).filter(|_| width <= 8)?;
    let marked = u64::from(first) & ((1 << (8 - width)) - 1);
    let value = rest.iter().fold(marked, |value, byte| (value << 8) | u64::from(*byte));
    let unknown = value == (1 << (7 * width)) - 1;
    Some(((!unknown).then_some(value), at + width))
}

fn whole_riff(head: &[u8], length: u64) -> Result<(), Fault> {
    let size = head.get(4..8).and_then(|it| it.try_into().ok()).map_or(0, u32::from_le_bytes);
    // What is written while it is recorded does not know yet.
    let known = size != 0 && size != u32::MAX;
    if known && u64::from(size) + 8 > length + 1 { Err(Fault::CutOff) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_at(bytes: &[u8]) -> Result<&'static str, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        look(&path)
    }

    fn a_box(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes()[..], &name, content].concat()
    }

    fn mp4() -> Vec<u8> {
        let boxes =
            [a_box(*b"ftyp", b"isom\0\0\0\0"), a_box(*b"mdat", &[7; 90]), a_box(*b"moov", &[7])];
        boxes.concat()
    }

    /// A segment of 16 bytes.
    fn webm(size: u8) -> Vec<u8> {
        let header = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67";
        [&header[..], &[size], &[0; 16]].concat()
    }

    #[test]
    fn recordings_are_known_by_their_bytes() {
        let mp3 = [b"ID3\x04", &[0; 60][..]].concat();
        let wav = [b"RIFF\x28\0\0\0WAVEfmt ", &[0; 32][..]].concat();
        assert_eq!(looked_at(&mp4()).unwrap(), "video/mp4");
        assert_eq!(looked_at(&webm(0x90)).unwrap(), "video/webm");
        assert_eq!(looked_at(&webm(0xff)).unwrap(), "video/webm", "of unknown size");
        assert_eq!(looked_at(&mp3).unwrap(), "audio/mpeg");
        assert_eq!(looked_at(&wav).unwrap(), "audio/wav");
    }

    #[test]
    fn other_files_are_refused() {
        let heic = a_box(*b"ftyp", b"heic\0\0\0\0");
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let page = b"<!doctype html><video>";
        for bytes in [&b""[..], b"short", &heic, png, page, &[0xff; 64], &[0; 64]] {
            assert!(matches!(looked_at(bytes), Err(Fault::NoRecording)), "{bytes:?}");
        }
    }

    #[test]
    fn what_was_cut_off_is_told_from_what_is_broken() {
        let whole = mp4();
        for length in 20..whole.len() {
            let cut = looked_at(&whole[..length]);
            assert!(matches!(cut, Err(Fault::CutOff)), "{length}: {cut:?}");
        }
        assert!(matches!(looked_at(&webm(0xa0)), Err(Fault::CutOff)));
        let endless = [a_box(*b"ftyp", b"isom"), vec![0, 0, 0, 2, b'm', b'o', b'o', b'v']].concat();
        assert!(matches!(looked_at(&endless), Err(Fault::Broken)));
    }
}
