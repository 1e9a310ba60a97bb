CREATE TABLE wording (
    id           BLOB PRIMARY KEY,
    movement_id  BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id    BLOB REFERENCES circle (id) ON DELETE CASCADE,
    step         INTEGER NOT NULL CHECK (step BETWEEN 1 AND 12),
    part         TEXT NOT NULL,
    words        TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    made_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX wording_of_movement ON wording (movement_id, step, part) WHERE circle_id IS NULL;
CREATE UNIQUE INDEX wording_of_circle ON wording (circle_id, step, part) WHERE circle_id IS NOT NULL;

CREATE TABLE circle_source (
    circle_id   BLOB PRIMARY KEY REFERENCES circle (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    source      TEXT NOT NULL CHECK (source IN ('wisdom', 'justice', 'care', 'plain'))
) STRICT;
CREATE INDEX circle_source_movement ON circle_source (movement_id);

CREATE TABLE own_path (
    person_id   BLOB PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX own_path_movement ON own_path (movement_id);
