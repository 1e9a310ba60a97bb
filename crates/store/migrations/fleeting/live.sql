CREATE TABLE fleeting.live (
    circle_id   BLOB PRIMARY KEY,
    id          BLOB NOT NULL,
    movement_id BLOB NOT NULL,
    version     INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX fleeting.live_movement ON live (movement_id);
