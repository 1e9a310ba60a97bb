ALTER TABLE movement DROP COLUMN locked_until;
ALTER TABLE movement DROP COLUMN locked_by;

CREATE TABLE lockdown (
    movement_id BLOB PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    by_id       BLOB REFERENCES person (id) ON DELETE SET NULL,
    begun_at    INTEGER NOT NULL,
    counted_at  INTEGER NOT NULL,
    rest        INTEGER NOT NULL,
    confirmed   INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    opening_id  BLOB REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX lockdown_by ON lockdown (by_id);
CREATE INDEX lockdown_opening ON lockdown (opening_id);
