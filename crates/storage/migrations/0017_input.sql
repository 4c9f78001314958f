-- Who was asked for input before a call. What they answered is in the record; what was answered
-- without a name leaves nothing here.

CREATE TABLE input_requests (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- As which discipline they were asked: a slug.
    discipline TEXT NOT NULL,
    -- JSON list of {text, timed}.
    questions TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_at INTEGER NOT NULL,
    -- When the mail server took the request, and the one reminder.
    mailed_at INTEGER,
    reminded_at INTEGER,
    -- waiting; answered, in their own name; off: they are to be asked no more.
    state TEXT NOT NULL,
    UNIQUE (postmortem_id, person_id)
) STRICT;
CREATE INDEX input_requests_by_person ON input_requests (person_id, state);
