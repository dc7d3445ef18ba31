//! From looks to a chart.

use evenkeel_stats::chart::false_alarm::autocorrelation;
use evenkeel_stats::chart::{Anhoej, Maturity, RuleSet};
use evenkeel_stats::{Measured, Undefined};

use super::input::{Ask, ChartInput};
use super::kind::{ChartKind, Of, choose, underlying, wants_events};
use super::limits::{Limits, measured, value};
use super::segments::{Cause, Raw, Segment, beginnings, points, points_before, shown};
use super::signals::{Meaning, RuleName, SignalFound, found, naming, range};
use super::{ControlChart, Point, drift, rare};
use crate::estimate::{Estimate, EstimateMethod, Estimated};

/// The control chart of what was asked for.
pub fn chart(ask: Ask, input: &ChartInput<'_>) -> ControlChart {
    let periods = points(ask, input);
    let (kind, because, refused) = choose(ask, input, &periods);
    let raws = match kind {
        ChartKind::G | ChartKind::T => rare::points(input),
        _ => periods,
    };
    let more_is_better = match (kind, ask.of) {
        (ChartKind::G | ChartKind::T, _) | (_, Of::Kept) => Some(true),
        (_, Of::Deviations) => Some(false),
        (_, Of::Value) => input.more_is_better,
    };
    let mut drawn = Drawn {
        ask,
        input,
        kind,
        more_is_better,
        points: Vec::new(),
        segments: Vec::new(),
        signals: Vec::new(),
        runs: Vec::new(),
        last_z: Vec::new(),
    };
    let mut all = match kind {
        ChartKind::G | ChartKind::T => Vec::new(),
        _ => points_before(ask, input),
    };
    let hidden = all.len();
    all.extend(raws);
    let starts = beginnings(&all, input);
    for (place, (first, cause)) in starts.iter().enumerate() {
        let next = starts.get(place + 1).map_or(all.len(), |(next, _)| *next);
        // A segment that ends before the first point is not seen.
        if next > hidden {
            drawn.segment(&all, hidden, *first, next - 1, cause);
        }
    }
    drawn
        .signals
        .sort_by_key(|signal| signal.points.first().copied());
    let autocorrelation = autocorrelation(&drawn.last_z);
    let alarms = |r: f64| match kind {
        ChartKind::Cusum | ChartKind::Ewma => Err(Undefined::WrongStatistics),
        _ => (input.false_alarms)(ask.rules, drawn.last_z.len(), r),
    };
    let remembering = autocorrelation.as_ref().ok().filter(|found| found.warns);
    let convenience = input
        .cells
        .iter()
        .filter(|cell| !cell.chosen.speaks_for_all());
    ControlChart {
        of: ask.of,
        kind,
        because,
        refused,
        rules: ask.rules,
        false_alarm: alarms(0.0),
        false_alarm_remembering: remembering.map(|found| alarms(found.r)),
        autocorrelation,
        run_length: drift::run_length(kind),
        convenience_left_out: if ask.convenience {
            0
        } else {
            convenience.map(|cell| cell.looks.all()).sum()
        },
        not_known: shown(ask, input.cells)
            .map(|cell| cell.looks.not_known)
            .sum(),
        points: drawn.points,
        segments: drawn.segments,
        signals: drawn.signals,
        runs: drawn.runs,
    }
}

/// Whether the chart needs the looks that deviated one by one; `input` may come without them.
pub fn needs_events(ask: Ask, input: &ChartInput<'_>) -> bool {
    wants_events(ask, &points(ask, input))
}

/// A chart in the making.
struct Drawn<'a> {
    ask: Ask,
    input: &'a ChartInput<'a>,
    kind: ChartKind,
    more_is_better: Option<bool>,
    points: Vec<Point>,
    segments: Vec<Segment>,
    signals: Vec<SignalFound>,
    runs: Vec<Option<Anhoej>>,
    /// Departures of the last segment.
    last_z: Vec<f64>,
}

