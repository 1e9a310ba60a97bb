CREATE TABLE job (
    id            UUID PRIMARY KEY,
    kind          TEXT NOT NULL,
    about         TEXT NOT NULL,
    due_at        BIGINT NOT NULL,
    tries         BIGINT NOT NULL,
    claimed_until BIGINT,
    parked        TEXT,
    UNIQUE (kind, about)
);
CREATE INDEX job_due ON job (due_at);

CREATE TABLE letter (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    about       UUID NOT NULL,
    made_at     BIGINT NOT NULL,
    sent_at     BIGINT,
    UNIQUE (person_id, kind, about)
);
CREATE INDEX letter_movement ON letter (movement_id);

CREATE TABLE ledger (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    actor       UUID,
    deed        TEXT NOT NULL,
    about       UUID,
    day         TEXT NOT NULL
);
CREATE INDEX ledger_movement ON ledger (movement_id);

ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE letter FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON letter USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON ledger USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
