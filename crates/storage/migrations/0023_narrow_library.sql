-- Whoever looks for words reads many rows for their number, and few for what is in them: what is long
-- stands apart, and forty rows are read at once instead of ten. The server fills the rows anew when it
-- starts.

-- only PostgreSQL
ALTER TABLE library_rows SET (toast_tuple_target = 256);
DELETE FROM library_rows;
DELETE FROM library_words;
DELETE FROM library_spellings;
-- both
