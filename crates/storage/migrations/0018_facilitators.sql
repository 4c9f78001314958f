-- Who facilitates and who learns to, and who takes which seat in a post-mortem.

CREATE TABLE facilitators (
    person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    -- The day, in their zone, from which they take requests again.
    away_until TEXT,
    joined_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- How they came to lead: which step, when, in which post-mortem.
CREATE TABLE training_steps (
    person_id TEXT NOT NULL REFERENCES facilitators (person_id) ON DELETE CASCADE,
    -- read, shadowed, led, graduated
    step TEXT NOT NULL,
    reached_at INTEGER NOT NULL,
    postmortem_id TEXT REFERENCES postmortems (id) ON DELETE SET NULL,
    -- Who led with them and said that they can lead alone.
    confirmed_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    PRIMARY KEY (person_id, step)
) STRICT;

-- Who leads rooms today has graduated.
INSERT INTO facilitators (person_id, joined_at, version)
SELECT id, created_at, 1 FROM people WHERE role = 'facilitator';
INSERT INTO training_steps (person_id, step, reached_at)
SELECT id, 'graduated', created_at FROM people WHERE role = 'facilitator';

CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    -- facilitator, co_facilitator, note_taker, shadow
    seat TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- asked, accepted, declined, handed_over, withdrawn
    state TEXT NOT NULL,
    asked_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER,
    -- When they were told of it by mail.
    told_at INTEGER,
    version INTEGER NOT NULL
) STRICT;
-- A seat is for one, but that any number may watch; and nobody has two.
CREATE UNIQUE INDEX seats_for_one ON seats (postmortem_id, seat)
    WHERE state IN ('asked', 'accepted') AND seat <> 'shadow';
CREATE UNIQUE INDEX seats_of_one ON seats (postmortem_id, person_id)
    WHERE state IN ('asked', 'accepted');
CREATE INDEX seats_by_person ON seats (person_id, asked_at);

-- What somebody who prepares a meeting writes down for themselves. Nobody else sees it.
CREATE TABLE preparation_notes (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    -- JSON: the lines of the checklist that are done.
    done TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, person_id)
) STRICT;
