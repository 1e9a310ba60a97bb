CREATE TABLE job (
    id            BLOB PRIMARY KEY,
    kind          TEXT NOT NULL,
    about         TEXT NOT NULL,
    due_at        INTEGER NOT NULL,
    tries         INTEGER NOT NULL,
    claimed_until INTEGER,
    parked        TEXT,
    UNIQUE (kind, about)
) STRICT;
CREATE INDEX job_due ON job (due_at);

CREATE TABLE letter (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    about       BLOB NOT NULL,
    made_at     INTEGER NOT NULL,
    sent_at     INTEGER,
    UNIQUE (person_id, kind, about)
) STRICT;
CREATE INDEX letter_movement ON letter (movement_id);

CREATE TABLE ledger (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    actor       BLOB,
    deed        TEXT NOT NULL,
    about       BLOB,
    day         TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_movement ON ledger (movement_id);
