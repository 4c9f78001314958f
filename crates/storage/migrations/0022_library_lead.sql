-- Each word of a published post-mortem is indexed once, whichever part it is in, and what ranks it
-- stands beside it: an engine's own ranking counts all rows of each word for each question. The
-- server fills it anew when it starts.

-- only SQLite
DROP TRIGGER library_rows_index;
DROP TABLE library_index;
-- only PostgreSQL
-- Nobody who searches waits for what was not sorted in yet, and nobody who publishes sorts it in
-- for all before.
ALTER INDEX library_rows_found_by SET (fastupdate = off);
-- both
DELETE FROM library_rows;
DELETE FROM library_words;
DELETE FROM library_spellings;

-- Where one looks first, as folded words: the title, and the summary, lessons, themes and services.
ALTER TABLE library_rows ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE library_rows ADD COLUMN lead TEXT NOT NULL DEFAULT '';

-- only SQLite
-- Whatever is not ASCII belongs to a word: what is not a letter or digit was taken out before.
CREATE VIRTUAL TABLE library_index USING fts5(
    words, content='', contentless_delete=1, tokenize='ascii', detail='none'
);
-- Nothing of what was taken back can be found.
CREATE TRIGGER library_rows_index AFTER DELETE ON library_rows BEGIN
    DELETE FROM library_index WHERE rowid = old.id;
END;
-- both
