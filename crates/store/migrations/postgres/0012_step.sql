CREATE TABLE wording (
    id           UUID PRIMARY KEY,
    movement_id  UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id    UUID REFERENCES circle (id) ON DELETE CASCADE,
    step         BIGINT NOT NULL CHECK (step BETWEEN 1 AND 12),
    part         TEXT NOT NULL,
    words        TEXT NOT NULL,
    from_version BIGINT NOT NULL,
    made_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX wording_of_movement ON wording (movement_id, step, part) WHERE circle_id IS NULL;
CREATE UNIQUE INDEX wording_of_circle ON wording (circle_id, step, part) WHERE circle_id IS NOT NULL;

CREATE TABLE circle_source (
    circle_id   UUID PRIMARY KEY REFERENCES circle (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    source      TEXT NOT NULL CHECK (source IN ('wisdom', 'justice', 'care', 'plain'))
);
CREATE INDEX circle_source_movement ON circle_source (movement_id);

CREATE TABLE own_path (
    person_id   UUID PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BYTEA NOT NULL
);
CREATE INDEX own_path_movement ON own_path (movement_id);

ALTER TABLE wording ENABLE ROW LEVEL SECURITY;
ALTER TABLE wording FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON wording USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE circle_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE circle_source FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON circle_source USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE own_path ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_path FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON own_path USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
