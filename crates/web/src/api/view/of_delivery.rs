//! Views of delivery.

use evenkeel_compare as compare;
use evenkeel_compare::delivery::chart::{Cause, Segment};
use evenkeel_compare::delivery::{
    Baseline, Capable, ControlChart, DeliveryVerdict, Deviation, Edition, Outcome, VERDICT_LEVEL,
};
use evenkeel_foundation as foundation;
use evenkeel_foundation::{Foundation, Requirement};
use evenkeel_stats::{Measured, Undefined};
use serde_json::Value;

use super::of_stats::word;
use super::{
    Autocorrelation, BaselineView, CapabilityView, ControlPoint, DeviationView, Estimated,
    FalseAlarms, OutcomeWord, PeriodRef, QuantileView, Reason, RefusedChart, SegmentView,
    SignalView, StandardRef, Text, VerdictView, VersionMark,
};

impl StandardRef {
    /// A standard as answers refer to it.
    pub fn new(foundation: &Foundation, standard: &foundation::Standard) -> Self {
        let touchpoint = foundation.touchpoints.get(&standard.touchpoint);
        let owner = foundation.teams.get(&standard.owner);
        Self {
            id: standard.id.to_string(),
            title: Text::from(&standard.title),
            dimension: standard.dimension.to_string(),
            touchpoint: standard.touchpoint.to_string(),
            touchpoint_title: touchpoint.map(|touchpoint| Text::from(&touchpoint.title)),
            owner: standard.owner.to_string(),
            owner_title: owner.map(|team| Text::from(&team.title)),
            owed_by: standard.owed_by.to_string(),
            owed_to: standard.owed_to.to_string(),
            picture: standard.picture.clone(),
            target: standard.target.get(),
            requirement: standard.requirement.as_str().to_owned(),
            unit_of_measure: match &standard.requirement {
                Requirement::Duration(_) => Some("s".to_owned()),
                Requirement::Range(range) => Some(range.unit_of_measure.clone()),
                _ => None,
            },
        }
    }
}

impl From<DeliveryVerdict> for VerdictView {
    fn from(verdict: DeliveryVerdict) -> Self {
        let (outcome, reason) = match verdict.outcome {
            Outcome::Met => (OutcomeWord::Met, None),
            Outcome::NotMet => (OutcomeWord::NotMet, None),
            Outcome::Undecided => (OutcomeWord::Undecided, None),
            Outcome::None { reason } => (OutcomeWord::None, Some(word(&reason))),
        };
        Self {
            share: verdict.share.into(),
            outcome,
            reason,
            target: verdict.target,
            level: VERDICT_LEVEL,
            version: verdict.version,
            convenience: verdict.convenience,
            earlier: verdict.earlier,
            not_known: verdict.looks.not_known,
            not_known_decides: verdict.not_known_decides,
        }
    }
}

/// Points, segments, signals: what a chart says about itself.
pub struct ChartParts {
    pub of: String,
    pub chart: String,
    pub because: String,
    pub refused: Option<RefusedChart>,
    pub rules: String,
    pub points: Vec<ControlPoint>,
    pub segments: Vec<SegmentView>,
    pub signals: Vec<SignalView>,
    pub false_alarms: FalseAlarms,
}

impl ChartParts {
    /// Of a chart that was computed from `snapshot`.
    pub fn of(chart: &ControlChart, snapshot: &str) -> Self {
        let periods: Vec<PeriodRef> = chart
            .points
            .iter()
            .map(|point| PeriodRef::from(&point.period))
            .collect();
        let points = chart.points.iter().zip(&periods);
        let signals = chart.signals.iter().filter_map(|signal| {
            Some(SignalView {
                rule: word(&signal.rule),
                side: signal.side,
                meaning: word(&signal.meaning),
                window: signal.window as u64,
                points: signal.points.iter().map(|point| *point as u64).collect(),
                from: periods.get(*signal.points.first()?)?.clone(),
                to: periods.get(*signal.points.last()?)?.clone(),
            })
        });
        let last = chart.segments.last();
        Self {
            of: word(&chart.of),
            chart: word(&chart.kind),
            because: word(&chart.because),
            refused: chart.refused.map(|(kind, reason)| RefusedChart {
                chart: word(&kind),
                reason: Reason::of(&reason),
            }),
            rules: word(&chart.rules),
            points: points
                .map(|(point, period)| ControlPoint {
                    period: period.clone(),
                    version: point.version,
                    segment: point.segment as u64,
                    estimate: point.estimate.clone().into(),
                    centre: point.centre,
                    lower: point.lower,
                    upper: point.upper,
                    rule: point.signal.map(|(rule, _)| word(&rule)),
                    meaning: point.signal.map(|(_, meaning)| word(&meaning)),
                })
                .collect(),
            segments: chart.segments.iter().map(SegmentView::from).collect(),
            signals: signals.collect(),
            false_alarms: FalseAlarms {
                points: last.map_or(0, |segment| (segment.last - segment.first + 1) as u64),
                share: simulated(&chart.false_alarm, snapshot),
                share_remembering: chart
                    .false_alarm_remembering
                    .as_ref()
                    .map(|share| simulated(share, snapshot)),
                autocorrelation: chart
                    .autocorrelation
                    .as_ref()
                    .ok()
                    .map(|found| Autocorrelation {
                        r: found.r,
                        p: found.p,
                        warns: found.warns,
                    }),
            },
        }
    }
}

