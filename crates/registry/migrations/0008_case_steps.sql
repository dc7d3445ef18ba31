-- What people did with a follow-up: took it on, declined it, closed it. Rows are only ever added;
-- the draft's state follows the last of them.
CREATE TABLE case_steps (
    case_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('take', 'decline', 'close')),
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    PRIMARY KEY (case_id, number)
);
