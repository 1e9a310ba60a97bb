CREATE TABLE series (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    nth         BIGINT NOT NULL CHECK (nth IN (-1, 1, 2, 3, 4)),
    weekday     BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts      TEXT NOT NULL,
    minutes     BIGINT NOT NULL CHECK (minutes BETWEEN 10 AND 240),
    zone        TEXT NOT NULL,
    first_on    TEXT NOT NULL,
    format      TEXT NOT NULL CHECK (format IN ('room', 'online', 'hybrid')),
    place       TEXT NOT NULL,
    sequence    BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);

CREATE TABLE draft (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    seed        BIGINT NOT NULL,
    size        BIGINT NOT NULL,
    bound       BIGINT NOT NULL,
    reached     BIGINT NOT NULL,
    made_at     BIGINT NOT NULL
);
CREATE INDEX draft_movement ON draft (movement_id);

CREATE TABLE draft_seat (
    draft_id    UUID NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    ring        BIGINT,
    keeps       BIGINT NOT NULL CHECK (keeps IN (0, 1)),
    PRIMARY KEY (draft_id, person_id)
);
CREATE INDEX draft_seat_person ON draft_seat (person_id);

CREATE TABLE circle (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    seats       BIGINT NOT NULL CHECK (seats BETWEEN 1 AND 20),
    keeper_id   UUID REFERENCES person (id) ON DELETE SET NULL,
    series_id   UUID NOT NULL REFERENCES series (id),
    made_at     BIGINT NOT NULL,
    ended_at    BIGINT
);
CREATE INDEX circle_movement ON circle (movement_id);
CREATE INDEX circle_keeper ON circle (keeper_id);

CREATE TABLE seat (
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    taken_at    BIGINT NOT NULL,
    PRIMARY KEY (circle_id, person_id)
);
CREATE INDEX seat_person ON seat (person_id);
CREATE INDEX seat_movement ON seat (movement_id);

CREATE TABLE invitation (
    id          UUID PRIMARY KEY,
    circle_id   UUID NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    made_at     BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    answer      TEXT CHECK (answer IN ('yes', 'no')),
    UNIQUE (circle_id, person_id)
);
CREATE INDEX invitation_person ON invitation (person_id);
CREATE INDEX invitation_movement ON invitation (movement_id);

CREATE TABLE feed (
    person_id   UUID PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    turn        BIGINT NOT NULL
);
CREATE INDEX feed_movement ON feed (movement_id);

ALTER TABLE series ENABLE ROW LEVEL SECURITY;
ALTER TABLE series FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON series USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON draft USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE draft_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_seat FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON draft_seat USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE circle ENABLE ROW LEVEL SECURITY;
ALTER TABLE circle FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON circle USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE seat FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON seat USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON invitation USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE feed FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON feed USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
