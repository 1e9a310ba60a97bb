CREATE TABLE stood_in (
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, person_id)
);
CREATE INDEX stood_in_movement ON stood_in (movement_id);
CREATE INDEX stood_in_person ON stood_in (person_id);

ALTER TABLE stood_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE stood_in FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON stood_in USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
