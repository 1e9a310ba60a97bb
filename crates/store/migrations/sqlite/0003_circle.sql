CREATE TABLE series (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    nth         INTEGER NOT NULL CHECK (nth IN (-1, 1, 2, 3, 4)),
    weekday     INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts      TEXT NOT NULL,
    minutes     INTEGER NOT NULL CHECK (minutes BETWEEN 10 AND 240),
    zone        TEXT NOT NULL,
    first_on    TEXT NOT NULL,
    format      TEXT NOT NULL CHECK (format IN ('room', 'online', 'hybrid')),
    place       TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    seed        INTEGER NOT NULL,
    size        INTEGER NOT NULL,
    bound       INTEGER NOT NULL,
    reached     INTEGER NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_movement ON draft (movement_id);

CREATE TABLE draft_seat (
    draft_id    BLOB NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    ring        INTEGER,
    keeps       INTEGER NOT NULL CHECK (keeps IN (0, 1)),
    PRIMARY KEY (draft_id, person_id)
) STRICT;
CREATE INDEX draft_seat_person ON draft_seat (person_id);

CREATE TABLE circle (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    seats       INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 20),
    keeper_id   BLOB REFERENCES person (id) ON DELETE SET NULL,
    series_id   BLOB NOT NULL REFERENCES series (id),
    made_at     INTEGER NOT NULL,
    ended_at    INTEGER
) STRICT;
CREATE INDEX circle_movement ON circle (movement_id);
CREATE INDEX circle_keeper ON circle (keeper_id);

CREATE TABLE seat (
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    taken_at    INTEGER NOT NULL,
    PRIMARY KEY (circle_id, person_id)
) STRICT;
CREATE INDEX seat_person ON seat (person_id);
CREATE INDEX seat_movement ON seat (movement_id);

CREATE TABLE invitation (
    id          BLOB PRIMARY KEY,
    circle_id   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    answer      TEXT CHECK (answer IN ('yes', 'no')),
    UNIQUE (circle_id, person_id)
) STRICT;
CREATE INDEX invitation_person ON invitation (person_id);
CREATE INDEX invitation_movement ON invitation (movement_id);

CREATE TABLE feed (
    person_id   BLOB PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    turn        INTEGER NOT NULL
) STRICT;
CREATE INDEX feed_movement ON feed (movement_id);
