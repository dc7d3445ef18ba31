//! Piston rings: subgroups of measured diameters.

use evenkeel_stats::Moments;
use std::collections::BTreeMap;

use crate::case::{Case, numbers};

/// Phase I subgroups and all of them: means, ranges, moments.
pub struct Rings {
    pub all: Vec<Moments>,
    ranges: Vec<f64>,
    phase_1: usize,
}

impl Rings {
    pub fn of(case: &Case) -> Self {
        let table = case.only_csv();
        let mut groups: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
        for (sample, x) in table
            .numbers("sample")
            .iter()
            .zip(table.numbers("diameter"))
        {
            groups.entry(*sample as u64).or_default().push(x);
        }
        let extreme = |g: &[f64], f: fn(f64, f64) -> f64| g.iter().copied().reduce(f).unwrap();
        Self {
            all: groups
                .values()
                .map(|g| g.iter().copied().collect())
                .collect(),
            ranges: groups
                .values()
                .map(|g| extreme(g, f64::max) - extreme(g, f64::min))
                .collect(),
            phase_1: numbers(&case.input["phase1_samples"]).len(),
        }
    }

    pub fn means(&self) -> Vec<f64> {
        self.all.iter().map(|g| g.mean().unwrap()).collect()
    }

    pub fn first(&self) -> (&[Moments], &[f64]) {
        (&self.all[..self.phase_1], &self.ranges[..self.phase_1])
    }
}
