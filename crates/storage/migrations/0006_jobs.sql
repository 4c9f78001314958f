-- Work that is done later, asked for in the transaction of the change that needs it.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    -- What it is about. One of each waits, however often it was asked for.
    subject TEXT NOT NULL,
    -- How often it was asked for: a run that began before the last asking does not end it.
    asked INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    -- How often in a row it was tried.
    attempts INTEGER NOT NULL,
    -- Which server does it, and until when that is believed.
    taken_by TEXT,
    taken_until INTEGER,
    -- Why it did not work the last time.
    problem TEXT,
    -- Since when it is tried no more, until somebody asks for it.
    given_up_at INTEGER,
    UNIQUE (kind, subject)
) STRICT;
CREATE INDEX jobs_by_due ON jobs (due_at, id);