impl Drawn<'_> {
    /// From `first` to `last` of all that was seen; the first `hidden` of these are no points.
    fn segment(&mut self, all: &[Raw], hidden: usize, first: usize, last: usize, cause: &Cause) {
        let own = &all[range(first.max(hidden), last)];
        let baseline: Vec<&Raw> = match cause {
            Cause::Baseline(declared) => all[range(first, last)]
                .iter()
                .filter(|raw| raw.period.start() <= declared.to)
                .collect(),
            Cause::Start | Cause::Version(_) => own.iter().collect(),
        };
        let raws = &all[hidden..];
        let (first, last) = (first.max(hidden) - hidden, last - hidden);
        let of = self.ask.of;
        let drifting = matches!(self.kind, ChartKind::Cusum | ChartKind::Ewma);
        let under = if drifting {
            underlying(self.ask, raws)
        } else {
            self.kind
        };
        let limits = Limits::of(under, of, &baseline);
        let values: Vec<f64> = own
            .iter()
            .map(|raw| value(under, of, raw).unwrap_or_default())
            .collect();
        let z: Vec<f64> = match &limits {
            Ok(limits) => own
                .iter()
                .zip(&values)
                .map(|(raw, value)| limits.z(raw, *value))
                .collect(),
            Err(_) => Vec::new(),
        };
        let centre = limits.as_ref().map(Limits::centre).map_err(Clone::clone);
        let place = self.segments.len();
        if drifting {
            self.departures(own, place, first, &z);
        } else {
            self.read(own, place, first, &values, &z, limits.as_ref().ok());
        }
        self.segments.push(Segment {
            first,
            last,
            cause: cause.clone(),
            baseline_points: baseline.len(),
            maturity: Maturity::of(baseline.len()),
            sigma_z: limits.as_ref().ok().and_then(Limits::sigma_z),
            sigma_of_values: limits
                .as_ref()
                .ok()
                .and_then(|limits| limits.sigma_of_values(of, &baseline)),
            centre: if drifting {
                centre.map(|_| 0.0)
            } else {
                centre
            },
        });
        self.last_z = z;
    }

    /// Points with the limits of their segment, read by the rules.
    fn read(
        &mut self,
        own: &[Raw],
        segment: usize,
        first: usize,
        values: &[f64],
        z: &[f64],
        limits: Option<&Limits>,
    ) {
        let (signals, runs) = if self.ask.rules == RuleSet::Anhoej {
            let middle = median(values);
            let apart: Vec<f64> = values.iter().map(|value| value - middle).collect();
            found(
                self.ask.rules,
                self.kind,
                &apart,
                first,
                self.more_is_better,
            )
        } else {
            found(self.ask.rules, self.kind, z, first, self.more_is_better)
        };
        for (offset, raw) in own.iter().enumerate() {
            let (number, method) = measured(self.kind, self.ask.of, raw, self.input.level);
            let (lower, upper) = limits.map_or((None, None), |of| of.at(self.ask.of, raw));
            self.points.push(Point {
                period: raw.period,
                version: raw.version,
                segment,
                estimate: self.estimated(number, method, raw.looks.n),
                centre: limits.map(Limits::centre),
                lower,
                upper,
                signal: naming(&signals, first + offset),
            });
        }
        self.signals.extend(signals);
        self.runs.push(runs);
    }

    /// Points of a chart of departures.
    fn departures(&mut self, own: &[Raw], segment: usize, first: usize, z: &[f64]) {
        let (rule, method) = match self.kind {
            ChartKind::Cusum => (RuleName::BeyondDecisionInterval, EstimateMethod::Cusum),
            _ => (RuleName::Beyond, EstimateMethod::Ewma),
        };
        let drifts = drift::of(self.kind, z).unwrap_or_default();
        let mut signals: Vec<SignalFound> = Vec::new();
        for (offset, raw) in own.iter().enumerate() {
            let at = drifts.get(offset);
            let side = at.map_or(0, |at| {
                i8::from(at.value > at.upper) - i8::from(at.value < at.lower)
            });
            let meaning = Meaning::of(side, self.more_is_better);
            let point = first + offset;
            if side != 0 {
                match signals.last_mut() {
                    Some(last) if last.side == side && last.points.last() == Some(&(point - 1)) => {
                        last.points.push(point);
                    }
                    _ => signals.push(SignalFound {
                        rule,
                        side,
                        meaning,
                        window: 1,
                        points: vec![point],
                    }),
                }
            }
            let number = at
                .ok_or(Undefined::ZeroVariance)
                .map(|at| Measured::new(at.value, raw.looks.n, Err(Undefined::NotASample)));
            self.points.push(Point {
                period: raw.period,
                version: raw.version,
                segment,
                estimate: self.estimated(number, method, raw.looks.n),
                centre: at.map(|_| 0.0),
                lower: at.map(|at| at.lower),
                upper: at.map(|at| at.upper),
                signal: (side != 0).then_some((rule, meaning)),
            });
        }
        self.signals.extend(signals);
        self.runs.push(None);
    }

    fn estimated(
        &self,
        measured: Result<Measured, Undefined>,
        method: EstimateMethod,
        n: u64,
    ) -> Estimated {
        let snapshot = self.input.snapshot;
        match measured {
            Ok(measured) => Estimated::Estimate(Estimate::new(measured, method, snapshot)),
            Err(reason) => Estimated::Undefined {
                reason,
                n,
                snapshot: snapshot.to_owned(),
            },
        }
    }
}

pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n => f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]),
    }
}
