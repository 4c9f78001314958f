-- Written in SQLite's dialect, as 0001_spine.sql. A version is written once and never changed:
-- each post-mortem was led with one of them.

CREATE TABLE handbooks (
    id TEXT PRIMARY KEY,
    -- The newest version.
    version INTEGER NOT NULL,
    -- No longer offered; still to be read.
    retired_at INTEGER
) STRICT;

CREATE TABLE handbook_versions (
    handbook_id TEXT NOT NULL REFERENCES handbooks (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    -- Absent: it came with the product.
    author TEXT REFERENCES people (id),
    reason TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (handbook_id, version)
) STRICT;
