-- The normal time of a standard's control chart, as a person declared it. Rows are only ever
-- added; of several the latest counts. `unit` is empty for the whole organisation.
CREATE TABLE baselines (
    id TEXT NOT NULL PRIMARY KEY,
    standard TEXT NOT NULL,
    unit TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_micros BIGINT NOT NULL
);
CREATE INDEX baselines_by_standard ON baselines (standard, unit, at_micros);

-- Follow-ups that a control chart's signal asks for. A signal is known by its chart, rule, side
-- and first period, which stay while it goes on: computing again adds nothing.
CREATE TABLE case_drafts (
    id TEXT NOT NULL PRIMARY KEY,
    standard TEXT NOT NULL,
    unit TEXT NOT NULL,
    chart TEXT NOT NULL,
    rule TEXT NOT NULL,
    side BIGINT NOT NULL CHECK (side IN (-1, 0, 1)),
    first_period TEXT NOT NULL,
    points TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    UNIQUE (standard, unit, chart, rule, side, first_period)
);
