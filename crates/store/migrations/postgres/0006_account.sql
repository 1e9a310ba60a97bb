ALTER TABLE person ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN needs_sealed BYTEA;

CREATE TABLE farewell (
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    print       BYTEA NOT NULL,
    PRIMARY KEY (movement_id, print)
);

ALTER TABLE movement ADD COLUMN locked_until BIGINT;
ALTER TABLE movement ADD COLUMN locked_by UUID;
ALTER TABLE movement ADD COLUMN help TEXT NOT NULL DEFAULT '';
ALTER TABLE movement ADD COLUMN law TEXT NOT NULL DEFAULT '';

ALTER TABLE farewell ENABLE ROW LEVEL SECURITY;
ALTER TABLE farewell FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON farewell USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
