-- Who belongs together, what they look after, and when they meet about a post-mortem.

CREATE TABLE teams (
    id TEXT PRIMARY KEY,
    -- Lower-case letters, digits and hyphens: how files and policies name it.
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Whose reports its members are.
    lead_id TEXT REFERENCES people (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE team_members (
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, person_id)
) STRICT;
CREATE INDEX team_members_by_person ON team_members (person_id);

-- Which team owns a service; a service is named as in post-mortems and events.
CREATE TABLE services (
    name TEXT PRIMARY KEY,
    team_id TEXT REFERENCES teams (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX services_by_team ON services (team_id);

-- Who is asked to a post-mortem's call, whether or not it has an hour yet.
CREATE TABLE invitees (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- Whether an hour has to suit them (1), or they are welcome at whichever (0).
    needed INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, person_id)
) STRICT;
CREATE INDEX invitees_by_person ON invitees (person_id);

-- A call that was arranged.
CREATE TABLE appointments (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    -- Where the call is, with any provider.
    call_url TEXT,
    -- Whether it is to be recorded, as the invitation says.
    recorded INTEGER NOT NULL,
    -- standing, cancelled
    state TEXT NOT NULL,
    -- RFC 5545: counts what was sent of it.
    sequence INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX appointments_by_postmortem ON appointments (postmortem_id, starts_at);
CREATE INDEX appointments_by_start ON appointments (starts_at);

-- Who was asked to it, what they answered, and in which zone they were when it was arranged.
CREATE TABLE attendances (
    appointment_id TEXT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- open, yes, maybe, no
    answer TEXT NOT NULL,
    answered_at INTEGER,
    time_zone TEXT NOT NULL,
    PRIMARY KEY (appointment_id, person_id)
) STRICT;
CREATE INDEX attendances_by_person ON attendances (person_id);
