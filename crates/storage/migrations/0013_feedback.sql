-- What facilitators tell each other about how meetings are led, and how the process improves by it.

-- Derived: with which handbook a meeting was led, and when.
ALTER TABLE projections ADD COLUMN handbook_id TEXT;
ALTER TABLE projections ADD COLUMN handbook_version INTEGER;
ALTER TABLE projections ADD COLUMN opened_at INTEGER;
ALTER TABLE projections ADD COLUMN closed_at INTEGER;
CREATE INDEX projections_by_handbook ON projections (handbook_id, opened_at);
CREATE INDEX projections_by_close ON projections (closed_at);
-- So that every record is read anew at the next start.
DELETE FROM projections;

-- A comment on how a meeting was led. Only facilitators see it.
CREATE TABLE feedback (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    author TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- Who led at that moment, and answers it.
    about TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- Milliseconds into the recording, or into the meeting where there is none.
    at_ms INTEGER NOT NULL,
    -- The step that the room was in then.
    step_id TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    answer TEXT,
    answer_text TEXT,
    answered_at INTEGER,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_by_postmortem ON feedback (postmortem_id, at_ms);
CREATE INDEX feedback_by_reader ON feedback (about, created_at);
CREATE INDEX feedback_by_time ON feedback (created_at);

-- Who was asked for feedback about which meeting.
CREATE TABLE feedback_requests (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    asked_at INTEGER NOT NULL,
    -- asked, done, declined
    state TEXT NOT NULL,
    -- When they were told of it by mail.
    told_at INTEGER,
    PRIMARY KEY (postmortem_id, person_id)
) STRICT;
CREATE INDEX feedback_requests_by_person ON feedback_requests (person_id, asked_at);

-- What a facilitator wrote down for themselves. Nobody else sees it.
CREATE TABLE lessons (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    postmortem_id TEXT REFERENCES postmortems (id) ON DELETE SET NULL,
    at_ms INTEGER,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX lessons_by_person ON lessons (person_id, created_at);

-- A change of a handbook that is proposed. By whom is kept nowhere.
CREATE TABLE proposals (
    id TEXT PRIMARY KEY,
    handbook_id TEXT NOT NULL REFERENCES handbooks (id),
    -- feedback, survey, parked, lesson
    source TEXT NOT NULL,
    -- What it comes from, where that is one thing: each becomes one proposal.
    source_ref TEXT,
    postmortem_id TEXT REFERENCES postmortems (id) ON DELETE SET NULL,
    at_ms INTEGER,
    text TEXT NOT NULL,
    -- JSON: the step, what of it, the words.
    change TEXT,
    -- open, accepted, declined
    state TEXT NOT NULL,
    -- Why it was declined.
    reason TEXT,
    -- Which version it became.
    accepted_as INTEGER,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    version INTEGER NOT NULL,
    UNIQUE (source, source_ref)
) STRICT;
CREATE INDEX proposals_by_state ON proposals (state, created_at);

-- A look at the process as a whole, as it was prepared and what was decided.
CREATE TABLE retrospectives (
    -- Counts them: two that end at once cannot both be the next.
    number INTEGER PRIMARY KEY,
    prepared TEXT NOT NULL,
    decided TEXT NOT NULL,
    -- The next is due after so many meetings.
    next_after INTEGER NOT NULL,
    closed_by TEXT NOT NULL REFERENCES people (id),
    closed_at INTEGER NOT NULL
) STRICT;
