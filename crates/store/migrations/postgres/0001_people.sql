CREATE TABLE instance (
    one       BIGINT PRIMARY KEY CHECK (one = 1),
    key_print BYTEA NOT NULL,
    made_at   BIGINT NOT NULL
);

CREATE TABLE account (
    id             UUID PRIMARY KEY,
    handle         TEXT NOT NULL UNIQUE,
    salt           BYTEA NOT NULL,
    iterations     BIGINT NOT NULL CHECK (iterations >= 600000),
    words_verifier TEXT NOT NULL,
    code_verifier  TEXT NOT NULL,
    made_at        BIGINT NOT NULL
);

CREATE TABLE session (
    digest     BYTEA PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    made_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    proved_at  BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE sign_in_try (
    id      UUID PRIMARY KEY,
    about   BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX sign_in_try_about ON sign_in_try (about, made_at);

CREATE TABLE actor (
    id         UUID PRIMARY KEY,
    account_id UUID NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE
);
