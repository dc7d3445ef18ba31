//! The control chart of one standard.

use std::sync::Arc;

use evenkeel_compare::delivery::chart::{DeviationsPerPeriod, EVENTS_MAX, Event, needs_events};
use evenkeel_compare::delivery::{
    Ask, Baseline, Before, ChartInput, ControlChart, Edition, Events, LookCell, Of, capable, chart,
    verdict,
};
use evenkeel_foundation::{Foundation, Granularity, Requirement, StandardId, UnitId};
use evenkeel_measure::{By, LookQuestion, SeenEvents, Window};
use evenkeel_registry::BaselineRecord;
use jiff::civil::Date;

use super::{look_cell, protection_view, shown_unit, teams};
use crate::answers::{AnswerError, LEVEL};
use crate::api::view::{
    CapabilityView, ChartParts, ControlChartView, StandardRef, UnitRef, VersionMark,
};
use crate::office::{FalseAlarms, KnownStandard, Office};

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartAsked {
    pub unit: Option<UnitId>,
    pub granularity: Granularity,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub ask: Ask,
    /// Days that would count as normal, to see what the limits would be.
    pub normal: Option<(Date, Date)>,
}

/// Draws it.
pub async fn control_chart(
    office: &Office,
    foundation: &Arc<Foundation>,
    known: KnownStandard,
    baselines: Vec<BaselineRecord>,
    asked: ChartAsked,
) -> Result<ControlChartView, AnswerError> {
    let protection = teams(foundation).protect(asked.unit.as_ref(), asked.granularity);
    let granularity = protection.granularity;
    let window = Window {
        by: vec![By::Period(granularity)],
        from: asked.from,
        to: asked.to,
        under: protection.unit.clone(),
    };
    let id = &known.standard.id;
    let mut baselines = of_unit(baselines, protection.unit.as_ref());
    // The latest said counts.
    baselines.extend(asked.normal.map(|(from, to)| Baseline {
        from,
        to,
        author: String::new(),
        reason: String::new(),
    }));
    let shown = seen(office, id, &window, granularity, asked.ask).await?;
    let before = match before_window(&window, &baselines) {
        Some(before) => seen(office, id, &before, granularity, asked.ask).await?,
        None => Seen::default(),
    };
    let whole = Window {
        by: Vec::new(),
        ..window
    };
    let convenience = asked.ask.convenience;
    let limits = known.standard.requirement.limits();
    let mut numbers = None;
    if asked.ask.of == Of::Value && limits.is_some() {
        numbers = office.look_numbers(id, &whole, convenience).await?;
    }
    let mut drawing = Drawing {
        cells: shown.cells,
        events: Events::NoLooks,
        deviations: shown.deviations,
        before: (before.cells, before.deviations),
        editions: known.editions,
        baselines,
        more_is_better: more_is_better(&known.standard.requirement),
        snapshot: shown.snapshot,
        alarms: office.false_alarms(),
        ask: asked.ask,
    };
    if drawing.needs_events() {
        let seen = office
            .deviation_events(id, &whole, convenience, EVENTS_MAX)
            .await?;
        drawing.events = events(seen);
    }
    // Simulating false alarms takes up to a second the first time.
    let (drawn, drawing) = tokio::task::spawn_blocking(move || (drawing.chart(), drawing)).await?;
    let snapshot = drawing.snapshot.as_str();
    let parts = ChartParts::of(&drawn, snapshot);
    let nominal = match &known.standard.requirement {
        Requirement::Range(range) => range.nominal,
        _ => None,
    };
    let capability = limits.zip(numbers).map(|(limits, numbers)| {
        let found = capable(&numbers, &limits, nominal, &drawn, LEVEL);
        let n = numbers.iter().map(|(_, count)| count).sum();
        CapabilityView::new(found, n, snapshot)
    });
    let found = verdict(&drawing.cells, &drawing.editions, LEVEL, snapshot);
    Ok(ControlChartView {
        standard: Some(StandardRef::new(foundation, &known.standard)),
        indicator: None,
        unit: shown_unit(foundation, &protection).map(UnitRef::from),
        granularity: granularity.into(),
        protection: protection_view(&protection, asked.unit.as_ref(), asked.granularity),
        versions: VersionMark::all(&drawn, &drawing.editions),
        of: parts.of,
        chart: parts.chart,
        because: parts.because,
        refused: parts.refused,
        rules: parts.rules,
        points: parts.points,
        segments: parts.segments,
        signals: parts.signals,
        false_alarms: parts.false_alarms,
        run_length: drawn.run_length,
        convenience_left_out: drawn.convenience_left_out,
        not_known: drawn.not_known,
        periods_without: 0,
        verdict: Some(found.into()),
        capability,
        snapshot: drawing.snapshot,
    })
}

