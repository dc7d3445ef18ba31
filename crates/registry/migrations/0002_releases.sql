-- Frozen, disclosure-checked sets of results. Rows are only ever added.
CREATE TABLE releases (
    number BIGINT PRIMARY KEY,
    released_at_micros BIGINT NOT NULL,
    reason TEXT NOT NULL,
    foundation_version BIGINT NOT NULL,
    snapshot TEXT NOT NULL,
    content TEXT NOT NULL
);
