//! A workspace's export: a ZIP with a folder for each channel and in it a file for each day.
//!
//! Its messages are the same events as those that Slack's app sends, if both are kept under one
//! source. It is read entry by entry and message by message, within bounds; names in it are
//! compared, and never used as paths.

mod archive;
mod day;
mod each;
mod names;

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use serde_json::value::RawValue;

use crate::evidence::{Found, Skipped, Take, Unreadable};
use archive::{Archive, Broken};
use day::Place;
use names::Names;

/// Reads an export's messages. An archive that is none, or that unpacks to more than any export
/// does, is the error; what was found before it stays found.
pub fn read<R: Read + Seek>(export: R, take: Take<'_>) -> Result<(), Unreadable> {
    let mut archive = Archive::open(export)?;
    let names = Names::read(&mut archive)?;
    for index in 0..archive.len() {
        let Some(place) = archive.name(index).and_then(|name| names.place(&name)) else { continue };
        if let ControlFlow::Break(stop) = read_day(&mut archive, index, &place, &names, take) {
            return stop;
        }
    }
    Ok(())
}

fn read_day<R: Read + Seek>(
    archive: &mut Archive<R>,
    index: usize,
    place: &Place,
    names: &Names,
    take: Take<'_>,
) -> ControlFlow<Result<(), Unreadable>> {
    let mut line = 0;
    let mut enough = false;
    let read = archive.each(index, |message: Box<RawValue>| {
        line += 1;
        let found = match place.message(&message, names) {
            Ok(None) => return ControlFlow::Continue(()),
            Ok(Some(reported)) => {
                Found::Event(message.get().as_bytes().to_vec(), Box::new(reported))
            }
            Err(why) => Found::Skipped(Skipped { line, text: place.file.clone(), why }),
        };
        let taken = take(found);
        enough = taken.is_break();
        taken
    });
    match read {
        _ if enough => ControlFlow::Break(Ok(())),
        Ok(()) => ControlFlow::Continue(()),
        Err(Broken::Refused(refused)) => ControlFlow::Break(Err(refused)),
        Err(Broken::Entry(why)) => {
            match take(Found::Skipped(Skipped { line: line + 1, text: place.file.clone(), why })) {
                ControlFlow::Break(()) => ControlFlow::Break(Ok(())),
                ControlFlow::Continue(()) => ControlFlow::Continue(()),
            }
        }
    }
}

#[cfg(test)]
mod tests;
