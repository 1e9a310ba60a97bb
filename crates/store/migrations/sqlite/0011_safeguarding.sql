CREATE TABLE safeguarding (
    movement_id BLOB PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    text        TEXT NOT NULL,
    lead_id     BLOB REFERENCES person (id) ON DELETE SET NULL,
    agreed_at   INTEGER
) STRICT;
CREATE INDEX safeguarding_lead ON safeguarding (lead_id);

ALTER TABLE person ADD COLUMN minor_at INTEGER;
