//! Indicator to plan to sufficient statistics.
//!
//! Purpose: the one place that reads the tables. [`Measure`] takes a [`Question`], compiles it to
//! one plan per table over one pinned snapshot, counts the rows in groups, rolls units up by the
//! tree of their day, adds what was imported as figures, and answers with mergeable statistics by
//! cell. Question, plan, run and answer are a small file each.
//!
//! Invariants: the engine counts, statistics judge: no estimate, interval or verdict is made here;
//! whole numbers are exact, real ones centred, never raw sums of squares; ids and days are values
//! in a plan, never text of a query; one answer is computed from one version of each table, and
//! says which.
//!
//! Absent on purpose: minimum n and everything else about hiding (`compare`), writing (`facts`),
//! the clock.

mod answer;
mod ask;
mod by_unit;
mod cache;
mod calendar;
mod cells;
mod comments;
mod corrections;
mod delivery;
mod error;
mod hashes;
mod history;
mod items;
mod leaf;
mod measure;
mod merge;
mod outside;
mod people;
mod place;
mod quantiles;
mod question;
mod ratings;
mod replicates;
mod roll_up;
mod rows;
mod sample;
mod scan;
mod sketch;
mod symbols;
mod tally;
mod variables;

pub use answer::{Answer, Cell, CrossProducts, QuantileAnswer, QuantileCell, Segment};
pub use by_unit::{ItemSet, ItemsByUnit, UnitItems};
pub use comments::{Comment, Comments};
pub use delivery::{
    HourOfDay, LookAnswer, LookQuestion, LookedDay, LookedDays, LooksCell, OUTSIDE, PeriodWays,
    SeenEvent, SeenEvents, SeenNumbers, SeenPhoto, StoredBatches, StoredLooks, Way, Ways,
};
pub use error::MeasureError;
pub use history::History;
pub use items::ITEMS_MAX;
pub use measure::{CACHE_BYTES, Measure, Settings};
pub use question::{By, ItemQuestion, QuantileQuestion, Question, Subject, Window};
pub use ratings::{Rated, Ratings};
pub use replicates::{ReplicateProducts, Replicates};
pub use sample::{Sample, SampleCell, SampleTotal};
pub use variables::Variable;
