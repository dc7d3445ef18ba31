//! Figures over all units: correlations, slopes, descriptives, non-response.

use std::collections::BTreeMap;

use evenkeel_foundation::UnitId;
use evenkeel_stats::alignment::{
    self as link, Heterogeneity, UnitSeries, attenuation_corrected, nonresponse, pool, reliability,
    rmcorr, unit_slopes,
};
use evenkeel_stats::mean::{Difference, mean_t, paired_t};
use evenkeel_stats::{Counted, Moments, Undefined};

use super::cells::Cells;
use super::placement::{merged, merged_covariate, over_periods};
use super::request::{AlignmentCell, AlignmentRequest, ResponseRate, Subject};
use super::result::{CorrelationView, NonResponse, SideName, SlopesView, Summary};

/// Units a pooled slope needs.
const SLOPES_UNITS_MIN: usize = 3;

pub(super) struct Figures {
    pub within: CorrelationView,
    pub within_weighted: Option<CorrelationView>,
    pub between: CorrelationView,
    pub between_weighted: Option<CorrelationView>,
    pub corrected: CorrelationView,
    pub slopes: SlopesView,
    pub internal_summary: Summary,
    pub external_summary: Summary,
    pub difference: Option<Difference>,
    pub nonresponse: Vec<NonResponse>,
    pub units: u64,
}

impl Figures {
    pub fn of(cells: &Cells, request: &AlignmentRequest<'_>) -> Self {
        let level = request.level;
        let plain: Vec<UnitSeries> = cells.series.iter().map(UnitSeries::unweighted).collect();
        let pairs = plain.iter().map(|u| u.points.len() as u64).sum();
        let (xs, ys) = unit_means(&plain);
        let r = link::pearson(&xs, &ys, level);
        let weighted = cells.weights.map(|weights| {
            let between = link::between(&cells.series, level)
                .and_then(|b| b.weighted.ok_or(Undefined::ZeroWeight).or(Ok(b.unweighted)));
            (
                CorrelationView::within(rmcorr(&cells.series, level), level, Some(weights)),
                CorrelationView::between(between, level, pairs, Some(weights)),
            )
        });
        let (within_weighted, between_weighted) = weighted.unzip();
        Self {
            within: CorrelationView::within(rmcorr(&plain, level), level, None),
            within_weighted,
            corrected: corrected(&r, cells, request, pairs),
            between: CorrelationView::between(r, level, pairs, None),
            between_weighted,
            slopes: slopes(&plain, level),
            internal_summary: summary(&xs, level),
            external_summary: summary(&ys, level),
            difference: difference(&xs, &ys, request),
            nonresponse: [
                (SideName::Internal, &request.internal),
                (SideName::External, &request.external),
            ]
            .into_iter()
            .filter_map(|(side, subject)| warning(side, subject, request))
            .collect(),
            units: xs.len() as u64,
        }
    }
}

fn unit_means(series: &[UnitSeries]) -> (Vec<f64>, Vec<f64>) {
    series
        .iter()
        .filter(|unit| !unit.points.is_empty())
        .map(|unit| {
            let n = unit.points.len() as f64;
            let sum = |f: fn(&link::Point) -> f64| unit.points.iter().map(f).sum::<f64>();
            (sum(|p| p.x) / n, sum(|p| p.y) / n)
        })
        .unzip()
}

fn summary(values: &[f64], level: f64) -> Summary {
    let moments: Moments = values.iter().copied().collect();
    Summary {
        mean: moments.mean().ok(),
        sd: moments.sd().ok(),
        units: moments.n(),
        interval: mean_t(&moments, level).and_then(|mean| mean.interval),
    }
}

fn difference(xs: &[f64], ys: &[f64], request: &AlignmentRequest<'_>) -> Option<Difference> {
    let scale = |subject: &Subject<'_>| match subject {
        Subject::Indicator { scale, .. } => *scale,
        Subject::Covariate(_) => None,
    };
    let (a, b) = (scale(&request.internal)?, scale(&request.external)?);
    if a != b {
        return None;
    }
    let differences: Moments = xs.iter().zip(ys).map(|(x, y)| x - y).collect();
    paired_t(&differences, request.level).ok()
}

