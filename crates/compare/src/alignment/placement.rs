//! Each unit against the cut lines.
//!
//! The cut of a unit without target is the mean of the other shown units, weighted by n, taken
//! as known: it rests on many more answers than the unit. Hidden units do not enter it, so that
//! nothing about them can be read off the lines.

use evenkeel_foundation::UnitId;
use evenkeel_stats::alignment::{bonferroni_level, place};
use evenkeel_stats::{Counted, Interval, People, Statistics, Undefined};

use super::correlations::{by_unit, external_of, internal_of};
use super::request::{AlignmentCell, AlignmentRequest, Subject, weight_of};
use super::result::{Counts, Cut, CutOrigin, SideName, SideValue, Standing, UnitAlignment};
use crate::estimate::{Estimated, HiddenReason, judge};
use crate::gate::Passed;

pub(super) struct Placed {
    pub internal_cut: Cut,
    pub external_cut: Cut,
    pub interval_level: f64,
    pub units_compared: u64,
    pub counts: Counts,
    pub units: Vec<UnitAlignment>,
    /// A side on which shown units have no interval, and why.
    pub without_intervals: Vec<(SideName, Undefined)>,
}

/// One side of one unit before placement.
struct Side {
    counted: Option<Counted>,
    value: SideValue,
    weight: f64,
}

impl Side {
    /// The value, when it may be shown.
    fn shown(&self) -> Option<f64> {
        match &self.value {
            SideValue::Estimated(estimated) => estimated.value(),
            SideValue::Covariate { value, .. } => *value,
        }
    }

    fn interval(&self) -> Option<&Interval> {
        match &self.value {
            SideValue::Estimated(estimated) => estimated.interval(),
            SideValue::Covariate { .. } => None,
        }
    }

    fn reason(&self) -> Option<Undefined> {
        match &self.value {
            SideValue::Estimated(estimated) => estimated
                .estimate()
                .and_then(|e| e.interval().clone().err()),
            SideValue::Covariate { value, .. } => value.map(|_| Undefined::NotASample),
        }
    }
}

struct Unit<'a> {
    id: &'a UnitId,
    internal: Side,
    external: Side,
}

pub(super) fn place_units(request: &AlignmentRequest<'_>) -> Placed {
    let mut units: Vec<Unit<'_>> = by_unit(request.cells)
        .into_iter()
        .filter_map(|(id, cells)| unit(id, &cells, request))
        .collect();
    let comparable =
        |u: &&Unit<'_>| u.internal.interval().is_some() && u.external.interval().is_some();
    let units_compared = units.iter().filter(comparable).count() as u64;
    let interval_level = bonferroni_level(request.level, units_compared);
    if units_compared > 1 {
        for unit in &mut units {
            at_level(
                &mut unit.internal,
                &request.internal,
                request,
                interval_level,
            );
            at_level(
                &mut unit.external,
                &request.external,
                request,
                interval_level,
            );
        }
    }
    let internal = Cuts::of(&request.internal, &units.iter().map(|u| &u.internal));
    let external = Cuts::of(&request.external, &units.iter().map(|u| &u.external));
    let without_intervals = [
        (
            SideName::Internal,
            without(units.iter().map(|u| &u.internal)),
        ),
        (
            SideName::External,
            without(units.iter().map(|u| &u.external)),
        ),
    ]
    .into_iter()
    .filter_map(|(side, reason)| reason.map(|r| (side, r)))
    .collect();
    let mut counts = Counts::default();
    let units = units
        .into_iter()
        .map(|unit| {
            let cuts = (
                internal.of_unit(&unit.internal),
                external.of_unit(&unit.external),
            );
            let standing = standing(&unit, cuts, request);
            counts.add(standing);
            UnitAlignment {
                unit: unit.id.clone(),
                internal: unit.internal.value,
                external: unit.external.value,
                internal_cut: cuts.0,
                external_cut: cuts.1,
                standing,
            }
        })
        .collect();
    Placed {
        internal_cut: internal.cut,
        external_cut: external.cut,
        interval_level,
        units_compared,
        counts,
        units,
        without_intervals,
    }
}

/// Why no shown unit of a side has an interval; `None` when some has one or none is shown.
fn without<'a>(sides: impl Iterator<Item = &'a Side>) -> Option<Undefined> {
    let mut reason = None;
    for side in sides.filter(|s| s.shown().is_some()) {
        if side.interval().is_some() {
            return None;
        }
        reason = reason.or_else(|| side.reason());
    }
    reason
}

