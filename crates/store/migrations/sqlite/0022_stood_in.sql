CREATE TABLE stood_in (
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, person_id)
) STRICT;
CREATE INDEX stood_in_movement ON stood_in (movement_id);
CREATE INDEX stood_in_person ON stood_in (person_id);
