ALTER TABLE series ADD COLUMN weeks BIGINT NOT NULL DEFAULT 0 CHECK (weeks IN (0, 1, 2, 4));
ALTER TABLE series ADD COLUMN ends_on TEXT;
ALTER TABLE series ADD COLUMN ends_after BIGINT;
ALTER TABLE series ADD COLUMN follows UUID REFERENCES series (id) ON DELETE SET NULL;
ALTER TABLE series ADD COLUMN link TEXT NOT NULL DEFAULT '';
ALTER TABLE series ADD COLUMN dial TEXT NOT NULL DEFAULT '';
CREATE INDEX series_follows ON series (follows);

ALTER TABLE series NO FORCE ROW LEVEL SECURITY;
UPDATE series SET link = place, place = '' WHERE format <> 'room' AND place LIKE 'https://%';
UPDATE series SET dial = place, place = '' WHERE format = 'online' AND place <> '';
ALTER TABLE series FORCE ROW LEVEL SECURITY;

CREATE TABLE meeting_change (
    series_id   UUID NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    moved_to    TEXT,
    place       TEXT NOT NULL,
    cancelled   BIGINT NOT NULL CHECK (cancelled IN (0, 1)),
    PRIMARY KEY (series_id, on_day)
);
CREATE INDEX meeting_change_movement ON meeting_change (movement_id);

CREATE TABLE meeting_step (
    series_id   UUID NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    step        BIGINT NOT NULL CHECK (step BETWEEN 1 AND 12),
    PRIMARY KEY (series_id, on_day)
);
CREATE INDEX meeting_step_movement ON meeting_step (movement_id);

ALTER TABLE circle ADD COLUMN walk TEXT NOT NULL DEFAULT 'sequence' CHECK (walk IN ('sequence', 'blocks', 'chosen'));

ALTER TABLE meeting_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_change FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON meeting_change USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE meeting_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_step FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON meeting_step USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