/// What was seen within some days.
#[derive(Debug, Default)]
struct Seen {
    cells: Vec<LookCell>,
    deviations: Vec<DeviationsPerPeriod>,
    snapshot: String,
}

async fn seen(
    office: &Office,
    standard: &StandardId,
    window: &Window,
    granularity: Granularity,
    ask: Ask,
) -> Result<Seen, AnswerError> {
    let counted = office
        .looks(&LookQuestion {
            standards: vec![standard.clone()],
            window: window.clone(),
        })
        .await?;
    let mut deviations = Vec::new();
    if ask.of == Of::Deviations {
        let whole = Window {
            by: Vec::new(),
            ..window.clone()
        };
        let ways = office
            .ways(standard, &whole, granularity, ask.convenience)
            .await?;
        let counts = ways.periods.iter().map(|of| DeviationsPerPeriod {
            period: of.period,
            version: Some(of.version),
            deviations: of.deviations,
            looks: of.looks,
        });
        deviations = counts.collect();
    }
    Ok(Seen {
        cells: counted.cells.iter().map(look_cell).collect(),
        deviations,
        snapshot: counted.snapshot,
    })
}

/// The days from the first baseline to the first that is shown: limits are made of a baseline's
/// days, whether they are shown or not.
fn before_window(shown: &Window, baselines: &[Baseline]) -> Option<Window> {
    let from = shown.from?;
    let first = baselines.iter().map(|baseline| baseline.from).min()?;
    let yesterday = from.yesterday().ok()?;
    (first <= yesterday).then(|| Window {
        from: Some(first),
        to: Some(yesterday),
        ..shown.clone()
    })
}

/// Everything that a chart is made of, owned: it is drawn on another thread.
struct Drawing {
    cells: Vec<LookCell>,
    events: Events,
    deviations: Vec<DeviationsPerPeriod>,
    before: (Vec<LookCell>, Vec<DeviationsPerPeriod>),
    editions: Vec<Edition>,
    baselines: Vec<Baseline>,
    more_is_better: Option<bool>,
    snapshot: String,
    alarms: FalseAlarms,
    ask: Ask,
}

impl Drawing {
    fn chart(&self) -> ControlChart {
        self.with_input(|input| chart(self.ask, input))
    }

    fn needs_events(&self) -> bool {
        self.with_input(|input| needs_events(self.ask, input))
    }

    fn with_input<T>(&self, ask: impl FnOnce(&ChartInput<'_>) -> T) -> T {
        let alarms = |rules, points, r| self.alarms.share(rules, points, r);
        ask(&ChartInput {
            cells: &self.cells,
            events: self.events.clone(),
            deviations: &self.deviations,
            before: Before {
                cells: &self.before.0,
                deviations: &self.before.1,
            },
            editions: &self.editions,
            baselines: &self.baselines,
            more_is_better: self.more_is_better,
            level: LEVEL,
            snapshot: &self.snapshot,
            false_alarms: &alarms,
        })
    }
}

/// Sooner is better; in a range neither end is.
fn more_is_better(requirement: &Requirement) -> Option<bool> {
    match requirement {
        Requirement::Duration(_) => Some(false),
        Requirement::Range(range) => match (range.lower, range.upper) {
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            _ => None,
        },
        Requirement::Checklist(_) | Requirement::Rubric(_) => Some(true),
        Requirement::Wording(_) | Requirement::Sequence(_) => None,
    }
}

/// The baselines of one unit's chart, in the order they were declared in.
pub(super) fn of_unit(baselines: Vec<BaselineRecord>, unit: Option<&UnitId>) -> Vec<Baseline> {
    baselines
        .into_iter()
        .filter(|baseline| baseline.unit.as_ref() == unit)
        .map(|baseline| Baseline {
            from: baseline.from,
            to: baseline.to,
            author: baseline.author,
            reason: baseline.reason,
        })
        .collect()
}

fn events(seen: SeenEvents) -> Events {
    match seen {
        SeenEvents::Listed(list) => Events::Listed(
            list.into_iter()
                .map(|event| Event {
                    day: event.day,
                    at_days: event.at_days,
                    kept_before: event.kept_before,
                    version: Some(event.version),
                })
                .collect(),
        ),
        SeenEvents::TooMany => Events::TooMany,
        SeenEvents::NoLooks => Events::NoLooks,
    }
}
