-- What came in one by one and is not in the tables of facts yet. A row is durable
-- here before its sender is told so.
CREATE TABLE inbox (
    sequence BIGINT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);
INSERT INTO counters (name, reached) VALUES ('inbox', 0);

-- What was received, so that the same thing twice counts once: who sends it, what
-- they call it, and what was answered.
CREATE TABLE received (
    source TEXT NOT NULL,
    event TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    PRIMARY KEY (source, event)
);
CREATE INDEX received_by_time ON received (at_micros);

-- Other programs' webhooks, and how their JSON is read.
CREATE TABLE hooks (
    id TEXT NOT NULL PRIMARY KEY,
    mapping TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    changed_at_micros BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
