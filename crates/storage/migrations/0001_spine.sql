-- Written in SQLite's dialect; src/migrations.rs turns the few differing words into PostgreSQL's.
-- Times are microseconds since 1970 in UTC.

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    discipline TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- Sessions, bearer tokens and sign-in links: whoever shows the secret is that person.
-- Only the SHA-256 of a secret is stored.
CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;
CREATE INDEX credentials_by_person ON credentials (person_id, kind);

CREATE TABLE disciplines (
    slug TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE postmortems (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    -- In lower case, to be searched: SQLite's own lower() knows only ASCII.
    title_folded TEXT NOT NULL,
    severity TEXT,
    services TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    detected_at INTEGER,
    stabilised_at INTEGER,
    resolved_at INTEGER,
    stage TEXT NOT NULL,
    naming TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    published_at INTEGER,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX postmortems_by_start ON postmortems (started_at, id);

CREATE TABLE participants (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, person_id)
) STRICT;

-- Every update of every record, for ever: what was said, by whom, when.
CREATE TABLE record_updates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT REFERENCES people (id) ON DELETE SET NULL,
    received_at INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX record_updates_by_postmortem ON record_updates (postmortem_id, seq);

-- The state of a record after the update `seq`: only so that opening is quick.
CREATE TABLE record_snapshots (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;

-- Derived from the records; `afterword reproject` builds both anew.
CREATE TABLE projections (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE TABLE projected_actions (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    action_id TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT,
    due TEXT,
    position INTEGER NOT NULL,
    action TEXT NOT NULL,
    PRIMARY KEY (postmortem_id, action_id)
) STRICT;

CREATE TABLE publications (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    edition INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL REFERENCES people (id),
    document TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;
CREATE INDEX publications_by_time ON publications (published_at, postmortem_id);

CREATE TABLE pictures (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL REFERENCES people (id),
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, sha256)
) STRICT;
