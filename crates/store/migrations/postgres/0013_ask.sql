CREATE TABLE ask (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    body_sealed BYTEA NOT NULL,
    ends_on     TEXT NOT NULL
);
CREATE INDEX ask_person ON ask (person_id);
CREATE INDEX ask_movement ON ask (movement_id);

CREATE TABLE ask_to (
    ask_id      UUID NOT NULL REFERENCES ask (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    yes         BIGINT NOT NULL CHECK (yes IN (0, 1)),
    PRIMARY KEY (ask_id, person_id)
);
CREATE INDEX ask_to_person ON ask_to (person_id);
CREATE INDEX ask_to_movement ON ask_to (movement_id);

CREATE TABLE commitment (
    id           UUID PRIMARY KEY,
    movement_id  UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id    UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    circle_id    UUID REFERENCES circle (id) ON DELETE SET NULL,
    words_sealed BYTEA NOT NULL,
    ends_on      TEXT NOT NULL
);
CREATE INDEX commitment_person ON commitment (person_id);
CREATE INDEX commitment_movement ON commitment (movement_id);
CREATE INDEX commitment_circle ON commitment (circle_id);

CREATE TABLE care_hours (
    person_id      UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id    UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    month          TEXT NOT NULL,
    minutes_sealed BYTEA NOT NULL,
    PRIMARY KEY (person_id, month)
);
CREATE INDEX care_hours_movement ON care_hours (movement_id, month);

CREATE TABLE care_sum (
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    month       TEXT NOT NULL,
    hours       BIGINT,
    PRIMARY KEY (movement_id, month)
);

ALTER TABLE ask ENABLE ROW LEVEL SECURITY;
ALTER TABLE ask FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON ask USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE ask_to ENABLE ROW LEVEL SECURITY;
ALTER TABLE ask_to FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON ask_to USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE commitment ENABLE ROW LEVEL SECURITY;
ALTER TABLE commitment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON commitment USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE care_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE care_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON care_hours USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE care_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE care_sum FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON care_sum USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
