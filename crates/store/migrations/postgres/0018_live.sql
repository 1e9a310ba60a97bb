CREATE TABLE held (
    id             UUID PRIMARY KEY,
    movement_id    UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id      UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    held_on        TEXT NOT NULL,
    minutes        BIGINT NOT NULL,
    head_count     BIGINT NOT NULL,
    step           BIGINT,
    format         TEXT NOT NULL CHECK (format IN ('room', 'online', 'hybrid')),
    care           BIGINT NOT NULL CHECK (care IN (0, 1))
);
CREATE INDEX held_circle ON held (circle_id);
CREATE INDEX held_movement ON held (movement_id);

CREATE TABLE kept_ask (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    held_id     UUID NOT NULL REFERENCES held (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    text_sealed BYTEA NOT NULL,
    made_at     BIGINT NOT NULL
);
CREATE INDEX kept_ask_held ON kept_ask (held_id);
CREATE INDEX kept_ask_movement ON kept_ask (movement_id);
CREATE INDEX kept_ask_person ON kept_ask (person_id);

CREATE UNLOGGED TABLE live (
    circle_id   UUID PRIMARY KEY,
    id          UUID NOT NULL,
    movement_id UUID NOT NULL,
    version     BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    changed_at  BIGINT NOT NULL
);
CREATE INDEX live_movement ON live (movement_id);

ALTER TABLE held ENABLE ROW LEVEL SECURITY;
ALTER TABLE held FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON held USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE kept_ask ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_ask FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON kept_ask USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE live ENABLE ROW LEVEL SECURITY;
ALTER TABLE live FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON live USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