fn unit<'a>(
    id: &'a UnitId,
    cells: &[&AlignmentCell],
    request: &AlignmentRequest<'_>,
) -> Option<Unit<'a>> {
    let chosen: Vec<&AlignmentCell> = cells
        .iter()
        .copied()
        .filter(|cell| {
            request.placement_period.is_none() || cell.period == request.placement_period
        })
        .collect();
    let internal: Reads = (internal_of, |cell| cell.internal.as_ref());
    let external: Reads = (external_of, |cell| cell.external.as_ref());
    let internal = side(&request.internal, &chosen, internal, request);
    let external = side(&request.external, &chosen, external, request);
    (!chosen.is_empty()).then_some(Unit {
        id,
        internal,
        external,
    })
}

/// One side of a cell: what may be shown of it, and what the gate said.
type Reads = (
    fn(&AlignmentCell) -> Option<&Counted>,
    fn(&AlignmentCell) -> Option<&Passed>,
);

fn side(
    subject: &Subject<'_>,
    cells: &[&AlignmentCell],
    (of, passed): Reads,
    request: &AlignmentRequest<'_>,
) -> Side {
    if let Subject::Covariate(_) = subject {
        let numbers = cells.iter().filter_map(|cell| of(cell));
        let weight = numbers
            .clone()
            .filter_map(|c| weight_of(&c.statistics))
            .sum();
        return Side {
            counted: None,
            value: SideValue::Covariate {
                value: merged_covariate(subject, numbers, request),
                snapshot: request.snapshot.to_owned(),
            },
            weight,
        };
    }
    let counted = over_periods(subject, cells, of, request);
    let weight = counted
        .as_ref()
        .and_then(|c| weight_of(&c.statistics))
        .unwrap_or(0.0);
    let snapshot = request.snapshot.to_owned();
    let hidden = cells.iter().find_map(|cell| {
        let reason = passed(cell)?.counted().err()?;
        Some(reason.clone())
    });
    let mut side = Side {
        counted,
        value: SideValue::Estimated(match hidden {
            Some(reason) => Estimated::Hidden { reason, snapshot },
            None => Estimated::Undefined {
                reason: Undefined::NoAnswers,
                n: 0,
                snapshot,
            },
        }),
        weight,
    };
    at_level(&mut side, subject, request, request.level);
    side
}

fn at_level(side: &mut Side, subject: &Subject<'_>, request: &AlignmentRequest<'_>, level: f64) {
    if let (
        Subject::Indicator {
            indicator,
            minimum_n,
            ..
        },
        Some(counted),
    ) = (subject, &side.counted)
    {
        let context = request.context(*minimum_n, level);
        let minimum_n = indicator.minimum_n.max(*minimum_n);
        side.value = SideValue::Estimated(if subject.is_hidden(counted) {
            let reason = HiddenReason::BelowMinimumN { minimum_n };
            Estimated::hidden(reason, request.snapshot)
        } else {
            judge(indicator, counted.into(), &context)
        });
    }
}

/// One side of one unit over the periods of its cells: as counted over all of them, where that is
/// known and people have to be told apart, else merged.
pub(super) fn over_periods(
    subject: &Subject<'_>,
    cells: &[&AlignmentCell],
    side: fn(&AlignmentCell) -> Option<&Counted>,
    request: &AlignmentRequest<'_>,
) -> Option<Counted> {
    if let [first, _, ..] = cells {
        let unit = request.whole.iter().find(|whole| whole.unit == first.unit);
        let whole = unit
            .and_then(side)
            .filter(|counted| counted.people.is_some());
        if let Some(whole) = whole {
            return Some(whole.clone());
        }
    }
    merged(subject, cells.iter().filter_map(|cell| side(cell)), request)
}

/// One side over several periods. Forms that do not merge become a mean by n without spread.
///
/// Who is in which periods is not known here: there are at least as many people as in the fullest
/// one, and what they say twice is not known (no interval).
pub(super) fn merged<'a>(
    subject: &Subject<'_>,
    mut counted: impl Iterator<Item = &'a Counted> + Clone,
    request: &AlignmentRequest<'_>,
) -> Option<Counted> {
    let all = counted.clone();
    let first = counted.next()?;
    if all.clone().count() == 1 {
        return Some(first.clone());
    }
    let known = all.clone().any(|counted| counted.people.is_some());
    let people = known.then(|| People {
        respondents: all
            .clone()
            .filter_map(Counted::respondents)
            .max()
            .unwrap_or(0),
        clusters: None,
    });
    let mut statistics = first.statistics.clone();
    for more in counted {
        if statistics.merge(&more.statistics).is_err() {
            statistics = by_n(subject, all.map(|counted| &counted.statistics), request)?;
            break;
        }
    }
    Some(Counted { statistics, people })
}

