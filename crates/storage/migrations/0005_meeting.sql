-- What a room keeps to itself: votes before they are shown, what is written in silence, the survey.

-- What was voted on.
CREATE TABLE ballots (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    shown_at INTEGER
) STRICT;
CREATE INDEX ballots_by_postmortem ON ballots (postmortem_id, opened_at);

-- A person's votes about one thing. When all are shown, `voter` becomes a number of its own.
CREATE TABLE votes (
    ballot_id TEXT NOT NULL REFERENCES ballots (id) ON DELETE CASCADE,
    voter TEXT NOT NULL,
    subject TEXT NOT NULL,
    vote TEXT NOT NULL,
    PRIMARY KEY (ballot_id, voter, subject)
) STRICT;

-- What somebody writes while the room is silent, until it is shown.
CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    -- Who writes; absent if it is to have no author: then it is known to nobody.
    person_id TEXT REFERENCES people (id) ON DELETE CASCADE,
    -- The node of the analysis below which it will stand.
    node_id TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_postmortem ON notes (postmortem_id);

-- Who answered the survey, and what was answered: each a JSON list in alphabetical order and all in
-- one row, so that nothing tells which answer came when.
CREATE TABLE surveys (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    people TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT;
