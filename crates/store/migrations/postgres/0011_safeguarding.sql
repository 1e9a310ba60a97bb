CREATE TABLE safeguarding (
    movement_id UUID PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    text        TEXT NOT NULL,
    lead_id     UUID REFERENCES person (id) ON DELETE SET NULL,
    agreed_at   BIGINT
);
CREATE INDEX safeguarding_lead ON safeguarding (lead_id);

ALTER TABLE person ADD COLUMN minor_at BIGINT;

ALTER TABLE safeguarding ENABLE ROW LEVEL SECURITY;
ALTER TABLE safeguarding FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON safeguarding USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
