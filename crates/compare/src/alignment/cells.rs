//! Cells with both sides known, by unit.

use std::collections::BTreeMap;

use evenkeel_foundation::UnitId;
use evenkeel_stats::Counted;
use evenkeel_stats::alignment::{Point, UnitSeries};

use super::request::{AlignmentCell, AlignmentRequest, weight_of};
use super::result::Weights;

/// The series of all units, unit by unit in the order of their ids.
pub(super) struct Cells {
    pub units: Vec<UnitId>,
    /// Weights are those of `weights`, or 1.
    pub series: Vec<UnitSeries>,
    pub weights: Option<Weights>,
    /// Cells not used, because they are hidden and could be solved for.
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
        let known = request.cells.iter().filter_map(|cell| pair(request, cell));
        let (hidden, shown): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
            known.partition(|pair| is_hidden(request, pair.cell));
        let (mut used, left_out) = if may_join(request, &hidden) {
            (shown.into_iter().chain(hidden).collect(), 0)
        } else {
            (shown, hidden.len() as u64)
        };
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
    let (internal, external) = (cell.internal.as_ref()?, cell.external.as_ref()?);
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

fn is_hidden(request: &AlignmentRequest<'_>, cell: &AlignmentCell) -> bool {
    let internal = cell.internal.as_ref();
    let external = cell.external.as_ref();
    internal.is_some_and(|s| request.internal.is_hidden(s))
        || external.is_some_and(|s| request.external.is_hidden(s))
}

/// Hidden cells join a figure over all units when at least two of them, with together at least
/// the minimum n on each hidden side, do: a single one could be subtracted out. People of a
/// unit may be the same in all its periods, so that where rows say who answered only its fullest
/// period counts.
fn may_join(request: &AlignmentRequest<'_>, hidden: &[Pair<'_>]) -> bool {
    let enough = |side: fn(&AlignmentCell) -> Option<&Counted>, minimum: u64| {
        let mut cells = 0;
        let mut by_unit: BTreeMap<&UnitId, (u64, u64)> = BTreeMap::new();
        for pair in hidden {
            let counted = side(pair.cell);
            let people = counted.and_then(Counted::respondents).unwrap_or(0);
            if people < minimum {
                cells += 1;
                let (known, unknown) = by_unit.entry(&pair.cell.unit).or_default();
                if counted.is_some_and(|counted| counted.people.is_some()) {
                    *known = people.max(*known);
                } else {
                    *unknown += people;
                }
            }
        }
        let people: u64 = by_unit
            .values()
            .map(|(known, unknown)| known + unknown)
            .sum();
        cells == 0 || (cells >= 2 && people >= minimum)
    };
    enough(|cell| cell.internal.as_ref(), request.internal.minimum_n())
        && enough(|cell| cell.external.as_ref(), request.external.minimum_n())
}

/// Weights that every used cell has.
fn weights(used: &[Pair<'_>]) -> Option<Weights> {
    let all = |side: fn(&Pair<'_>) -> Option<f64>| {
        !used.is_empty() && used.iter().all(|p| side(p).is_some_and(|w| w > 0.0))
    };
    match (all(|p| p.internal_weight), all(|p| p.external_weight)) {
        (true, true) => Some(Weights::HarmonicN),
        (true, false) => Some(Weights::InternalN),
        (false, true) => Some(Weights::ExternalN),
        (false, false) => None,
    }
}

fn weight(pair: &Pair<'_>, weights: Option<Weights>) -> f64 {
    let internal = pair.internal_weight.unwrap_or(1.0);
    let external = pair.external_weight.unwrap_or(1.0);
    match weights {
        Some(Weights::HarmonicN) => 2.0 * internal * external / (internal + external),
        Some(Weights::InternalN) => internal,
        Some(Weights::ExternalN) => external,
        None => 1.0,
    }
}
