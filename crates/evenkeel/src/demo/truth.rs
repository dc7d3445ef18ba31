//! What is true in the demo organisation, before anybody is asked.
//!
//! Every constant here is in docs/DEMO.md, so that a reader can compare what Evenkeel
//! finds with what was put in.

use std::collections::BTreeMap;

use evenkeel_foundation::{Foundation, UnitId};
use jiff::civil::{Date, date};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};

/// Everything is drawn from this seed.
pub const SEED: u64 = 20_241_001;
/// The first and the last day of the two years.
pub const FIRST: Date = date(2024, 10, 1);
pub const LAST: Date = date(2026, 9, 30);
/// Correlation, over restaurants, of how guests and teams fare.
pub const BETWEEN: f64 = 0.45;
/// Correlation, within a restaurant, of the quarter's luck of guests and team.
pub const WITHIN: f64 = 0.60;
/// Spread of the quarter's luck beside the spread of restaurants (1).
pub const LUCK: f64 = 0.45;
/// Where guests are happy and the team pays: guests +1.7, team −1.7.
pub const PEDESTAL: [usize; 4] = [3, 11, 22, 35];
/// Where nobody does well, and where everybody does.
pub const NEITHER: [usize; 2] = [7, 28];
pub const BOTH: [usize; 3] = [5, 17, 31];
/// In one region the kitchen's pace went up: guests gain, teams and back office pay.
pub const PACE_FROM: Date = date(2025, 7, 1);
pub const PACE_REGION: usize = 1;
pub const PACE_GUESTS: f64 = 0.45;
pub const PACE_TEAM: f64 = -0.35;
pub const PACE_BACK_OFFICE: f64 = -0.60;
/// Kitchens fare worse than the dining room, the office better.
pub const KITCHEN: f64 = -0.45;
pub const OFFICE: f64 = 0.30;

/// One restaurant and how it fares, in standard deviations over restaurants.
pub struct Restaurant {
    pub id: UnitId,
    pub time_zone: String,
    pub region: usize,
    pub opened: Date,
    pub closed: Date,
    pub guests: f64,
    pub team: f64,
    pub people: u32,
    /// The quarter's luck of guests and of the team, by quarter.
    luck: Vec<(f64, f64)>,
}

/// All restaurants, in the order of their ids, and the regions they belong to.
pub struct Truth {
    pub restaurants: Vec<Restaurant>,
    pub regions: Vec<UnitId>,
}

/// A generator for one purpose, so that a change in one file moves no other.
pub fn rng(purpose: u64) -> StdRng {
    StdRng::seed_from_u64(SEED.wrapping_mul(1_000_003).wrapping_add(purpose))
}

pub fn normal(rng: &mut StdRng) -> f64 {
    StandardNormal.sample(rng)
}

/// The eight quarters, by their first day.
pub fn quarters() -> Vec<Date> {
    (0..8)
        .map(|quarter| FIRST.saturating_add(jiff::Span::new().months(3 * quarter)))
        .collect()
}

/// Which of the eight quarters a day is in.
pub fn quarter_of(day: Date) -> usize {
    quarters()
        .iter()
        .rposition(|first| *first <= day)
        .unwrap_or(0)
}

impl Truth {
    /// Draws the truth over the restaurants of a foundation.
    pub fn draw(foundation: &Foundation) -> Self {
        let leaf = foundation
            .organisation
            .levels
            .last()
            .map(|level| level.id.clone());
        let mut regions: Vec<UnitId> = Vec::new();
        let mut place: BTreeMap<UnitId, usize> = BTreeMap::new();
        let mut rng = rng(1);
        let mut restaurants = Vec::new();
        let tree = foundation.tree();
        for unit in foundation
            .units
            .values()
            .filter(|unit| Some(&unit.level) == leaf.as_ref())
        {
            let Some(parent) = unit.parent.clone() else {
                continue;
            };
            let region = *place.entry(parent.clone()).or_insert_with(|| {
                regions.push(parent);
                regions.len() - 1
            });
            let at = restaurants.len();
            let (guests, own) = (normal(&mut rng), normal(&mut rng));
            let mut fares = (
                guests,
                BETWEEN * guests + (1.0 - BETWEEN * BETWEEN).sqrt() * own,
            );
            if PEDESTAL.contains(&at) {
                fares = (1.7, -1.7);
            } else if NEITHER.contains(&at) {
                fares = (-1.9, -1.8);
            } else if BOTH.contains(&at) {
                fares = (1.8, 1.8);
            }
            let luck = (0..8)
                .map(|_| {
                    let (shared, other) = (normal(&mut rng), normal(&mut rng));
                    let team = WITHIN * shared + (1.0 - WITHIN * WITHIN).sqrt() * other;
                    (LUCK * shared, LUCK * team)
                })
                .collect();
            restaurants.push(Restaurant {
                time_zone: tree.time_zone(&unit.id).to_owned(),
                id: unit.id.clone(),
                region,
                opened: unit.valid_from.unwrap_or(FIRST).max(FIRST),
                closed: unit.valid_to.unwrap_or(LAST).min(LAST),
                guests: fares.0,
                team: fares.1,
                people: rng.random_range(30..=46),
                luck,
            });
        }
        Self {
            restaurants,
            regions,
        }
    }
}

impl Restaurant {
    pub fn open_on(&self, day: Date) -> bool {
        self.opened <= day && day <= self.closed
    }

    /// How guests fare on a day.
    pub fn guests_on(&self, day: Date) -> f64 {
        self.guests + self.luck[quarter_of(day)].0 + self.pace(day, PACE_GUESTS)
    }

    /// How the team fares on a day.
    pub fn team_on(&self, day: Date) -> f64 {
        self.team + self.luck[quarter_of(day)].1 + self.pace(day, PACE_TEAM)
    }

    fn pace(&self, day: Date, effect: f64) -> f64 {
        if self.region == PACE_REGION && day >= PACE_FROM {
            effect
        } else {
            0.0
        }
    }
}

/// A draw on an ordered scale: how many of the cut points (in standard deviations) lie
/// below.
pub fn score(value: f64, cuts: &[f64], lowest: u32) -> u32 {
    lowest + cuts.iter().filter(|cut| **cut < value).count() as u32
}