/// r/√(ρₓρᵧ), the limits of its interval divided likewise; over units whose sampling variances
/// are known on both sides.
fn corrected(
    r: &Result<link::Correlation, Undefined>,
    cells: &Cells,
    request: &AlignmentRequest<'_>,
    pairs: u64,
) -> CorrelationView {
    let result = r.clone().and_then(|r| {
        let by_unit = by_unit(request.cells);
        let mut sides: [(Vec<f64>, Vec<f64>); 2] = Default::default();
        let mut missing = Undefined::NoSpreadGiven;
        for unit in &cells.units {
            let Some(own) = by_unit.get(unit) else {
                continue;
            };
            let internal = spread(&request.internal, own, request, internal_of);
            let external = spread(&request.external, own, request, external_of);
            match (internal, external) {
                (Ok(a), Ok(b)) => {
                    for (side, (value, variance)) in sides.iter_mut().zip([a, b]) {
                        side.0.push(value);
                        side.1.push(variance);
                    }
                }
                (Err(reason), _) | (_, Err(reason)) => missing = reason,
            }
        }
        if sides[0].0.len() < 3 {
            return Err(missing);
        }
        let of_x = reliability(&sides[0].0, &sides[0].1)?;
        let of_y = reliability(&sides[1].0, &sides[1].1)?;
        let value = attenuation_corrected(r.value, of_x, of_y)?;
        let interval = r.interval.and_then(|i| {
            Ok(evenkeel_stats::Interval {
                lower: attenuation_corrected(i.lower, of_x, of_y)?,
                upper: attenuation_corrected(i.upper, of_x, of_y)?,
                ..i
            })
        });
        Ok((value, interval, r.n, r.p))
    });
    match result {
        Ok((value, interval, units, p)) => {
            CorrelationView::of(value, interval, request.level, (units, pairs), p, None)
        }
        Err(reason) => CorrelationView::Undefined { reason },
    }
}

/// Value and sampling variance of one side of a unit, all periods together.
fn spread(
    subject: &Subject<'_>,
    cells: &[&AlignmentCell],
    request: &AlignmentRequest<'_>,
    side: fn(&AlignmentCell) -> Option<&Counted>,
) -> Result<(f64, f64), Undefined> {
    let counted = over_periods(subject, cells, side, request).ok_or(Undefined::NoAnswers)?;
    Ok((
        subject.value(&counted.statistics, request.indicators)?,
        subject.variance(&counted, request.indicators)?,
    ))
}

pub(super) fn internal_of(cell: &AlignmentCell) -> Option<&Counted> {
    cell.internal()
}

pub(super) fn external_of(cell: &AlignmentCell) -> Option<&Counted> {
    cell.external()
}

pub(super) fn by_unit(cells: &[AlignmentCell]) -> BTreeMap<&UnitId, Vec<&AlignmentCell>> {
    let mut units: BTreeMap<&UnitId, Vec<&AlignmentCell>> = BTreeMap::new();
    for cell in cells {
        units.entry(&cell.unit).or_default().push(cell);
    }
    units
}

fn slopes(series: &[UnitSeries], level: f64) -> SlopesView {
    let slopes: Vec<_> = unit_slopes(series).into_iter().flatten().collect();
    if slopes.len() < SLOPES_UNITS_MIN {
        let periods = series.iter().map(|u| u.points.len()).max().unwrap_or(0);
        return SlopesView::Undefined {
            reason: if periods < 2 {
                Undefined::OnePeriod
            } else {
                Undefined::TooFewUnits {
                    units: slopes.len() as u64,
                    needed: SLOPES_UNITS_MIN as u64,
                }
            },
        };
    }
    match pool(&slopes, Heterogeneity::Reml, level) {
        Ok(pooled) => SlopesView::Estimate {
            mean: pooled.mean,
            interval: pooled.knapp_hartung,
            sd_between: pooled.tau2.sqrt(),
            units: slopes.len() as u64,
        },
        Err(reason) => SlopesView::Undefined { reason },
    }
}

/// Response rate against value over units; `None` when the rates of this side are not known or
/// units are too few.
fn warning(
    side: SideName,
    subject: &Subject<'_>,
    request: &AlignmentRequest<'_>,
) -> Option<NonResponse> {
    let (mut rates, mut values) = (Vec::new(), Vec::new());
    for cells in by_unit(request.cells).values() {
        let response = |cell: &AlignmentCell| match side {
            SideName::Internal => cell.internal_response,
            SideName::External => cell.external_response,
        };
        let statistics = cells.iter().filter_map(|cell| match side {
            SideName::Internal => cell.internal(),
            SideName::External => cell.external(),
        });
        let value = match subject {
            Subject::Covariate(_) => merged_covariate(subject, statistics, request),
            // Hidden units stay out: a single one could be solved for.
            Subject::Indicator { .. } => merged(subject, statistics, request)
                .filter(|s| !subject.is_hidden(s))
                .and_then(|s| subject.value(&s.statistics, request.indicators).ok()),
        };
        let asked = cells.iter().filter_map(|cell| response(cell)).fold(
            ResponseRate {
                responded: 0.0,
                invited: 0.0,
            },
            |sum, r| ResponseRate {
                responded: sum.responded + r.responded,
                invited: sum.invited + r.invited,
            },
        );
        if let (Some(value), true) = (value, asked.invited > 0.0) {
            rates.push(asked.responded / asked.invited);
            values.push(value);
        }
    }
    let (correlation, warn) = nonresponse(&rates, &values, request.level).ok()?;
    let interval = correlation.interval.ok();
    let party = match subject {
        Subject::Indicator { party, .. } => party.map(|p| p.as_str().to_owned()),
        Subject::Covariate(_) => None,
    };
    Some(NonResponse {
        side,
        party,
        indicator: subject.id().to_owned(),
        r: correlation.value,
        lower: interval.map(|i| i.lower),
        upper: interval.map(|i| i.upper),
        level: request.level,
        units: correlation.n,
        warn,
    })
}
