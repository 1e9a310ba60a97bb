CREATE TABLE held (
    id             BLOB PRIMARY KEY,
    movement_id    BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id      BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    held_on        TEXT NOT NULL,
    minutes        INTEGER NOT NULL,
    head_count     INTEGER NOT NULL,
    step           INTEGER,
    format         TEXT NOT NULL CHECK (format IN ('room', 'online', 'hybrid')),
    care           INTEGER NOT NULL CHECK (care IN (0, 1))
) STRICT;
CREATE INDEX held_circle ON held (circle_id);
CREATE INDEX held_movement ON held (movement_id);

CREATE TABLE kept_ask (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    held_id     BLOB NOT NULL REFERENCES held (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    text_sealed BLOB NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_ask_held ON kept_ask (held_id);
CREATE INDEX kept_ask_movement ON kept_ask (movement_id);
CREATE INDEX kept_ask_person ON kept_ask (person_id);