fn simulated(share: &Result<Measured, Undefined>, snapshot: &str) -> Estimated {
    measured(share.clone(), compare::EstimateMethod::Simulated, snapshot)
}

/// A measured number as answers say it.
fn measured(
    measured: Result<Measured, Undefined>,
    method: compare::EstimateMethod,
    snapshot: &str,
) -> Estimated {
    match measured {
        Ok(measured) => {
            let estimate = compare::Estimate::new(measured, method, snapshot);
            compare::Estimated::Estimate(estimate).into()
        }
        Err(reason) => Estimated::Undefined {
            reason: Reason::from(&reason),
            n: 0,
            snapshot: snapshot.to_owned(),
        },
    }
}

impl Reason {
    /// An enum with its code in `reason` and its parameters beside it.
    pub(super) fn of(tagged: &impl serde::Serialize) -> Self {
        match serde_json::to_value(tagged) {
            Ok(Value::Object(mut fields)) => {
                let reason = fields.remove("reason");
                Self {
                    reason: reason
                        .and_then(|code| code.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    parameters: fields.into_iter().collect(),
                }
            }
            _ => Self::word(&word(tagged)),
        }
    }
}

impl From<&Segment> for SegmentView {
    fn from(segment: &Segment) -> Self {
        let (cause, version, baseline) = match &segment.cause {
            Cause::Start => ("start", None, None),
            Cause::Version(version) => ("version", Some(*version), None),
            Cause::Baseline(baseline) => ("baseline", None, Some(BaselineView::from(baseline))),
        };
        Self {
            first: segment.first as u64,
            last: segment.last as u64,
            cause: cause.to_owned(),
            version,
            baseline,
            baseline_points: segment.baseline_points as u64,
            maturity: word(&segment.maturity),
            centre: segment.centre.as_ref().ok().copied(),
            no_limits: segment.centre.as_ref().err().map(Reason::from),
            sigma_z: segment.sigma_z,
        }
    }
}

impl From<&Baseline> for BaselineView {
    fn from(baseline: &Baseline) -> Self {
        Self {
            unit: None,
            from: baseline.from,
            to: baseline.to,
            author: baseline.author.clone(),
            reason: baseline.reason.clone(),
            at: None,
        }
    }
}

impl VersionMark {
    /// The versions that began after the first point of a chart.
    pub fn all(chart: &ControlChart, editions: &[Edition]) -> Vec<Self> {
        let began = editions.iter().filter_map(|edition| {
            let from = edition.from?;
            let point = chart.points.iter().position(|point| {
                point.period.end() >= from && point.version.is_none_or(|v| v >= edition.version)
            })?;
            (point > 0).then_some(Self {
                version: edition.version,
                from,
                point: point as u64,
                rebases: edition.rebases,
            })
        });
        began.collect()
    }
}

impl CapabilityView {
    /// Of observed numbers.
    pub fn new(capable: Result<Capable, Undefined>, n: u64, snapshot: &str) -> Self {
        use compare::EstimateMethod::{Capability, Quantile, Share};
        let of = |number, method| measured(Ok(number), method, snapshot);
        match capable {
            Ok(Capable::Indices { cp, cpk, ppk }) => Self::Indices {
                cp: of(cp, Capability),
                cpk: of(cpk, Capability),
                ppk: of(ppk, Capability),
            },
            Ok(Capable::Seen {
                reason,
                below,
                above,
                quantiles,
            }) => Self::Seen {
                why: word(&reason),
                below: of(below, Share),
                above: of(above, Share),
                quantiles: quantiles
                    .into_iter()
                    .map(|quantile| {
                        let interval = quantile.interval.map(|of| of.interval);
                        QuantileView {
                            q: quantile.q,
                            value: of(Measured::new(quantile.value, n, interval), Quantile),
                        }
                    })
                    .collect(),
            },
            Err(reason) => Self::Undefined {
                reason: Reason::from(&reason),
            },
        }
    }
}

impl From<Deviation> for DeviationView {
    fn from(line: Deviation) -> Self {
        Self {
            kind: line.of.kind,
            naming: line.of.naming,
            count: line.of.count,
            looks: line.of.looks,
            share: line.share.into(),
            part: line.part,
            cumulative: line.cumulative,
        }
    }
}
