CREATE TABLE movement (
    id          UUID PRIMARY KEY,
    address     TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    zone        TEXT NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('wisdom', 'justice', 'care', 'plain')),
    circle_size BIGINT NOT NULL CHECK (circle_size BETWEEN 3 AND 12),
    made_at     BIGINT NOT NULL
);

CREATE TABLE open_link (
    digest      BYTEA PRIMARY KEY,
    movement_id UUID REFERENCES movement (id) ON DELETE CASCADE,
    made_at     BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL
);

CREATE TABLE working_group (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    UNIQUE (movement_id, folded)
);

CREATE TABLE person (
    id             UUID PRIMARY KEY,
    movement_id    UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    account_id     UUID REFERENCES account (id) ON DELETE CASCADE,
    name           TEXT NOT NULL,
    email_sealed   BYTEA,
    email_print    BYTEA,
    external_id    TEXT,
    zone           TEXT,
    languages      TEXT NOT NULL,
    hours          BYTEA,
    keeps          BIGINT NOT NULL CHECK (keeps IN (0, 1)),
    do_not_contact BIGINT NOT NULL CHECK (do_not_contact IN (0, 1)),
    joined_on      TEXT,
    asked_at       BIGINT,
    paused_at      BIGINT,
    left_at        BIGINT,
    made_at        BIGINT NOT NULL,
    UNIQUE (movement_id, external_id),
    UNIQUE (movement_id, email_print),
    UNIQUE (movement_id, account_id)
);
CREATE INDEX person_account ON person (account_id);

CREATE TABLE membership (
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_id    UUID NOT NULL REFERENCES working_group (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    leads       BIGINT NOT NULL CHECK (leads IN (0, 1)),
    PRIMARY KEY (person_id, group_id)
);
CREATE INDEX membership_group ON membership (group_id);
CREATE INDEX membership_movement ON membership (movement_id);

CREATE TABLE wish (
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_id    UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, other_id)
);
CREATE INDEX wish_other ON wish (other_id);
CREATE INDEX wish_movement ON wish (movement_id);

CREATE TABLE steward (
    person_id   UUID PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    since       BIGINT NOT NULL,
    until       BIGINT NOT NULL
);
CREATE INDEX steward_movement ON steward (movement_id);

CREATE TABLE claim (
    digest      BYTEA PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    person_id   UUID NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    made_at     BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL
);
CREATE INDEX claim_person ON claim (person_id);

CREATE TABLE upload (
    id          UUID PRIMARY KEY,
    movement_id UUID NOT NULL REFERENCES movement (id) ON DELETE CASCADE,
    body_sealed BYTEA NOT NULL,
    made_at     BIGINT NOT NULL
);
CREATE INDEX upload_movement ON upload (movement_id);

ALTER TABLE working_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE working_group FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON working_group USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON person USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
CREATE POLICY own_place ON person FOR SELECT USING (account_id = NULLIF(current_setting('mend.account', TRUE), '')::uuid);

ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON membership USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE wish FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON wish USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE steward ENABLE ROW LEVEL SECURITY;
ALTER TABLE steward FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON steward USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON claim USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);

ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
CREATE POLICY own_movement ON upload USING (movement_id = NULLIF(current_setting('mend.movement', TRUE), '')::uuid);
