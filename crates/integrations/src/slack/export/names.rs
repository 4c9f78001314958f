//! Who and where: the lists in an export.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use serde::Deserialize;

use super::archive::{Archive, Broken};
use super::day::Place;
use crate::evidence::{Unreadable, first_filled};

/// An organisation with more has several exports.
const MOST_NAMES: usize = 1_000_000;

#[derive(Deserialize)]
struct Listed {
    id: String,
    name: Option<String>,
    real_name: Option<String>,
    profile: Option<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    display_name: Option<String>,
    real_name: Option<String>,
}

/// The people and channels of an export.
#[derive(Debug)]
pub(super) struct Names {
    /// What stands before all names, where the export was packed again with its folder.
    root: String,
    people: HashMap<String, String>,
    /// The ids of channels, by their folders.
    channels: HashMap<String, String>,
    /// Their names, by their ids.
    called: HashMap<String, String>,
    /// Folders of conversations outside of channels.
    direct: HashSet<String>,
}

impl Names {
    pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Self, Unreadable> {
        let entries: Vec<_> = (0..archive.len())
            .filter_map(|index| Some((index, archive.name(index)?)))
            .filter(|(_, name)| name.matches('/').count() <= 1)
            .filter(|(_, name)| LISTS.iter().any(|list| name.ends_with(list)))
            .collect();
        let root = entries.iter().find_map(|(_, name)| name.strip_suffix("channels.json"));
        let root = root.filter(|root| root.is_empty() || root.ends_with('/')).ok_or_else(|| {
            let why = "this ZIP file is not an export of Slack: there is no channels.json in it";
            Unreadable(why.to_owned())
        })?;
        let mut names = Self {
            root: root.to_owned(),
            people: HashMap::new(),
            channels: HashMap::new(),
            called: HashMap::new(),
            direct: HashSet::new(),
        };
        for (index, name) in &entries {
            match name.strip_prefix(root) {
                Some("users.json") => names.list(archive, *index, name, Self::add_person)?,
                Some("channels.json" | "groups.json") => {
                    names.list(archive, *index, name, Self::add_channel)?;
                }
                Some("dms.json" | "mpims.json") => {
                    names.list(archive, *index, name, Self::add_direct)?;
                }
                _ => {}
            }
        }
        Ok(names)
    }

    fn list<R: Read + Seek>(
        &mut self,
        archive: &mut Archive<R>,
        index: usize,
        name: &str,
        add: fn(&mut Self, Listed),
    ) -> Result<(), Unreadable> {
        let mut count = 0;
        let read = archive.each(index, |listed| {
            count += 1;
            add(self, listed);
            if count > MOST_NAMES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match read {
            _ if count > MOST_NAMES => {
                Err(Unreadable(format!("the export’s {name} lists more than a million")))
            }
            Ok(()) => Ok(()),
            Err(Broken::Refused(refused)) => Err(refused),
            Err(Broken::Entry(why)) => {
                Err(Unreadable(format!("the export cannot be read at {name}: {why}")))
            }
        }
    }

    fn add_person(&mut self, person: Listed) {
        let profile = person.profile.as_ref();
        let names = [
            profile.and_then(|it| it.display_name.as_deref()),
            profile.and_then(|it| it.real_name.as_deref()),
            person.real_name.as_deref(),
            person.name.as_deref(),
        ];
        if let Some(name) = first_filled(names) {
            self.people.insert(person.id, name);
        }
    }

    fn add_channel(&mut self, channel: Listed) {
        if let Some(name) = channel.name {
            self.channels.insert(name.clone(), channel.id.clone());
            self.called.insert(channel.id, name);
        }
    }

    fn add_direct(&mut self, direct: Listed) {
        self.direct.insert(direct.name.unwrap_or(direct.id));
    }

    /// The channel and day that a file is about; none where it is no channel's.
    pub(super) fn place(&self, file: &str) -> Option<Place> {
        let (folder, day) = file.strip_prefix(&self.root)?.split_once('/')?;
        let day = day.strip_suffix(".json")?;
        day.parse::<jiff::civil::Date>().ok()?;
        if self.direct.contains(folder) {
            return None;
        }
        let id = self.channels.get(folder).map_or(folder, String::as_str);
        Some(Place { file: file.to_owned(), channel: folder.to_owned(), id: id.to_owned() })
    }

    /// What a person is called.
    pub(super) fn person(&self, id: &str) -> Option<&str> {
        self.people.get(id).map(String::as_str)
    }

    /// A message's text with the names of those it mentions: `<@U1>` becomes `<@U1|Ada>`.
    pub(super) fn fill_in<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !text.contains("<@") && !text.contains("<#") {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            filled.push_str(before);
            filled.push('<');
            rest = after;
            let Some((inside, _)) = after.split_once('>') else { continue };
            let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
            if let Some(name) = self.name(target).filter(|_| label.trim().is_empty()) {
                filled.push_str(target);
                filled.push('|');
                // What would end the mention early is left out of the name.
                filled.extend(name.chars().filter(|c| !matches!(c, '<' | '>' | '|')));
                rest = after.get(inside.len()..).unwrap_or_default();
            }
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }

    fn name(&self, target: &str) -> Option<&str> {
        match target.strip_prefix('@') {
            Some(person) => self.person(person),
            None => self.called.get(target.strip_prefix('#')?).map(String::as_str),
        }
    }
}

const LISTS: [&str; 5] = ["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"];
