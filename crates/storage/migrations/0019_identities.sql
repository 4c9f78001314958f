-- Who is who at the organisation's provider of sign-ins.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX identities_by_person ON identities (person_id);

-- A browser that was sent to the provider and is not back yet; each comes back once.
CREATE TABLE departures (
    -- SHA-256 of what comes back in the address and lies in the browser's cookie.
    state_hash TEXT PRIMARY KEY,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    return_to TEXT NOT NULL,
    -- The browser's, for an account that is made of it.
    time_zone TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
