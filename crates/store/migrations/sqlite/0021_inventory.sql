CREATE TABLE meeting_inventory (
    series_id   BLOB NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (series_id, on_day)
) STRICT;
CREATE INDEX meeting_inventory_movement ON meeting_inventory (movement_id);

CREATE TABLE inventory (
    circle_id    BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    quarter      TEXT NOT NULL,
    movement_id  BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    id           BLOB NOT NULL,
    lines_sealed BLOB NOT NULL,
    keep_until   TEXT NOT NULL,
    PRIMARY KEY (circle_id, quarter)
) STRICT;
CREATE INDEX inventory_movement ON inventory (movement_id);
