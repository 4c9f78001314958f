-- only PostgreSQL
-- A thing's days beside each other, since its rows lie on a page each and only those of the things
-- that are asked for are to be read. SQLite keeps the rows themselves in the order of the key, a
-- service's days beside each other.
ALTER TABLE event_days DROP CONSTRAINT event_days_pkey;
ALTER TABLE event_days ADD PRIMARY KEY (service_key, kind, fingerprint, resolved, day);
