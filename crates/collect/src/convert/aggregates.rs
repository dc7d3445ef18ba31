//! Rows of `aggregates`: the numbers of a unit and period, one row of the table a number.
//!
//! Invariant: a number that cannot be (a share of 130 %, more deviations than looks, a mean outside
//! the scale) is a fault. For one subject, unit, party, period and segment a file says one thing:
//! a second row is a fault, unless the mapping adds them up.

use std::collections::{BTreeMap, HashMap};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::aggregates_schema;
use evenkeel_foundation::{Period, Scale};

use super::facts_table::{Fact, FactTable, Figures};
use super::rows::{Missing, Rows};
use super::units::{UnitPlaces, Units};
use super::words::{Label, Places, Words};
use crate::agreed::Agreed;
use crate::hash::RowHash;
use crate::mapping::{AggregateRule, Form, ItemName, Mapping, Pick, Subject};

/// How far published shares may be from 1 in sum, per answer: they are rounded to whole percents.
const SHARE_ROUNDING: f64 = 0.005;

/// Turns rows into aggregates.
#[derive(Debug)]
pub(crate) struct Aggregates<'m> {
    mapping: &'m Mapping,
    agreed: &'m Agreed,
    pub schema: SchemaRef,
    rules: Vec<Rule<'m>>,
    party: Option<Party<'m>>,
    segment: Option<Segment<'m>>,
    /// (rule, subject, unit, period, party, segment) → the line that said it.
    said: HashMap<u128, u64>,
    sums: BTreeMap<SumKey, (Fact, Figures)>,
    import_id: String,
}

/// One `[[aggregate]]`.
#[derive(Debug)]
struct Rule<'m> {
    rule: &'m AggregateRule,
    field: String,
    missing: Missing,
}

#[derive(Debug)]
struct Party<'m> {
    pick: &'m Pick,
    words: Words,
}

#[derive(Debug)]
struct Segment<'m> {
    attribute: &'m str,
    pick: &'m Pick,
    words: Words,
}

/// The order in which sums are written: that of rules, units, periods.
type SumKey = (usize, String, Period, Option<String>, Option<String>, i32);

/// What one batch says: for every rule its figures by row.
pub(crate) struct AggregateRows {
    figures: Vec<Vec<Option<Figures>>>,
    subjects: Vec<Option<ItemName>>,
    periods: Vec<Option<Period>>,
    parties: Places,
    segments: Places,
}

impl AggregateRows {
    /// Whether a row has any number.
    pub(crate) fn has_values(&self, row: usize) -> bool {
        self.figures.iter().any(|figures| figures[row].is_some())
    }

    /// The period of a row.
    pub(crate) fn period(&self, row: usize) -> Option<Period> {
        self.periods[row]
    }
}