fn by_n<'a>(
    subject: &Subject<'_>,
    statistics: impl Iterator<Item = &'a Statistics>,
    request: &AlignmentRequest<'_>,
) -> Option<Statistics> {
    let mut sum: Option<Statistics> = None;
    for one in statistics {
        let (Ok(mean), Some(n)) = (subject.value(one, request.indicators), one.n()) else {
            continue;
        };
        let published = Statistics::MeanOnly { mean, n };
        match &mut sum {
            None => sum = Some(published),
            Some(sum) => sum.merge(&published).ok()?,
        }
    }
    sum
}

/// Mean of a covariate over periods: weighted when every period has a weight, else plain.
pub(super) fn merged_covariate<'a>(
    subject: &Subject<'_>,
    numbers: impl Iterator<Item = &'a Counted>,
    request: &AlignmentRequest<'_>,
) -> Option<f64> {
    let values: Vec<(f64, Option<f64>)> = numbers
        .map(|counted| &counted.statistics)
        .filter_map(|s| Some((subject.value(s, request.indicators).ok()?, weight_of(s))))
        .collect();
    let weighted = values.iter().all(|v| v.1.is_some_and(|w| w > 0.0));
    let weight = |v: &(f64, Option<f64>)| if weighted { v.1.unwrap_or(1.0) } else { 1.0 };
    let total: f64 = values.iter().map(weight).sum();
    (total > 0.0).then(|| values.iter().map(|v| v.0 * weight(v)).sum::<f64>() / total)
}

/// The cut lines of one side.
struct Cuts {
    cut: Cut,
    weighted_sum: f64,
    weight: f64,
    by_weight: bool,
}

impl Cuts {
    fn of<'a>(subject: &Subject<'_>, sides: &(impl Iterator<Item = &'a Side> + Clone)) -> Self {
        let shown = || sides.clone().filter_map(|s| Some((s.shown()?, s.weight)));
        let by_weight = shown().all(|(_, w)| w > 0.0);
        let weight = |w: f64| if by_weight { w } else { 1.0 };
        let total: f64 = shown().map(|(_, w)| weight(w)).sum();
        let weighted_sum: f64 = shown().map(|(v, w)| v * weight(w)).sum();
        let cut = match subject.target() {
            Some(target) => Cut {
                value: Some(target),
                origin: CutOrigin::Target,
            },
            None => Cut {
                value: (total > 0.0).then(|| weighted_sum / total),
                origin: CutOrigin::MeanWithoutUnit,
            },
        };
        Self {
            cut,
            weighted_sum,
            weight: total,
            by_weight,
        }
    }

    /// The line for one unit: the target, or the mean of the others; `None` without others.
    fn of_unit(&self, side: &Side) -> Option<f64> {
        if self.cut.origin == CutOrigin::Target {
            return self.cut.value;
        }
        let value = side.shown()?;
        let own = if self.by_weight { side.weight } else { 1.0 };
        let others = self.weight - own;
        (others > 1e-9 * self.weight).then(|| (self.weighted_sum - value * own) / others)
    }
}

fn standing(
    unit: &Unit<'_>,
    cuts: (Option<f64>, Option<f64>),
    request: &AlignmentRequest<'_>,
) -> Standing {
    if unit.internal.shown().is_none() || unit.external.shown().is_none() {
        return Standing::NotShown;
    }
    let (Some(internal), Some(external), (Some(a), Some(b))) =
        (unit.internal.interval(), unit.external.interval(), cuts)
    else {
        return Standing::Undecided;
    };
    let (internal, a) = higher_is_better(internal, a, request.internal.sign());
    let (external, b) = higher_is_better(external, b, request.external.sign());
    place(&internal, a, &external, b).into()
}

fn higher_is_better(interval: &Interval, cut: f64, sign: f64) -> (Interval, f64) {
    if sign < 0.0 {
        (interval.negated(), -cut)
    } else {
        (*interval, cut)
    }
}
