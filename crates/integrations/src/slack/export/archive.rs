//! The ZIP, read within bounds: what it says of itself is not believed.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use serde::de::{DeserializeOwned, DeserializeSeed as _};
use zip::ZipArchive;

use super::each::Each;
use crate::evidence::{Allowance, Bounded, Unreadable};

/// Days of channels: a thousand channels over two years are fewer.
const MOST_ENTRIES: u64 = 1_000_000;
/// The ZIP's own list of its entries.
const LONGEST_LIST: u64 = 128 << 20;
/// One channel on one day, or all people.
const LARGEST_ENTRY: u64 = 512 << 20;
/// All of it, unpacked.
const LARGEST_TOTAL: u64 = 32 << 30;
/// One message, or one person.
const LARGEST_ITEM: u64 = 8 << 20;
/// Conversations shrink to a tenth; nothing that people or programs say shrinks so much.
const MOST_SHRUNK: u64 = 300;
/// Below this size nothing is said about how much it shrank.
const SMALL: u64 = 1 << 20;

/// Why an entry cannot be read.
#[derive(Debug)]
pub(super) enum Broken {
    /// The whole archive is refused.
    Refused(Unreadable),
    /// This entry is not what it should be; others may be.
    Entry(String),
}

/// An archive of JSON arrays.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    left: u64,
}

impl<R: Read + Seek> Archive<R> {
    pub(super) fn open(mut file: R) -> Result<Self, Unreadable> {
        if entries_claimed(&mut file).map_err(|error| no_zip(&error))? > MOST_ENTRIES {
            return Err(too_much("it lists more than a million files"));
        }
        // The list is read whole when the archive is opened.
        file.seek(SeekFrom::Start(0)).map_err(|error| no_zip(&error))?;
        let zip = ZipArchive::new(file).map_err(|error| no_zip(&error))?;
        Ok(Self { zip, left: LARGEST_TOTAL })
    }

    pub(super) fn len(&self) -> usize {
        self.zip.len()
    }

    pub(super) fn name(&self, index: usize) -> Option<String> {
        self.zip.name_for_index(index)?.ok().map(Cow::into_owned)
    }

    /// The items of the array in an entry, one at a time.
    pub(super) fn each<T: DeserializeOwned>(
        &mut self,
        index: usize,
        mut give: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<(), Broken> {
        let entry = self.zip.by_index(index);
        let entry =
            entry.map_err(|error| Broken::Entry(format!("it cannot be unpacked: {error}")))?;
        let packed = entry.compressed_size();
        let unpacked = Cell::new(0);
        let refused = Cell::new(None);
        let guard =
            Guard { entry, packed, left: self.left, unpacked: &unpacked, refused: &refused };
        let item = Allowance::of(LARGEST_ITEM);
        let reader = BufReader::new(Bounded::new(guard, item.clone()));
        let mut json = serde_json::Deserializer::from_reader(reader);
        let each = Each::new(|it| {
            item.renew();
            give(it)
        });
        let read = each.deserialize(&mut json).and_then(|()| json.end());
        self.left = self.left.saturating_sub(unpacked.get());
        if let Some(why) = refused.get() {
            return Err(Broken::Refused(too_much(why)));
        }
        if item.is_used_up() {
            return Err(Broken::Refused(too_much("a message in it is longer than 8 MB")));
        }
        read.map_err(|error| Broken::Entry(format!("this is not a list in JSON: {error}")))
    }
}

/// Counts what is unpacked, and stops where it is more than there should be.
struct Guard<'a, E> {
    entry: E,
    packed: u64,
    left: u64,
    unpacked: &'a Cell<u64>,
    refused: &'a Cell<Option<&'static str>>,
}

impl<E: Read> Read for Guard<'_, E> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.entry.read(buffer)?;
        let unpacked = self.unpacked.get() + u64::try_from(read).unwrap_or(u64::MAX / 2);
        self.unpacked.set(unpacked);
        let shrunk = unpacked > SMALL && unpacked / self.packed.max(1) > MOST_SHRUNK;
        let why = match unpacked {
            _ if shrunk => "it is packed more tightly than conversations can be",
            _ if unpacked > LARGEST_ENTRY => "a file in it unpacks to more than 512 MB",
            _ if unpacked > self.left => "it unpacks to more than 32 GB",
            _ => return Ok(read),
        };
        self.refused.set(Some(why));
        Err(io::Error::other(why))
    }
}

fn too_much(why: &str) -> Unreadable {
    Unreadable(format!(
        "this archive is not read: {why}. Export a shorter span of time, and import one after another"
    ))
}

fn no_zip(error: &impl ToString) -> Unreadable {
    Unreadable(format!(
        "this is not a ZIP file that can be read ({}); send the export as Slack gave it to you",
        error.to_string()
    ))
}

const END: [u8; 4] = *b"PK\x05\x06";
const END_64_AT: [u8; 4] = *b"PK\x06\x07";
const LONGEST_END: u64 = 22 + 0xffff + 20;

/// How many entries the end of the archive claims, or a number beyond all bounds where their list
/// is too long: room for as many is made before the first is read.
fn entries_claimed<R: Read + Seek>(file: &mut R) -> io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(LONGEST_END);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(LONGEST_END).read_to_end(&mut tail)?;
    let mut claimed = 0;
    for at in 0..tail.len().saturating_sub(19) {
        let record = tail.get(at..).unwrap_or_default();
        if record.starts_with(&END) {
            let list = number(record, 12, 4);
            // All ones: the number stands in the longer record.
            if list != u64::from(u32::MAX) && list > LONGEST_LIST {
                return Ok(u64::MAX);
            }
            claimed = claimed.max(number(record, 10, 2));
        } else if record.starts_with(&END_64_AT) {
            file.seek(SeekFrom::Start(number(record, 8, 8).min(length)))?;
            let mut long = Vec::new();
            file.by_ref().take(56).read_to_end(&mut long)?;
            if number(&long, 40, 8) > LONGEST_LIST {
                return Ok(u64::MAX);
            }
            claimed = claimed.max(number(&long, 32, 8));
        }
    }
    Ok(claimed)
}

/// A number of so many bytes, the lowest first.
fn number(record: &[u8], at: usize, bytes: usize) -> u64 {
    let field = record.get(at..at + bytes).unwrap_or_default();
    field.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
