CREATE TABLE movement (
    id          BLOB PRIMARY KEY,
    address     TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    zone        TEXT NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('wisdom', 'justice', 'care', 'plain')),
    circle_size INTEGER NOT NULL CHECK (circle_size BETWEEN 3 AND 12),
    made_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE open_link (
    digest      BLOB PRIMARY KEY,
    movement_id BLOB REFERENCES movement (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE working_group (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    UNIQUE (movement_id, folded)
) STRICT;

CREATE TABLE person (
    id             BLOB PRIMARY KEY,
    movement_id    BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    account_id     BLOB REFERENCES account (id) ON DELETE CASCADE,
    name           TEXT NOT NULL,
    email_sealed   BLOB,
    email_print    BLOB,
    external_id    TEXT,
    zone           TEXT,
    languages      TEXT NOT NULL,
    hours          BLOB,
    keeps          INTEGER NOT NULL CHECK (keeps IN (0, 1)),
    do_not_contact INTEGER NOT NULL CHECK (do_not_contact IN (0, 1)),
    joined_on      TEXT,
    asked_at       INTEGER,
    paused_at      INTEGER,
    left_at        INTEGER,
    made_at        INTEGER NOT NULL,
    UNIQUE (movement_id, external_id),
    UNIQUE (movement_id, email_print),
    UNIQUE (movement_id, account_id)
) STRICT;
CREATE INDEX person_account ON person (account_id);

CREATE TABLE membership (
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_id    BLOB NOT NULL REFERENCES working_group (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    leads       INTEGER NOT NULL CHECK (leads IN (0, 1)),
    PRIMARY KEY (person_id, group_id)
) STRICT;
CREATE INDEX membership_group ON membership (group_id);
CREATE INDEX membership_movement ON membership (movement_id);

CREATE TABLE wish (
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_id    BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, other_id)
) STRICT;
CREATE INDEX wish_other ON wish (other_id);
CREATE INDEX wish_movement ON wish (movement_id);

CREATE TABLE steward (
    person_id   BLOB PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    since       INTEGER NOT NULL,
    until       INTEGER NOT NULL
) STRICT;
CREATE INDEX steward_movement ON steward (movement_id);

CREATE TABLE claim (
    digest      BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_person ON claim (person_id);

CREATE TABLE upload (
    id          BLOB PRIMARY KEY,
    movement_id BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX upload_movement ON upload (movement_id);
