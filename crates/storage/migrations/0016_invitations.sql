-- What people say beside their answers, and what each was told of a call.

ALTER TABLE attendances ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- The last mail about a call that a person's mail server has taken: what their calendar holds.
-- Without a row for whoever was let go before anything was sent to them.
CREATE TABLE invitations (
    appointment_id TEXT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- request, cancel
    kind TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    -- What was agreed then.
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    call_url TEXT,
    recorded INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (appointment_id, person_id)
) STRICT;
