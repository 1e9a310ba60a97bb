CREATE TABLE stand_in (
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    for_id      BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, for_id)
) STRICT;
CREATE INDEX stand_in_for ON stand_in (for_id);
CREATE INDEX stand_in_movement ON stand_in (movement_id);
CREATE INDEX stand_in_person ON stand_in (person_id);

CREATE TABLE stand_in_yes (
    circle_id   BLOB NOT NULL,
    on_day      TEXT NOT NULL,
    for_id      BLOB NOT NULL,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, for_id, person_id),
    FOREIGN KEY (circle_id, on_day, for_id) REFERENCES stand_in (circle_id, on_day, for_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX stand_in_yes_movement ON stand_in_yes (movement_id);
CREATE INDEX stand_in_yes_person ON stand_in_yes (person_id);

CREATE TABLE stand_in_closed (
    print       BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    ends_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX stand_in_closed_movement ON stand_in_closed (movement_id);
