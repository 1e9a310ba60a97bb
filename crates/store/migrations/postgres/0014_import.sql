DELETE FROM upload;
ALTER TABLE upload DROP COLUMN body_sealed;
ALTER TABLE upload ADD COLUMN whole_at BIGINT;
ALTER TABLE upload ADD COLUMN tab BIGINT;
ALTER TABLE upload ADD COLUMN meanings TEXT;
ALTER TABLE upload ADD COLUMN confirmed_at BIGINT;
ALTER TABLE upload ADD COLUMN run UUID;
ALTER TABLE upload ADD COLUMN todo BIGINT NOT NULL DEFAULT 0;
ALTER TABLE upload ADD COLUMN done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE upload ADD COLUMN ended_at BIGINT;

CREATE TABLE upload_part (
    upload_id   UUID NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    nth         BIGINT NOT NULL,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BYTEA NOT NULL,
    PRIMARY KEY (upload_id, nth)
);
CREATE INDEX upload_part_movement ON upload_part (movement_id);

CREATE TABLE mapping (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    shape       BYTEA NOT NULL,
    origin      TEXT NOT NULL,
    meanings    TEXT NOT NULL,
    made_at     BIGINT NOT NULL,
    UNIQUE (movement_id, shape)
);

ALTER TABLE upload_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload_part FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON upload_part USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON mapping USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
