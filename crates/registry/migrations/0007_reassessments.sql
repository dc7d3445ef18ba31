-- Stored observations that were judged again, by whose word, and what that changed. A row is there
-- before any row of facts is, so that no judgement changes without one. `unit` is empty for the
-- whole organisation; a day that is empty was not said.
CREATE TABLE reassessments (
    id TEXT NOT NULL PRIMARY KEY,
    standard TEXT NOT NULL,
    unit TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted')),
    counts TEXT NOT NULL
);
CREATE INDEX reassessments_by_standard ON reassessments (standard, at_micros);
