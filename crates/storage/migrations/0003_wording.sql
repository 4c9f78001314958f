-- What the organisation changed in the list of wordings, whole each time: the last version counts,
-- and those before say what was changed by whom.

CREATE TABLE wording_versions (
    version INTEGER PRIMARY KEY,
    -- JSON
    edits TEXT NOT NULL,
    changed_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    changed_at INTEGER NOT NULL
) STRICT;
