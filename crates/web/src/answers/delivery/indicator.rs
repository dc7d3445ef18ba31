//! The control chart of an indicator: its estimates by period, through the gate.

use evenkeel_compare::Estimated;
use evenkeel_compare::delivery::chart::series_chart;
use evenkeel_foundation::{Direction, Foundation, Granularity, Indicator, Period, UnitId};
use evenkeel_measure::By;
use evenkeel_stats::chart::RuleSet;
use jiff::civil::Date;

use crate::answers::{AnswerError, Asked, context};
use crate::api::view::{ChartParts, ControlChartView, IndicatorRef, UnitRef};
use crate::office::Office;

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorChartAsked {
    pub unit: Option<UnitId>,
    pub granularity: Granularity,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub rules: RuleSet,
}

/// Draws it.
pub async fn indicator_chart(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    asked: IndicatorChartAsked,
) -> Result<ControlChartView, AnswerError> {
    let question = Asked {
        by: vec![By::Period(asked.granularity)],
        from: asked.from,
        to: asked.to,
        under: asked.unit.clone(),
        weighted: false,
    };
    let answer = question.ask(office, foundation, indicator).await?;
    let context = context(foundation, indicator, &answer.snapshot);
    let estimates: Vec<(Period, Estimated)> = answer
        .cells
        .iter()
        .filter_map(|cell| {
            let estimate = evenkeel_compare::estimate(indicator, &cell.passed, &context);
            Some((cell.period?, estimate))
        })
        .collect();
    let more_is_better = indicator.direction == Direction::HigherIsBetter;
    let (rules, alarms) = (asked.rules, office.false_alarms());
    let (drawn, without) = tokio::task::spawn_blocking(move || {
        let alarms = |rules, points, r| alarms.share(rules, points, r);
        series_chart(&estimates, rules, more_is_better, &alarms)
    })
    .await?;
    let parts = ChartParts::of(&drawn, &answer.snapshot);
    let unit = asked.unit.as_ref().and_then(|id| foundation.units.get(id));
    Ok(ControlChartView {
        standard: None,
        indicator: Some(IndicatorRef::new(foundation, indicator)),
        unit: unit.map(UnitRef::from),
        granularity: asked.granularity.into(),
        protection: None,
        versions: Vec::new(),
        of: parts.of,
        chart: parts.chart,
        because: parts.because,
        refused: None,
        rules: parts.rules,
        points: parts.points,
        segments: parts.segments,
        signals: parts.signals,
        false_alarms: parts.false_alarms,
        run_length: None,
        convenience_left_out: 0,
        not_known: 0,
        periods_without: without,
        verdict: None,
        capability: None,
        snapshot: answer.snapshot,
    })
}
