ALTER TABLE movement DROP COLUMN locked_until;
ALTER TABLE movement DROP COLUMN locked_by;

CREATE TABLE lockdown (
    movement_id UUID PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    by_id       UUID REFERENCES person (id) ON DELETE SET NULL,
    begun_at    BIGINT NOT NULL,
    counted_at  BIGINT NOT NULL,
    rest        BIGINT NOT NULL,
    confirmed   BIGINT NOT NULL CHECK (confirmed IN (0, 1)),
    opening_id  UUID REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX lockdown_by ON lockdown (by_id);
CREATE INDEX lockdown_opening ON lockdown (opening_id);

ALTER TABLE lockdown ENABLE ROW LEVEL SECURITY;
ALTER TABLE lockdown FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON lockdown USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
