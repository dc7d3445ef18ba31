//! Cells with both sides known, by unit.

use std::collections::BTreeMap;

use evenkeel_foundation::UnitId;
use evenkeel_stats::alignment::{Point, UnitSeries};

use super::request::{AlignmentCell, AlignmentRequest, weight_of};
use super::result::Weights;

/// The series of all units, unit by unit in the order of their ids.
pub(super) struct Cells {
    pub units: Vec<UnitId>,
    /// Weights are those of `weights`, or 1.
    pub series: Vec<UnitSeries>,
    pub weights: Option<Weights>,
    /// Cells not used, because a side of them is hidden.
    pub left_out: u64,
}

struct Pair<'a> {
    cell: &'a AlignmentCell,
    x: f64,
    y: f64,
    internal_weight: Option<f64>,
    external_weight: Option<f64>,
}

impl Cells {
    pub fn of(request: &AlignmentRequest<'_>) -> Self {
        let both = |cell: &&AlignmentCell| cell.internal.is_some() && cell.external.is_some();
        let cells = request.cells.iter().filter(both);
        let (shown, hidden): (Vec<_>, Vec<_>) = cells.partition(|cell| is_shown(request, cell));
        let left_out = hidden.len() as u64;
        let mut used: Vec<Pair<'_>> = shown
            .into_iter()
            .filter_map(|cell| pair(request, cell))
            .collect();
        used.sort_by(|a, b| (&a.cell.unit, a.cell.period).cmp(&(&b.cell.unit, b.cell.period)));
        let weights = weights(&used);
        let mut by_unit: BTreeMap<&UnitId, UnitSeries> = BTreeMap::new();
        for pair in &used {
            by_unit
                .entry(&pair.cell.unit)
                .or_default()
                .points
                .push(Point {
                    x: pair.x,
                    y: pair.y,
                    weight: weight(pair, weights),
                });
        }
        let (units, series) = by_unit.into_iter().map(|(u, s)| (u.clone(), s)).unzip();
        Self {
            units,
            series,
            weights,
            left_out,
        }
    }
}

fn pair<'a>(request: &AlignmentRequest<'_>, cell: &'a AlignmentCell) -> Option<Pair<'a>> {
    let (internal, external) = (cell.internal()?, cell.external()?);
    Some(Pair {
        cell,
        x: request
            .internal
            .value(&internal.statistics, request.indicators)
            .ok()?,
        y: request
            .external
            .value(&external.statistics, request.indicators)
            .ok()?,
        internal_weight: weight_of(&internal.statistics),
        external_weight: weight_of(&external.statistics),
    })
}

/// Only what is shown anyway enters a figure over units (rule 9): it can then say nothing about
/// anybody that its cells do not.
fn is_shown(request: &AlignmentRequest<'_>, cell: &AlignmentCell) -> bool {
    cell.internal()
        .is_some_and(|side| !request.internal.is_hidden(side))
        && cell
            .external()
            .is_some_and(|side| !request.external.is_hidden(side))
}

/// Weights that every used cell has.
fn weights(used: &[Pair<'_>]) -> Option<Weights> {
    Weights::of(|| used.iter().map(|p| (p.internal_weight, p.external_weight)))
}

fn weight(pair: &Pair<'_>, weights: Option<Weights>) -> f64 {
    weights.map_or(1.0, |weights| {
        weights.of_pair(pair.internal_weight, pair.external_weight)
    })
}

impl Weights {
    /// Those that every pair of both sides has.
    pub(super) fn of<I>(pairs: impl Fn() -> I) -> Option<Self>
    where
        I: Iterator<Item = (Option<f64>, Option<f64>)>,
    {
        let known = |weight: Option<f64>| weight.is_some_and(|weight| weight > 0.0);
        let internal = pairs().all(|(internal, _)| known(internal));
        let external = pairs().all(|(_, external)| known(external));
        match (internal, external) {
            _ if pairs().next().is_none() => None,
            (true, true) => Some(Self::HarmonicN),
            (true, false) => Some(Self::InternalN),
            (false, true) => Some(Self::ExternalN),
            (false, false) => None,
        }
    }

    /// The weight of one pair.
    pub(super) fn of_pair(self, internal: Option<f64>, external: Option<f64>) -> f64 {
        let (internal, external) = (internal.unwrap_or(1.0), external.unwrap_or(1.0));
        match self {
            Self::HarmonicN => 2.0 * internal * external / (internal + external),
            Self::InternalN => internal,
            Self::ExternalN => external,
            Self::Covariates => 1.0,
        }
    }
}
