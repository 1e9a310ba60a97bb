CREATE TABLE mail (
    id            UUID PRIMARY KEY,
    movement_id   UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id     UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('ready', 'claimed', 'handing', 'perhaps', 'dead')),
    claim         UUID,
    claimed_until BIGINT,
    tries         BIGINT NOT NULL,
    next_at       BIGINT NOT NULL,
    trouble       TEXT,
    made_at       BIGINT NOT NULL
);
CREATE INDEX mail_due ON mail (movement_id, state, next_at);
CREATE INDEX mail_person ON mail (person_id);

ALTER TABLE letter ADD COLUMN begins_at BIGINT;
ALTER TABLE letter ADD COLUMN ends_at BIGINT;
ALTER TABLE letter ADD COLUMN mail_id UUID REFERENCES mail (id) ON DELETE SET NULL;
CREATE INDEX letter_mail ON letter (mail_id);

CREATE TABLE letter_choice (
    person_id   UUID PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    muted       BIGINT NOT NULL CHECK (muted IN (0, 1)),
    evening     TEXT NOT NULL CHECK (evening IN ('mail', 'calendar', 'nothing')),
    soon        TEXT NOT NULL CHECK (soon IN ('mail', 'calendar', 'nothing')),
    changes     BIGINT NOT NULL CHECK (changes IN (0, 1)),
    daily       TEXT,
    quiet_from  TEXT,
    quiet_to    TEXT
);
CREATE INDEX letter_choice_movement ON letter_choice (movement_id);

CREATE TABLE call_wish (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    to_id       UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    asker_print BYTEA NOT NULL,
    body_sealed BYTEA NOT NULL,
    ends_at     BIGINT NOT NULL,
    UNIQUE (circle_id, asker_print)
);
CREATE INDEX call_wish_to ON call_wish (to_id);
CREATE INDEX call_wish_movement ON call_wish (movement_id);

ALTER TABLE movement ADD COLUMN wave_from TEXT;
ALTER TABLE movement ADD COLUMN wave_until TEXT;

ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON mail USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE letter_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE letter_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON letter_choice USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE call_wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_wish FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON call_wish USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
