-- Schema version 1. The same text runs on SQLite and on PostgreSQL, hence:
-- ids and JSON are TEXT, times are BIGINT microseconds since 1970-01-01 UTC,
-- dates are TEXT YYYY-MM-DD, flags are BIGINT 0 or 1.
-- A released migration is never edited (its checksum is compared when a
-- registry opens): what changes, changes in the next file.

-- What belongs to the installation as a whole: its id, the organisation's salt.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);

-- One row per sequence without gaps. A writer begins its transaction by raising
-- its counter, which makes writers of the same sequence wait for each other on
-- both databases.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    reached BIGINT NOT NULL CHECK (reached >= 0)
);
INSERT INTO counters (name, reached) VALUES ('foundation', 0);
INSERT INTO counters (name, reached) VALUES ('audit', 0);

-- Who made which version of the foundation as a whole, and why.
CREATE TABLE foundation_versions (
    version BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL CHECK (source IN ('apply', 'import')),
    import_id TEXT,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_micros BIGINT NOT NULL
);

-- Every version of every object of the foundation. Rows are only ever inserted.
-- A retirement is a version too: retired = 1, with the content that was retired.
CREATE TABLE object_versions (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    foundation_version BIGINT NOT NULL REFERENCES foundation_versions (version),
    content TEXT NOT NULL,
    owner TEXT,
    valid_from TEXT,
    retired BIGINT NOT NULL CHECK (retired IN (0, 1)),
    PRIMARY KEY (kind, id, version)
);
CREATE INDEX object_versions_by_foundation_version
    ON object_versions (foundation_version);

CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('responses', 'aggregates', 'observations')),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    mapping_hash TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('queued', 'running', 'done', 'failed', 'already_stored')),
    started_at_micros BIGINT NOT NULL,
    finished_at_micros BIGINT,
    rows_read BIGINT NOT NULL,
    rows_stored BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rows_dropped_as_duplicates BIGINT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX imports_by_start ON imports (started_at_micros, id);
CREATE INDEX imports_by_hashes ON imports (file_hash, mapping_hash);

-- Who did what. Rows are only ever inserted; sequence has no gaps.
CREATE TABLE audit_log (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at_micros BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
