CREATE TABLE joining_link (
    movement_id BLOB PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    mark        BLOB NOT NULL,
    ends_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE asking (
    id           BLOB PRIMARY KEY,
    movement_id  BLOB NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    account_id   BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    knows_sealed BLOB,
    pronouns     TEXT NOT NULL,
    languages    TEXT NOT NULL,
    minor        INTEGER NOT NULL CHECK (minor IN (0, 1)),
    first_id     BLOB REFERENCES person (id) ON DELETE SET NULL,
    not_now_at   INTEGER,
    made_at      INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    UNIQUE (movement_id, account_id)
) STRICT;
CREATE INDEX asking_account ON asking (account_id);
CREATE INDEX asking_first ON asking (first_id);
