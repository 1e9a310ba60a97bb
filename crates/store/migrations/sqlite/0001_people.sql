CREATE TABLE instance (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    key_print BLOB NOT NULL,
    made_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
    id             BLOB PRIMARY KEY,
    handle         TEXT NOT NULL UNIQUE,
    salt           BLOB NOT NULL,
    iterations     INTEGER NOT NULL CHECK (iterations >= 600000),
    words_verifier TEXT NOT NULL,
    code_verifier  TEXT NOT NULL,
    made_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    digest     BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    made_at    INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    proved_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account_id);

CREATE TABLE sign_in_try (
    id      BLOB PRIMARY KEY,
    about   BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_try_about ON sign_in_try (about, made_at);

CREATE TABLE actor (
    id         BLOB PRIMARY KEY,
    account_id BLOB NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE
) STRICT;
