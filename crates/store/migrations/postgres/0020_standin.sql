CREATE TABLE stand_in (
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    on_day      TEXT NOT NULL,
    for_id      UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, for_id)
);
CREATE INDEX stand_in_for ON stand_in (for_id);
CREATE INDEX stand_in_movement ON stand_in (movement_id);
CREATE INDEX stand_in_person ON stand_in (person_id);

CREATE TABLE stand_in_yes (
    circle_id   UUID NOT NULL,
    on_day      TEXT NOT NULL,
    for_id      UUID NOT NULL,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, on_day, for_id, person_id),
    FOREIGN KEY (circle_id, on_day, for_id) REFERENCES stand_in (circle_id, on_day, for_id) ON DELETE CASCADE
);
CREATE INDEX stand_in_yes_movement ON stand_in_yes (movement_id);
CREATE INDEX stand_in_yes_person ON stand_in_yes (person_id);

CREATE TABLE stand_in_closed (
    print       BYTEA PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    ends_at     BIGINT NOT NULL
);
CREATE INDEX stand_in_closed_movement ON stand_in_closed (movement_id);

ALTER TABLE stand_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE stand_in FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON stand_in USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE stand_in_yes ENABLE ROW LEVEL SECURITY;
ALTER TABLE stand_in_yes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON stand_in_yes USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE stand_in_closed ENABLE ROW LEVEL SECURITY;
ALTER TABLE stand_in_closed FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON stand_in_closed USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
