ALTER TABLE invitation ADD COLUMN offered BIGINT NOT NULL DEFAULT 0 CHECK (offered IN (0, 1));
ALTER TABLE invitation ADD COLUMN taken_back BIGINT NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1));
