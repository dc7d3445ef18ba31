-- People who work with this installation. Only hashes of secrets are here:
-- argon2id for what people choose, SHA-256 for what was drawn at random.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Lower case; NULL for people without company mail.
    mail TEXT UNIQUE,
    language TEXT,
    active BIGINT NOT NULL CHECK (active IN (0, 1)),
    password_hash TEXT,
    badge_hash TEXT UNIQUE,
    pin_hash TEXT,
    created_at_micros BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

-- What an account may do, and where: '' is the whole organisation.
CREATE TABLE grants (
    account TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL
        CHECK (role IN ('administrator', 'designer', 'lead', 'member', 'analyst', 'works_council')),
    unit TEXT NOT NULL,
    team TEXT NOT NULL,
    PRIMARY KEY (account, role, unit, team)
);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    token_hash TEXT NOT NULL UNIQUE,
    -- The token before the last change of tokens: good for requests that were under way.
    previous_hash TEXT UNIQUE,
    changed_at_micros BIGINT NOT NULL,
    door TEXT NOT NULL CHECK (door IN ('password', 'badge', 'link', 'demo')),
    agent TEXT NOT NULL,
    created_at_micros BIGINT NOT NULL,
    seen_at_micros BIGINT NOT NULL,
    expires_at_micros BIGINT NOT NULL,
    revoked_at_micros BIGINT
);
CREATE INDEX sessions_by_account ON sessions (account);

-- A way in that works once: the first administrator's, or a new password's.
CREATE TABLE one_time_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- NULL: makes the first administrator.
    account TEXT REFERENCES accounts (id),
    created_at_micros BIGINT NOT NULL,
    expires_at_micros BIGINT NOT NULL,
    used_at_micros BIGINT
);

-- Failed attempts to come in, by what was tried (an account, an address).
CREATE TABLE attempts (
    tried TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    since_micros BIGINT NOT NULL
);
