-- Telling people of what was published: what each wants to hear of, and who was told.

-- What each person wants to hear of; who has no row here hears of nothing.
CREATE TABLE subscriptions (
    person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    -- JSON list of {kind, value}; empty: everything.
    topics TEXT NOT NULL,
    -- 1: by mail when it is published.
    at_once INTEGER NOT NULL,
    -- 1: by mail once a week, on Monday at this hour in the person's zone, 0 to 23.
    weekly INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    -- Until when the last weekly mail told.
    told_until INTEGER,
    version INTEGER NOT NULL
) STRICT;

-- The organisation's channels, as administrators set them up.
CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    -- slack, teams, webhook
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Whoever knows the address can write there: it is a secret.
    url TEXT NOT NULL,
    -- With which messages to a webhook are signed.
    secret TEXT NOT NULL,
    topics TEXT NOT NULL,
    -- Why nothing is sent there any more, until it is saved anew.
    problem TEXT,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- How often people are to be told of a post-mortem: once, and once more whenever somebody asks
-- for it. Kept when a publication is taken back, so that nobody is told twice of the same.
CREATE TABLE announcements (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;

-- Who was told in which round.
CREATE TABLE announcements_told (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    -- person, channel; and its id.
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, round, target_kind, target_id)
) STRICT;
