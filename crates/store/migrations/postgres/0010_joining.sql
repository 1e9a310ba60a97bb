CREATE TABLE joining_link (
    movement_id UUID PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
    mark        UUID NOT NULL,
    ends_at     BIGINT NOT NULL
);

CREATE TABLE asking (
    id           UUID PRIMARY KEY,
    movement_id  UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    account_id   UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    knows_sealed BYTEA,
    pronouns     TEXT NOT NULL,
    languages    TEXT NOT NULL,
    minor        BIGINT NOT NULL CHECK (minor IN (0, 1)),
    first_id     UUID REFERENCES person (id) ON DELETE SET NULL,
    not_now_at   BIGINT,
    made_at      BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    UNIQUE (movement_id, account_id)
);
CREATE INDEX asking_account ON asking (account_id);
CREATE INDEX asking_first ON asking (first_id);

ALTER TABLE joining_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE joining_link FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON joining_link USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE asking ENABLE ROW LEVEL SECURITY;
ALTER TABLE asking FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON asking USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
CREATE POLICY own_asking ON asking FOR SELECT USING (account_id = NULLIF(current_setting('mend.account', TRUE), '')::uuid);
