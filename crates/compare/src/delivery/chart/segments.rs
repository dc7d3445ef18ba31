//! Points in order of time, and where the ground shifts under them.
//!
//! A segment begins with the first point, with a version of the standard that asks for something
//! else, and where a person's baseline begins. Its limits are made of the person's baseline where
//! there is one, else of all its points.
//!
//! Invariant: nothing that was seen begins a segment; only what was agreed or declared does.

use std::collections::BTreeMap;

use evenkeel_foundation::Period;
use evenkeel_stats::chart::Maturity;
use evenkeel_stats::{Looks, Undefined};

use super::input::{Ask, ChartInput, DeviationsPerPeriod};
use super::kind::Of;
use crate::delivery::looks::{Baseline, Edition, LookCell, edition_on};

/// What one point is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raw {
    pub period: Period,
    pub version: Option<i64>,
    pub looks: Looks,
    /// Deviations over all looks, where they are charted.
    pub deviations: u64,
    /// Looks kept, and days, since the event before, where events are charted.
    pub gap: Option<(u64, f64)>,
}

impl Raw {
    /// Observed numbers behind it.
    pub fn values(&self) -> u64 {
        self.looks.values.n()
    }
}

/// Points that share their limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Place of its first point.
    pub first: usize,
    /// Place of its last point.
    pub last: usize,
    /// Why it begins.
    pub cause: Cause,
    /// Points that its limits are made of.
    pub baseline_points: usize,
    /// How far they can be trusted.
    pub maturity: Maturity,
    /// Centre line; or why there are no limits.
    pub centre: Result<f64, Undefined>,
    /// Laney's σz, of p′ and u′: 1 when only chance varies.
    pub sigma_z: Option<f64>,
    /// σ of single values, where the chart gives one.
    pub sigma_of_values: Option<f64>,
}

/// Why a segment begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// With the first point.
    Start,
    /// With a version that asks for something else.
    Version(i64),
    /// With a baseline that a person set.
    Baseline(Baseline),
}

/// The points, in order of time; a period in which a version began is two.
pub(super) fn points(ask: Ask, input: &ChartInput<'_>) -> Vec<Raw> {
    raws(ask, input, input.cells, input.deviations)
}

/// What was seen before the first point, of which limits may be made.
pub(super) fn points_before(ask: Ask, input: &ChartInput<'_>) -> Vec<Raw> {
    raws(ask, input, input.before.cells, input.before.deviations)
}

fn raws(
    ask: Ask,
    input: &ChartInput<'_>,
    cells: &[LookCell],
    deviations: &[DeviationsPerPeriod],
) -> Vec<Raw> {
    let mut points: BTreeMap<(Period, i64), Raw> = BTreeMap::new();
    let point = |points: &mut BTreeMap<(Period, i64), Raw>,
                 period: Period,
                 version: Option<i64>,
                 looks: &Looks,
                 deviations| {
        let key = (period, judged_alike(input.editions, version));
        let raw = points.entry(key).or_insert_with(|| Raw {
            period,
            version,
            looks: Looks::default(),
            deviations: 0,
            gap: None,
        });
        raw.version = raw.version.max(version);
        raw.looks.merge(looks);
        raw.deviations += deviations;
    };
    if ask.of == Of::Deviations {
        for of in deviations {
            let looks = Looks::counted(0.0, of.looks);
            point(&mut points, of.period, of.version, &looks, of.deviations);
        }
    } else {
        for cell in shown(ask, cells) {
            let version = cell.edition(input.editions).map(|edition| edition.version);
            point(&mut points, cell.period, version, &cell.looks, 0);
        }
    }
    let asked = |raw: &Raw| match ask.of {
        Of::Kept | Of::Deviations => raw.looks.n > 0,
        Of::Value => raw.values() > 0,
    };
    points.into_values().filter(asked).collect()
}

/// The cells that are charted.
pub(super) fn shown(ask: Ask, cells: &[LookCell]) -> impl Iterator<Item = &LookCell> + Clone {
    let all = ask.convenience;
    cells
        .iter()
        .filter(move |cell| all || cell.chosen.speaks_for_all())
}

/// The first version that asked for the same: rows under both are one point.
fn judged_alike(editions: &[Edition], version: Option<i64>) -> i64 {
    let mut versions: Vec<&Edition> = editions.iter().collect();
    versions.sort_unstable_by_key(|edition| edition.version);
    let until = versions
        .iter()
        .take_while(|edition| version.is_none_or(|version| edition.version <= version));
    until
        .filter(|edition| edition.rebases)
        .last()
        .map_or(0, |edition| edition.version)
}

/// Where segments begin, with their cause; the first is the start, or what was declared before it.
pub(super) fn beginnings(points: &[Raw], input: &ChartInput<'_>) -> Vec<(usize, Cause)> {
    let mut found: Vec<(usize, Cause)> = Vec::new();
    let version = |raw: &Raw| {
        raw.version
            .or_else(|| edition_on(input.editions, raw.period.start()).map(|e| e.version))
    };
    for (place, raw) in points.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &points[before]);
        let alike = |raw| judged_alike(input.editions, version(raw));
        // The latest said of those that begin here.
        let declared = input.baselines.iter().rev().find(|baseline| {
            raw.period.end() >= baseline.from
                && before.is_none_or(|before| before.period.end() < baseline.from)
        });
        let cause = match (declared, before) {
            (Some(baseline), _) => Some(Cause::Baseline(baseline.clone())),
            (None, None) => Some(Cause::Start),
            (None, Some(before)) if alike(before) != alike(raw) => version(raw).map(Cause::Version),
            (None, Some(_)) => None,
        };
        found.extend(cause.map(|cause| (place, cause)));
    }
    found
}
