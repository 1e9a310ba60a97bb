CREATE TABLE ask (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL,
    ends_on     TEXT NOT NULL
) STRICT;
CREATE INDEX ask_person ON ask (person_id);
CREATE INDEX ask_movement ON ask (movement_id);

CREATE TABLE ask_to (
    ask_id      BLOB NOT NULL REFERENCES ask (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    yes         INTEGER NOT NULL CHECK (yes IN (0, 1)),
    PRIMARY KEY (ask_id, person_id)
) STRICT;
CREATE INDEX ask_to_person ON ask_to (person_id);
CREATE INDEX ask_to_movement ON ask_to (movement_id);

CREATE TABLE commitment (
    id           BLOB PRIMARY KEY,
    movement_id  BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id    BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    circle_id    BLOB REFERENCES circle (id) ON DELETE SET NULL,
    words_sealed BLOB NOT NULL,
    ends_on      TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_person ON commitment (person_id);
CREATE INDEX commitment_movement ON commitment (movement_id);
CREATE INDEX commitment_circle ON commitment (circle_id);

CREATE TABLE care_hours (
    person_id      BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id    BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    month          TEXT NOT NULL,
    minutes_sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, month)
) STRICT;
CREATE INDEX care_hours_movement ON care_hours (movement_id, month);

CREATE TABLE care_sum (
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    month       TEXT NOT NULL,
    hours       INTEGER,
    PRIMARY KEY (movement_id, month)
) STRICT;
