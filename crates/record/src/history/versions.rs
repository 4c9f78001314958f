//! The versions that a person can look back at.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LoggedUpdate;
use super::replay::{Touched, replay};
use crate::part::Part;

/// Edits of one person this close to their first are one version.
const FOLD: SignedDuration = SignedDuration::from_mins(1);

/// The record after some edits of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Version {
    /// The number of its last update.
    pub version: i64,
    /// When that was stored.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Whose edits these are; absent for what is anonymous.
    pub by: Option<String>,
    /// The parts that they changed.
    pub changes: Vec<Part>,
}

#[derive(Default)]
struct Folds {
    all: Vec<Fold>,
    /// Where each person's latest stands.
    latest: HashMap<Option<String>, usize>,
}

struct Fold {
    first_at: Timestamp,
    last_at: Timestamp,
    version: i64,
    by: Option<String>,
    parts: BTreeSet<Part>,
}

/// The versions of a log, newest first.
pub fn versions(log: &[LoggedUpdate]) -> Vec<Version> {
    let folds: Folds = replay(log, |folds: &mut Folds, logged, touched| folds.add(logged, touched));
    let mut versions: Vec<Version> = folds
        .all
        .into_iter()
        .map(|fold| Version {
            version: fold.version,
            at: fold.last_at,
            by: fold.by,
            changes: fold.parts.into_iter().collect(),
        })
        .collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.version));
    versions
}

impl Folds {
    fn add(&mut self, logged: &LoggedUpdate, touched: BTreeSet<Touched>) {
        let parts = touched.into_iter().map(|place| place.part);
        let latest = self.latest.get(&logged.person).and_then(|at| self.all.get_mut(*at));
        match latest {
            Some(fold) if logged.at.duration_since(fold.first_at) <= FOLD => {
                fold.version = logged.seq;
                fold.last_at = logged.at;
                fold.parts.extend(parts);
            }
            _ => {
                self.latest.insert(logged.person.clone(), self.all.len());
                self.all.push(Fold {
                    first_at: logged.at,
                    last_at: logged.at,
                    version: logged.seq,
                    by: logged.person.clone(),
                    parts: parts.collect(),
                });
            }
        }
    }
}
