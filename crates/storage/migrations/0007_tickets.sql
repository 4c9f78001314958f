-- Trackers that tickets are made in, and the tickets of actions.

CREATE TABLE trackers (
    id TEXT PRIMARY KEY,
    vendor TEXT NOT NULL,
    name TEXT NOT NULL,
    -- As its vendor wants it.
    settings TEXT NOT NULL,
    -- With which it is asked.
    token TEXT NOT NULL,
    -- With which it signs its messages.
    secret TEXT NOT NULL,
    -- The name by which it knows each person: a JSON object of our ids.
    people TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    action_id TEXT NOT NULL,
    tracker_id TEXT NOT NULL REFERENCES trackers (id) ON DELETE CASCADE,
    -- asked, calling, linked, gone
    state TEXT NOT NULL,
    -- When the tracker was asked to make it: stored before it is asked, so that whoever does not
    -- hear the answer looks for the ticket first.
    called_at INTEGER,
    -- What the tracker calls it, once it is known.
    ticket_key TEXT,
    -- What people call it, and where they see it.
    name TEXT,
    url TEXT,
    -- JSON: what both sides said when they last agreed, and what the ticket said last.
    agreed TEXT,
    theirs TEXT,
    -- JSON list of the fields in conflict.
    conflicts TEXT NOT NULL,
    -- What somebody should know of it.
    note TEXT,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (postmortem_id, action_id)
) STRICT;
CREATE INDEX tickets_by_key ON tickets (tracker_id, ticket_key);
