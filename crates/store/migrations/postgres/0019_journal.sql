CREATE TABLE keyring (
    account_id UUID PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    turn       BIGINT NOT NULL CHECK (turn >= 1),
    guard      BYTEA NOT NULL,
    body       BYTEA NOT NULL
);

CREATE TABLE keyring_way (
    id         UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('words', 'code', 'passkey')),
    credential BYTEA UNIQUE REFERENCES passkey (credential) ON DELETE CASCADE,
    body       BYTEA NOT NULL,
    CHECK ((kind = 'passkey') = (credential IS NOT NULL))
);
CREATE INDEX keyring_way_account ON keyring_way (account_id);

CREATE TABLE keyring_door (
    digest     BYTEA PRIMARY KEY REFERENCES session (digest) ON DELETE CASCADE,
    account_id UUID NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    day        TEXT NOT NULL
);
CREATE INDEX keyring_door_account ON keyring_door (account_id);

CREATE TABLE writing (
    account_id UUID NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    id         UUID NOT NULL,
    version    BIGINT NOT NULL CHECK (version >= 1),
    until      TEXT,
    body       BYTEA NOT NULL,
    PRIMARY KEY (account_id, id)
);
CREATE INDEX writing_until ON writing (until);

CREATE TABLE writing_gone (
    account_id UUID NOT NULL REFERENCES keyring (account_id) ON DELETE CASCADE,
    id         UUID NOT NULL,
    day        TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
);
