-- Recordings of meetings, what in them is off the record, and their transcripts.

CREATE TABLE recordings (
    postmortem_id TEXT PRIMARY KEY REFERENCES postmortems (id) ON DELETE CASCADE,
    -- empty (there is a transcript alone), uploading, kept, linked
    state TEXT NOT NULL,
    -- The name of its file, which is also that of its upload.
    file TEXT,
    -- Where it is, if it is elsewhere.
    url TEXT,
    media_type TEXT,
    -- As whoever added it called it.
    file_name TEXT,
    -- In bytes; NULL while the sender does not know yet.
    size INTEGER,
    -- How many bytes are on disk.
    received INTEGER NOT NULL,
    length_ms INTEGER,
    -- The moment of its second 0.
    started_at INTEGER,
    -- everyone, took-part; NULL: as people appear in the publication.
    visibility TEXT,
    -- NULL: as long as the post-mortem.
    keep_until INTEGER,
    -- Who said, and when, that everyone on the call agreed.
    agreed_by TEXT REFERENCES people (id),
    agreed_at INTEGER,
    added_by TEXT NOT NULL REFERENCES people (id),
    added_at INTEGER NOT NULL,
    -- Why a passage could not be cut out.
    cut_problem TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX recordings_by_keep_until ON recordings (keep_until);

-- Spans that are off the record. Who asked for one is kept nowhere.
CREATE TABLE recording_passages (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    from_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    -- 1 once the file no longer has it.
    cut INTEGER NOT NULL
) STRICT;
CREATE INDEX recording_passages_by_postmortem ON recording_passages (postmortem_id);

CREATE TABLE recording_cues (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    -- Counted from 0 in the order of time.
    position INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    speaker TEXT,
    text TEXT NOT NULL,
    -- The entry of the timeline that it speaks of.
    entry_id TEXT,
    -- What readers of the publication get; NULL where they get nothing.
    reader_speaker TEXT,
    reader_text TEXT,
    PRIMARY KEY (postmortem_id, position)
) STRICT;
