ALTER TABLE person ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN needs_sealed BLOB;

CREATE TABLE farewell (
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    print       BLOB NOT NULL,
    PRIMARY KEY (movement_id, print)
) STRICT;

ALTER TABLE movement ADD COLUMN locked_until INTEGER;
ALTER TABLE movement ADD COLUMN locked_by BLOB;
ALTER TABLE movement ADD COLUMN help TEXT NOT NULL DEFAULT '';
ALTER TABLE movement ADD COLUMN law TEXT NOT NULL DEFAULT '';
