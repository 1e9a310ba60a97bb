DELETE FROM upload;
ALTER TABLE upload DROP COLUMN body_sealed;
ALTER TABLE upload ADD COLUMN whole_at INTEGER;
ALTER TABLE upload ADD COLUMN tab INTEGER;
ALTER TABLE upload ADD COLUMN meanings TEXT;
ALTER TABLE upload ADD COLUMN confirmed_at INTEGER;
ALTER TABLE upload ADD COLUMN run BLOB;
ALTER TABLE upload ADD COLUMN todo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE upload ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE upload ADD COLUMN ended_at INTEGER;

CREATE TABLE upload_part (
    upload_id   BLOB NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    nth         INTEGER NOT NULL,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL,
    PRIMARY KEY (upload_id, nth)
) STRICT;
CREATE INDEX upload_part_movement ON upload_part (movement_id);

CREATE TABLE mapping (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    shape       BLOB NOT NULL,
    origin      TEXT NOT NULL,
    meanings    TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    UNIQUE (movement_id, shape)
) STRICT;
