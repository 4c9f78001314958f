-- Where a post-mortem meets in two sessions: who comes to another one, and so is not asked to this.
CREATE TABLE absences (
    appointment_id TEXT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (appointment_id, person_id)
) STRICT;
