-- What the tools said. Written in SQLite's dialect, like 0001.

-- Systems that send evidence or are asked for it, as an administrator set them up.
CREATE TABLE sources (
    -- The name in /hooks/{source} and in its events.
    id TEXT PRIMARY KEY,
    vendor TEXT NOT NULL,
    name TEXT NOT NULL,
    -- With which it signs its messages.
    secret TEXT NOT NULL,
    -- With which it is asked, and what: absent where it is not asked.
    token TEXT,
    settings TEXT NOT NULL,
    pull_cursor TEXT,
    -- Events are kept for so many days; for ever if absent.
    retention_days INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- A message as it came, but for masked secrets. The id is that of its first event.
CREATE TABLE payloads (
    id BLOB PRIMARY KEY,
    sha256 BLOB NOT NULL,
    masked INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The id begins with the source's own time, so that rows lie in the order of time and what is
-- delivered again meets itself: see domain/src/evidence/id.rs.
CREATE TABLE events (
    id BLOB PRIMARY KEY,
    source TEXT NOT NULL,
    -- As corrected for a clock that was wrong; `raw_at` is what the clock said.
    at INTEGER NOT NULL,
    raw_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    marks TEXT NOT NULL,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    -- The service in the one form that its tools' spellings share.
    service_key TEXT NOT NULL,
    environment TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    actor TEXT,
    fingerprint TEXT,
    severity TEXT,
    state TEXT,
    labels TEXT NOT NULL,
    payload_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_time ON events (at, id);
-- Holds what look-back counts, so that counting reads no rows.
CREATE INDEX events_by_service ON events (service_key, at, kind, fingerprint, state);

-- How many events there were, a row for each day of one thing, with its hours: what look-back
-- counts, so that counting reads few rows. Kept in the transaction that stores, moves or forgets
-- the events.
CREATE TABLE event_days (
    service_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Days since 1970, by the events' corrected times.
    day INTEGER NOT NULL,
    -- Empty where there is none.
    fingerprint TEXT NOT NULL,
    -- 1 for alerts that were gone, otherwise 0.
    resolved INTEGER NOT NULL,
    h00 INTEGER NOT NULL DEFAULT 0,
    h01 INTEGER NOT NULL DEFAULT 0,
    h02 INTEGER NOT NULL DEFAULT 0,
    h03 INTEGER NOT NULL DEFAULT 0,
    h04 INTEGER NOT NULL DEFAULT 0,
    h05 INTEGER NOT NULL DEFAULT 0,
    h06 INTEGER NOT NULL DEFAULT 0,
    h07 INTEGER NOT NULL DEFAULT 0,
    h08 INTEGER NOT NULL DEFAULT 0,
    h09 INTEGER NOT NULL DEFAULT 0,
    h10 INTEGER NOT NULL DEFAULT 0,
    h11 INTEGER NOT NULL DEFAULT 0,
    h12 INTEGER NOT NULL DEFAULT 0,
    h13 INTEGER NOT NULL DEFAULT 0,
    h14 INTEGER NOT NULL DEFAULT 0,
    h15 INTEGER NOT NULL DEFAULT 0,
    h16 INTEGER NOT NULL DEFAULT 0,
    h17 INTEGER NOT NULL DEFAULT 0,
    h18 INTEGER NOT NULL DEFAULT 0,
    h19 INTEGER NOT NULL DEFAULT 0,
    h20 INTEGER NOT NULL DEFAULT 0,
    h21 INTEGER NOT NULL DEFAULT 0,
    h22 INTEGER NOT NULL DEFAULT 0,
    h23 INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (service_key, kind, day, fingerprint, resolved)
) WITHOUT ROWID, STRICT;

-- How many events came of a source, hour by hour: its health and its rate.
CREATE TABLE source_hours (
    source TEXT NOT NULL,
    -- Hours since 1970.
    hour INTEGER NOT NULL,
    events INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (source, hour)
) STRICT;

-- Messages that did not become events: why, and for those that were believed also what.
CREATE TABLE troubles (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- 'refused': not believed, nothing kept. 'unreadable': kept. 'failed': asking failed.
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    headers TEXT,
    body BLOB,
    replayed_at INTEGER
) STRICT;
CREATE INDEX troubles_by_source ON troubles (source, received_at);

-- A source's clock that was wrong for a while.
CREATE TABLE clock_corrections (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    made_at INTEGER NOT NULL
) STRICT;
