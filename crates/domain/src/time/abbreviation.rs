//! What the usual abbreviations of time zones stand for.
//!
//! An abbreviation names an offset, whatever the season: `PST` is UTC-8 in July too.
//! Several are used in more than one part of the world; those have several meanings.

/// One thing that an abbreviation stands for.
#[derive(Debug)]
pub(super) struct Meaning {
    /// Minutes east of Greenwich.
    pub(super) minutes: i32,
    /// Where it is in use, for a question.
    pub(super) place: &'static str,
    /// A zone that keeps it.
    pub(super) zone: &'static str,
}

const fn meaning(minutes: i32, place: &'static str, zone: &'static str) -> Meaning {
    Meaning { minutes, place, zone }
}

const TABLE: &[(&str, &[Meaning])] = &[
    ("WET", &[meaning(0, "Lisbon", "Europe/Lisbon")]),
    ("BST", &[meaning(60, "Britain", "Europe/London"), meaning(360, "Bangladesh", "Asia/Dhaka")]),
    ("CET", &[meaning(60, "central Europe", "Europe/Berlin")]),
    ("CEST", &[meaning(120, "central Europe", "Europe/Berlin")]),
    ("EET", &[meaning(120, "eastern Europe", "Europe/Helsinki")]),
    ("EEST", &[meaning(180, "eastern Europe", "Europe/Helsinki")]),
    ("MSK", &[meaning(180, "Moscow", "Europe/Moscow")]),
    ("SAST", &[meaning(120, "South Africa", "Africa/Johannesburg")]),
    ("EAT", &[meaning(180, "east Africa", "Africa/Nairobi")]),
    (
        "IST",
        &[
            meaning(330, "India", "Asia/Kolkata"),
            meaning(120, "Israel", "Asia/Jerusalem"),
            meaning(60, "Ireland", "Europe/Dublin"),
        ],
    ),
    ("IDT", &[meaning(180, "Israel", "Asia/Jerusalem")]),
    ("PKT", &[meaning(300, "Pakistan", "Asia/Karachi")]),
    ("WIB", &[meaning(420, "western Indonesia", "Asia/Jakarta")]),
    ("SGT", &[meaning(480, "Singapore", "Asia/Singapore")]),
    ("HKT", &[meaning(480, "Hong Kong", "Asia/Hong_Kong")]),
    ("PHT", &[meaning(480, "the Philippines", "Asia/Manila")]),
    ("AWST", &[meaning(480, "western Australia", "Australia/Perth")]),
    ("JST", &[meaning(540, "Japan", "Asia/Tokyo")]),
    ("KST", &[meaning(540, "Korea", "Asia/Seoul")]),
    ("ACST", &[meaning(570, "central Australia", "Australia/Adelaide")]),
    ("ACDT", &[meaning(630, "central Australia", "Australia/Adelaide")]),
    ("AEST", &[meaning(600, "eastern Australia", "Australia/Sydney")]),
    ("AEDT", &[meaning(660, "eastern Australia", "Australia/Sydney")]),
    ("NZST", &[meaning(720, "New Zealand", "Pacific/Auckland")]),
    ("NZDT", &[meaning(780, "New Zealand", "Pacific/Auckland")]),
    ("BRT", &[meaning(-180, "Brazil", "America/Sao_Paulo")]),
    (
        "AST",
        &[
            meaning(-240, "Atlantic Canada", "America/Halifax"),
            meaning(180, "Arabia", "Asia/Riyadh"),
        ],
    ),
    ("ADT", &[meaning(-180, "Atlantic Canada", "America/Halifax")]),
    ("EST", &[meaning(-300, "New York", "America/New_York")]),
    ("EDT", &[meaning(-240, "New York", "America/New_York")]),
    ("CST", &[meaning(-360, "Chicago", "America/Chicago"), meaning(480, "China", "Asia/Shanghai")]),
    ("CDT", &[meaning(-300, "Chicago", "America/Chicago")]),
    ("MST", &[meaning(-420, "Denver", "America/Denver")]),
    ("MDT", &[meaning(-360, "Denver", "America/Denver")]),
    ("PST", &[meaning(-480, "Los Angeles", "America/Los_Angeles")]),
    ("PDT", &[meaning(-420, "Los Angeles", "America/Los_Angeles")]),
    ("AKST", &[meaning(-540, "Alaska", "America/Anchorage")]),
    ("AKDT", &[meaning(-480, "Alaska", "America/Anchorage")]),
    ("HST", &[meaning(-600, "Hawaii", "Pacific/Honolulu")]),
];

/// Names that follow a region's clocks through the seasons.
const REGIONS: &[(&str, &str)] = &[
    ("PT", "America/Los_Angeles"),
    ("MT", "America/Denver"),
    ("CT", "America/Chicago"),
    ("ET", "America/New_York"),
];

/// Names that are written out, before the word `time`. A longer one stands before its beginning.
pub(super) const SPELLED: &[(&str, &str)] = &[
    ("coordinated universal", "Etc/UTC"),
    ("universal", "Etc/UTC"),
    ("greenwich mean", "Etc/UTC"),
    ("pacific", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("central european", "Europe/Berlin"),
    ("central", "America/Chicago"),
    ("eastern european", "Europe/Helsinki"),
    ("eastern", "America/New_York"),
    ("british", "Europe/London"),
    ("uk", "Europe/London"),
    ("london", "Europe/London"),
    ("berlin", "Europe/Berlin"),
    ("india", "Asia/Kolkata"),
    ("indian", "Asia/Kolkata"),
    ("japan", "Asia/Tokyo"),
    ("singapore", "Asia/Singapore"),
    ("sydney", "Australia/Sydney"),
];

/// Abbreviations that are taken in small letters too, since they are no words.
const SMALL: &[&str] =
    &["est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "aest", "aedt"];

/// What this abbreviation can stand for; none if it is no known one.
pub(super) fn meanings(written: &str) -> Option<&'static [Meaning]> {
    let capitals = if SMALL.contains(&written) { written.to_uppercase() } else { written.into() };
    TABLE.iter().find(|(name, _)| *name == capitals).map(|(_, meanings)| *meanings)
}

/// The IANA zone whose clocks such a name follows.
pub(super) fn region(written: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(name, _)| *name == written).map(|(_, zone)| *zone)
}
