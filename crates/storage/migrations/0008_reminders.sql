-- Telling people of their actions, and the links by which they answer.

-- When each person wants to be told; who has no row here has what everybody begins with.
CREATE TABLE reminder_preferences (
    person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    -- daily, weekly, off
    often TEXT NOT NULL,
    -- In the person's zone, 0 to 23.
    hour INTEGER NOT NULL,
    quiet_from INTEGER,
    quiet_until INTEGER,
    -- 1: by mail.
    mail INTEGER NOT NULL,
    -- slack, teams; and the address of the person's own incoming webhook, which is a secret.
    chat TEXT,
    chat_url TEXT,
    -- Why nothing is sent there any more, until the person saves it anew.
    chat_problem TEXT,
    version INTEGER NOT NULL
) STRICT;

-- Who was told what, by which way, so that nobody is told it twice.
CREATE TABLE reminders_told (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- mail, chat
    way TEXT NOT NULL,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    action_id TEXT NOT NULL,
    occasion TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, way, postmortem_id, action_id, occasion)
) STRICT;

-- Links that were used, until they would have expired.
CREATE TABLE used_links (
    link_hash TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;

-- With which this installation signs: made once, at random.
CREATE TABLE signing_keys (
    purpose TEXT PRIMARY KEY,
    secret TEXT NOT NULL
) STRICT;

CREATE INDEX projected_actions_by_owner ON projected_actions (owner);

-- Those who own actions already are told of them too.
INSERT INTO jobs (kind, subject, asked, due_at, attempts)
    SELECT DISTINCT 'remind', a.owner, 1, 0, 0 FROM projected_actions a
    JOIN people p ON p.id = a.owner WHERE a.state IN ('open', 'doing');
