CREATE TABLE meeting_inventory (
    series_id   UUID NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (series_id, on_day)
);
CREATE INDEX meeting_inventory_movement ON meeting_inventory (movement_id);

CREATE TABLE inventory (
    circle_id    UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    quarter      TEXT NOT NULL,
    movement_id  UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    id           UUID NOT NULL,
    lines_sealed BYTEA NOT NULL,
    keep_until   TEXT NOT NULL,
    PRIMARY KEY (circle_id, quarter)
);
CREATE INDEX inventory_movement ON inventory (movement_id);

ALTER TABLE meeting_inventory ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_inventory FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON meeting_inventory USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE inventory ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventory FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON inventory USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
