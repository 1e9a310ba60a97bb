ALTER TABLE circle ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1));
ALTER TABLE circle ADD COLUMN join_every INTEGER NOT NULL DEFAULT 3 CHECK (join_every BETWEEN 1 AND 12);

CREATE TABLE agreement (
    circle_id   BLOB PRIMARY KEY REFERENCES circle (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    lines       TEXT NOT NULL
) STRICT;
CREATE INDEX agreement_movement ON agreement (movement_id);

CREATE TABLE consent (
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    PRIMARY KEY (circle_id, person_id)
) STRICT;
CREATE INDEX consent_person ON consent (person_id);
CREATE INDEX consent_movement ON consent (movement_id);

CREATE TABLE keeping (
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    keeper_id   BLOB REFERENCES person (id) ON DELETE SET NULL,
    second_id   BLOB REFERENCES person (id) ON DELETE SET NULL,
    swap_with   TEXT,
    note_sealed BLOB,
    PRIMARY KEY (circle_id, on_day)
) STRICT;
CREATE INDEX keeping_keeper ON keeping (keeper_id);
CREATE INDEX keeping_second ON keeping (second_id);
CREATE INDEX keeping_movement ON keeping (movement_id);
