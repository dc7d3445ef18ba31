//! What comes back: sufficient statistics by cell, with the versions they were computed from.
//!
//! Invariant: a cell without any answer is not there; cells are in order of unit, period, segment.
//! Absent on purpose: estimates and intervals. `compare` makes them, and hides what is too small.

use std::sync::Arc;

use evenkeel_foundation::{Period, StandardId, UnitId};
use evenkeel_stats::{CoMoments, Counted, People, Statistics};

/// An answered question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The cells.
    pub cells: Vec<Cell>,
    /// Tables and versions: `aggregates@3+responses_guest@12`; empty when there is no table.
    pub snapshot: String,
    /// Rows of the window in which the item was not answered (or the kept mark not given).
    pub missing: u64,
    /// Rows of units that have no place at the level that was asked for.
    pub unplaced: u64,
    /// Figures from outside that the question cannot use: of longer periods than asked for, told
    /// apart otherwise, or without what the indicator needs.
    pub unusable: u64,
}

/// Names and values of segments; all cells of an answer that have the same ones share them.
pub type Segment = Arc<[(String, String)]>;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The unit, when units were asked for.
    pub unit: Option<UnitId>,
    /// The period, when periods were asked for.
    pub period: Option<Period>,
    /// Values of the segments asked for, in the order of the question; empty where not said.
    pub segment: Segment,
    /// The statistics.
    pub statistics: Statistics,
    /// The people behind them, where rows say who answered.
    pub people: Option<People>,
}

impl Cell {
    /// Statistics and people, as `compare` judges them.
    pub fn counted(&self) -> Counted {
        Counted {
            statistics: self.statistics.clone(),
            people: self.people,
        }
    }
}

/// Quantiles by cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QuantileAnswer {
    /// The cells.
    pub cells: Vec<QuantileCell>,
    /// Tables and versions.
    pub snapshot: String,
}

/// One cell of quantiles.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantileCell {
    /// The standard.
    pub standard: StandardId,
    /// The unit, when units were asked for.
    pub unit: Option<UnitId>,
    /// The period, when periods were asked for.
    pub period: Option<Period>,
    /// Values of the segments asked for.
    pub segment: Segment,
    /// Numbers observed.
    pub n: u64,
    /// The quantiles asked for, in order, each within 1 % of itself.
    pub quantiles: Vec<f64>,
}

/// Means and co-moments of several items over the responses that answered all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossProducts {
    /// n, means and centred products, in the order of the items asked for.
    pub moments: CoMoments,
    /// Tables and versions.
    pub snapshot: String,
}
