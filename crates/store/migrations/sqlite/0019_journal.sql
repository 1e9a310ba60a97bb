CREATE TABLE keyring (
    account_id BLOB PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    turn       INTEGER NOT NULL CHECK (turn >= 1),
    guard      BLOB NOT NULL,
    body       BLOB NOT NULL
) STRICT;

CREATE TABLE keyring_way (
    id         BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('words', 'code', 'passkey')),
    credential BLOB UNIQUE REFERENCES passkey (credential) ON DELETE CASCADE,
    body       BLOB NOT NULL,
    CHECK ((kind = 'passkey') = (credential IS NOT NULL))
) STRICT;
CREATE INDEX keyring_way_account ON keyring_way (account_id);

CREATE TABLE keyring_door (
    digest     BLOB PRIMARY KEY REFERENCES session (digest) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    day        TEXT NOT NULL
) STRICT;
CREATE INDEX keyring_door_account ON keyring_door (account_id);

CREATE TABLE writing (
    account_id BLOB NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    id         BLOB NOT NULL,
    version    INTEGER NOT NULL CHECK (version >= 1),
    until      TEXT,
    body       BLOB NOT NULL,
    PRIMARY KEY (account_id, id)
) STRICT;
CREATE INDEX writing_until ON writing (until);

CREATE TABLE writing_gone (
    account_id BLOB NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    id         BLOB NOT NULL,
    day        TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
) STRICT;
