-- How published post-mortems are found. Derived from the publications: a row counts only while its
-- publication is the one that it was made of.

ALTER TABLE publications DROP COLUMN search_text;

CREATE TABLE library_rows (
    -- Grows with the time of publication: the newest come first in the order of the index.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    postmortem_id TEXT NOT NULL UNIQUE REFERENCES publications (postmortem_id) ON DELETE CASCADE,
    published_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    -- The words of it, each once, by which they are counted.
    words TEXT NOT NULL
) STRICT;

-- only SQLite
CREATE VIRTUAL TABLE library_index USING fts5(
    title, body, transcript, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
-- Nothing of what was taken back can be found.
CREATE TRIGGER library_rows_index AFTER DELETE ON library_rows BEGIN
    DELETE FROM library_index WHERE rowid = old.id;
END;
-- only PostgreSQL
ALTER TABLE library_rows ADD COLUMN found_by TSVECTOR NOT NULL;
CREATE INDEX library_rows_found_by ON library_rows USING GIN (found_by);
-- both

-- In how many published post-mortems a word is.
CREATE TABLE library_words (
    word TEXT PRIMARY KEY,
    postmortems INTEGER NOT NULL
) STRICT;
-- The same words with one letter left out, to find what was misspelt.
CREATE TABLE library_spellings (
    spelling TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (spelling, word)
) STRICT;

-- What may be filtered by.
CREATE TABLE library_facets (
    library_id INTEGER NOT NULL REFERENCES library_rows (id) ON DELETE CASCADE,
    -- service, severity
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, value, library_id)
) STRICT;
CREATE INDEX library_facets_by_row ON library_facets (library_id);

-- What may come back in other post-mortems, with the passage that says so.
CREATE TABLE library_recurring (
    library_id INTEGER NOT NULL REFERENCES library_rows (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    item TEXT NOT NULL,
    passage TEXT NOT NULL,
    PRIMARY KEY (kind, key, library_id, item)
) STRICT;
CREATE INDEX library_recurring_by_row ON library_recurring (library_id);

-- That somebody read it, and not who: a reader is a keyed hash that differs from one post-mortem to
-- the next.
CREATE TABLE library_readers (
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    reader TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (postmortem_id, reader)
) STRICT;

-- Below a published post-mortem: what readers ask, and what those who were there answer.
CREATE TABLE library_questions (
    id TEXT PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    asked_by TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    asked_at INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX library_questions_by_postmortem ON library_questions (postmortem_id, asked_at, id);
CREATE TABLE library_answers (
    id TEXT PRIMARY KEY,
    question_id TEXT NOT NULL REFERENCES library_questions (id) ON DELETE CASCADE,
    answered_by TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    answered_at INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX library_answers_by_question ON library_answers (question_id, answered_at, id);

-- Two post-mortems that belong together, said once: the smaller id comes first.
CREATE TABLE postmortem_links (
    one TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    linked_by TEXT NOT NULL REFERENCES people (id),
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT;
CREATE INDEX postmortem_links_by_other ON postmortem_links (other);
