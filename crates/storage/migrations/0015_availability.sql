-- When people can come: their hours, their days off, what their calendars say, what they wish.

-- Who has no row works as everybody begins with.
CREATE TABLE availability (
    person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    -- A JSON list of seven, Monday first: {from, until}, or null on a day without work.
    hours TEXT NOT NULL,
    -- A JSON list of {from, until}: days, both included.
    days_off TEXT NOT NULL,
    -- Whose public holidays: ISO 3166-1, two letters.
    country TEXT,
    -- 1: also days that are holidays in a part of it.
    regional INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- Calendars of people, read from an address that is a secret.
CREATE TABLE calendars (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    -- When it was read the last time.
    read_at INTEGER,
    -- Why it could not be read the last time it was tried.
    problem TEXT,
    -- How often in a row it could not.
    failures INTEGER NOT NULL,
    -- A JSON list of sentences: what in it was left out.
    notes TEXT NOT NULL,
    UNIQUE (person_id, url)
) STRICT;

-- When a calendar has something: nothing else is kept of it.
CREATE TABLE busy_times (
    calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL
) STRICT;
CREATE INDEX busy_times_by_calendar ON busy_times (calendar_id, from_at);

-- What people said of hours of a post-mortem.
CREATE TABLE hour_wishes (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    starts_at INTEGER NOT NULL,
    -- propose, refuse
    wish TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, person_id, starts_at)
) STRICT;
