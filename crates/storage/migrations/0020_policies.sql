-- Which incidents are looked back at and how, and what paging tools tell of incidents.

-- Whether it nearly happened and did not.
ALTER TABLE postmortems ADD COLUMN near_miss INTEGER NOT NULL DEFAULT 0;

-- The review policies, whole each time: the last version counts, and those before say what was
-- changed by whom.
CREATE TABLE review_policies (
    version INTEGER PRIMARY KEY,
    -- JSON
    policies TEXT NOT NULL,
    changed_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- An incident of a paging tool. Its post-mortem, if it has one, has the same id.
CREATE TABLE incidents (
    -- Follows from the two below: domain/src/review/told.rs.
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    -- As the tool names it.
    incident TEXT NOT NULL,
    -- What its messages say, as JSON, and when it began: absent until they were read.
    told TEXT,
    started_at INTEGER,
    -- What of it was last taken over into the post-mortem, as JSON.
    carried TEXT
) STRICT;
CREATE INDEX incidents_by_start ON incidents (started_at);

-- Which events tell of it.
CREATE TABLE incident_events (
    incident_id TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    event_id BLOB NOT NULL,
    PRIMARY KEY (incident_id, event_id)
) STRICT;
