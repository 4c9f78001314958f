-- Since when each action is known and has stood where it stands, and lists that people keep.

-- Not derived: no record says when an action was first read, or since when it is done. A reading
-- of the records anew keeps it, also for an action that is deleted and comes back.
CREATE TABLE action_times (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    action_id TEXT NOT NULL,
    -- When it was first read.
    seen_at INTEGER NOT NULL,
    -- How far it was when it was last read, and since when.
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, action_id)
) STRICT;

-- Those that are there already: nobody noted when they came, but by the last update they had.
INSERT INTO action_times (postmortem_id, action_id, seen_at, state, state_since)
SELECT known.postmortem_id, known.action_id, known.at, known.state, known.at FROM (
    SELECT a.postmortem_id, a.action_id, a.state, COALESCE(
        (SELECT MAX(u.received_at) FROM record_updates u WHERE u.postmortem_id = a.postmortem_id),
        p.created_at) AS at
    FROM projected_actions a JOIN postmortems p ON p.id = a.postmortem_id
) AS known;

-- A filter of the list of actions that somebody keeps under a name.
CREATE TABLE action_filters (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- As the address of the page says it.
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX action_filters_by_person ON action_filters (person_id, created_at);

-- Derived: the words of an action in small letters, to be searched.
ALTER TABLE projected_actions ADD COLUMN words TEXT NOT NULL DEFAULT '';
-- So that every record is read anew at the next start, and its actions get their words.
DELETE FROM projections;
