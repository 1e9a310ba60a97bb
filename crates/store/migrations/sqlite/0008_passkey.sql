CREATE TABLE passkey (
    id         BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    credential BLOB NOT NULL UNIQUE,
    body       TEXT NOT NULL,
    made_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX passkey_account ON passkey (account_id);
