CREATE TABLE passkey (
    id         UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    credential BYTEA NOT NULL UNIQUE,
    body       TEXT NOT NULL,
    made_at    BIGINT NOT NULL
);
CREATE INDEX passkey_account ON passkey (account_id);
