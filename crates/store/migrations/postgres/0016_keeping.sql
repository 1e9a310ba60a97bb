ALTER TABLE circle ADD COLUMN is_open BIGINT NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1));
ALTER TABLE circle ADD COLUMN join_every BIGINT NOT NULL DEFAULT 3 CHECK (join_every BETWEEN 1 AND 12);

CREATE TABLE agreement (
    circle_id   UUID PRIMARY KEY REFERENCES circle (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    version     BIGINT NOT NULL,
    lines       TEXT NOT NULL
);
CREATE INDEX agreement_movement ON agreement (movement_id);

CREATE TABLE consent (
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    version     BIGINT NOT NULL,
    PRIMARY KEY (circle_id, person_id)
);
CREATE INDEX consent_person ON consent (person_id);
CREATE INDEX consent_movement ON consent (movement_id);

CREATE TABLE keeping (
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    keeper_id   UUID REFERENCES person (id) ON DELETE SET NULL,
    second_id   UUID REFERENCES person (id) ON DELETE SET NULL,
    swap_with   TEXT,
    note_sealed BYTEA,
    PRIMARY KEY (circle_id, on_day)
);
CREATE INDEX keeping_keeper ON keeping (keeper_id);
CREATE INDEX keeping_second ON keeping (second_id);
CREATE INDEX keeping_movement ON keeping (movement_id);

ALTER TABLE agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE agreement FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON agreement USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON consent USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE keeping ENABLE ROW LEVEL SECURITY;
ALTER TABLE keeping FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON keeping USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
