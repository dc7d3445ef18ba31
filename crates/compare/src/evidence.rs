//! Statistics together with the people behind them.
//!
//! Invariant: the minimum n counts people. Where rows do not say who answered, every answer stands
//! for a person.
//! Absent on purpose: who they are.

use evenkeel_stats::{Clusters, Counted, People, Statistics, Undefined};

/// What an estimate is made of.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The statistics.
    pub statistics: &'a Statistics,
    /// The people, as far as rows say who answered.
    pub people: Option<&'a People>,
}

impl<'a> From<&'a Statistics> for Evidence<'a> {
    fn from(statistics: &'a Statistics) -> Self {
        Self {
            statistics,
            people: None,
        }
    }
}

impl<'a> From<&'a Counted> for Evidence<'a> {
    fn from(counted: &'a Counted) -> Self {
        Self {
            statistics: &counted.statistics,
            people: counted.people.as_ref(),
        }
    }
}

impl<'a> Evidence<'a> {
    /// Answers; 0 where there are none to count.
    pub fn n(&self) -> u64 {
        self.statistics.n().unwrap_or(0)
    }

    /// People with an answer, for the minimum n.
    pub fn respondents(&self) -> u64 {
        let n = self.n();
        self.people.map_or(n, |people| people.respondents.min(n))
    }

    /// Whether there are answers, but of fewer people than may be shown.
    pub fn is_below(&self, minimum_n: u64) -> bool {
        self.n() > 0 && self.respondents() < minimum_n
    }

    /// The sums over people, where somebody answered more than once; or that they are not known.
    pub fn repeated(&self) -> Option<Result<&'a Clusters, Undefined>> {
        let people = self.people?;
        match &people.clusters {
            Some(clusters) => Some(Ok(clusters)),
            None => (people.respondents < self.n()).then_some(Err(Undefined::NoCovariance)),
        }
    }
}
