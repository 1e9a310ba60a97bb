CREATE TABLE mail (
    id            BLOB PRIMARY KEY,
    movement_id   BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id     BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('ready', 'claimed', 'handing', 'perhaps', 'dead')),
    claim         BLOB,
    claimed_until INTEGER,
    tries         INTEGER NOT NULL,
    next_at       INTEGER NOT NULL,
    trouble       TEXT,
    made_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_due ON mail (movement_id, state, next_at);
CREATE INDEX mail_person ON mail (person_id);

ALTER TABLE letter ADD COLUMN begins_at INTEGER;
ALTER TABLE letter ADD COLUMN ends_at INTEGER;
ALTER TABLE letter ADD COLUMN mail_id BLOB REFERENCES mail (id) ON DELETE SET NULL;
CREATE INDEX letter_mail ON letter (mail_id);

CREATE TABLE letter_choice (
    person_id   BLOB PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    muted       INTEGER NOT NULL CHECK (muted IN (0, 1)),
    evening     TEXT NOT NULL CHECK (evening IN ('mail', 'calendar', 'nothing')),
    soon        TEXT NOT NULL CHECK (soon IN ('mail', 'calendar', 'nothing')),
    changes     INTEGER NOT NULL CHECK (changes IN (0, 1)),
    daily       TEXT,
    quiet_from  TEXT,
    quiet_to    TEXT
) STRICT;
CREATE INDEX letter_choice_movement ON letter_choice (movement_id);

CREATE TABLE call_wish (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    to_id       BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    asker_print BLOB NOT NULL,
    body_sealed BLOB NOT NULL,
    ends_at     INTEGER NOT NULL,
    UNIQUE (circle_id, asker_print)
) STRICT;
CREATE INDEX call_wish_to ON call_wish (to_id);
CREATE INDEX call_wish_movement ON call_wish (movement_id);

ALTER TABLE movement ADD COLUMN wave_from TEXT;
ALTER TABLE movement ADD COLUMN wave_until TEXT;
