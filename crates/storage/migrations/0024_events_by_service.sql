-- only PostgreSQL
-- With the id, so that look-back reads the index alone; on SQLite each index has the key.
DROP INDEX events_by_service;
CREATE INDEX events_by_service ON events (service_key, at, kind, fingerprint, state) INCLUDE (id);
