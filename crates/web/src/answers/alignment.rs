//! An internal and an external side, unit by unit.
//!
//! Invariant: units are listed by title, never by value.

use std::collections::BTreeMap;

use evenkeel_compare::{AlignmentCell, AlignmentRequest, ResponseRate, Subject};
use evenkeel_foundation::{Covariate, Foundation, Granularity, LevelId, Period, UnitId};
use evenkeel_measure::{Answer, By, Question, Subject as Asked};
use evenkeel_stats::Statistics;
use jiff::civil::Date;

use super::gated::{self, Gated};
use super::{AnswerError, LEVEL, Measurable};
use crate::api::view::{
    AlignmentView, Correlation, Cut, Cuts, DifferenceOfMeans, Finding, Lagged, NonResponse,
    PeriodRef, SideValue, Text, UnitAlignment,
};
use crate::office::Office;

/// Over which units and periods.
#[derive(Debug, Clone)]
pub struct AlignmentAsked {
    pub level: LevelId,
    /// Also by period, so that moving together within a unit can be seen.
    pub granularity: Option<Granularity>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Units are placed by this period; all together where it is not said.
    pub period: Option<Period>,
    /// Only this unit and what is below it.
    pub under: Option<UnitId>,
    pub weighted: bool,
    /// Covariates whose product weighs the rows of the lagged regressions.
    pub lagged_weights: Vec<Covariate>,
}

/// Both sides and both response rates, asked at once.
pub async fn alignment(
    office: &Office,
    foundation: &Foundation,
    internal: &Measurable,
    external: &Measurable,
    asked: AlignmentAsked,
) -> Result<AlignmentView, AnswerError> {
    let (internal_answer, external_answer, internal_rates, external_rates) = futures::try_join!(
        ask(office, foundation, internal.subject(), &asked),
        ask(office, foundation, external.subject(), &asked),
        ask_rates(office, foundation, internal, &asked),
        ask_rates(office, foundation, external, &asked),
    )?;
    let whole = whole(
        office,
        foundation,
        [internal, external],
        [&internal_answer, &external_answer],
        &asked,
    )
    .await?;
    let weights = asked.lagged_weights.iter().map(|covariate| {
        let subject = Asked::Covariate(covariate.id.clone());
        ask(office, foundation, subject, &asked)
    });
    let weights = futures::future::try_join_all(weights).await?;
    let mut snapshots = vec![&internal_answer.snapshot, &external_answer.snapshot];
    snapshots.extend(weights.iter().map(|answer| &answer.snapshot));
    snapshots.extend(whole.iter().map(|(_, snapshot)| snapshot));
    let snapshot = joined(&snapshots);
    let whole: Vec<AlignmentCell> = whole.into_iter().flat_map(|(cells, _)| cells).collect();
    let mut cells = cells(
        internal_answer,
        external_answer,
        internal_rates,
        external_rates,
    );
    weigh(&mut cells, weights);
    let aligned = evenkeel_compare::align(&AlignmentRequest {
        internal: subject(foundation, internal),
        external: subject(foundation, external),
        cells: &cells,
        whole: &whole,
        placement_period: asked.period,
        indicators: &foundation.indicators,
        level: LEVEL,
        snapshot: &snapshot,
        lagged_weights: &asked.lagged_weights,
    });
    let mut units: Vec<UnitAlignment> = aligned
        .units
        .into_iter()
        .map(|unit| {
            let known = foundation.unit(&unit.unit);
            UnitAlignment {
                title: known.map_or_else(
                    || Text::plain(unit.unit.as_str()),
                    |known| Text::from(&known.title),
                ),
                parent: known
                    .and_then(|known| known.parent.as_ref())
                    .map(ToString::to_string),
                unit: unit.unit.to_string(),
                internal: SideValue::from(unit.internal),
                external: SideValue::from(unit.external),
                internal_cut: unit.internal_cut,
                external_cut: unit.external_cut,
                quadrant: unit.standing.into(),
            }
        })
        .collect();
    let language = foundation.organisation.languages.first();
    let language = language.map_or("en", String::as_str);
    units.sort_by_cached_key(|unit| (unit.title.get(language).to_lowercase(), unit.unit.clone()));
    Ok(AlignmentView {
        internal: internal.view(foundation),
        external: external.view(foundation),
        level: asked.level.to_string(),
        period: asked.period.as_ref().map(PeriodRef::from),
        cuts: Cuts {
            internal: Cut::from(aligned.internal_cut),
            external: Cut::from(aligned.external_cut),
        },
        interval_level: aligned.interval_level,
        units_compared: aligned.units_compared,
        units,
        counts: aligned.counts.into(),
        within: aligned.within.into(),
        within_weighted: Correlation::weighted(aligned.within_weighted),
        between: aligned.between.into(),
        between_weighted: Correlation::weighted(aligned.between_weighted),
        headline: aligned.headline.into(),
        corrected_for_attenuation: aligned.corrected_for_attenuation.into(),
        slopes: aligned.slopes.into(),
        lagged: aligned.lagged.map(Lagged::from),
        internal_summary: aligned.internal_summary.into(),
        external_summary: aligned.external_summary.into(),
        difference: aligned.difference.map(DifferenceOfMeans::from),
        nonresponse: aligned
            .nonresponse
            .into_iter()
            .map(NonResponse::from)
            .collect(),
        cells_left_out: aligned.cells_left_out,
        findings: aligned.findings.iter().map(Finding::from).collect(),
        snapshot,
    })
}

async fn ask(
    office: &Office,
    foundation: &Foundation,
    subject: Asked,
    asked: &AlignmentAsked,
) -> Result<Gated, AnswerError> {
    gated::ask(office, foundation, &question(subject, asked)).await
}

fn question(subject: Asked, asked: &AlignmentAsked) -> Question {
    let mut by = vec![By::Unit(Some(asked.level.clone()))];
    by.extend(asked.granularity.map(By::Period));
    Question {
        subject,
        by,
        from: asked.from,
        to: asked.to,
        under: asked.under.clone(),
        weighted: asked.weighted,
    }
}

async fn ask_rates(
    office: &Office,
    foundation: &Foundation,
    measurable: &Measurable,
    asked: &AlignmentAsked,
) -> Result<Option<Answer>, AnswerError> {
    match measurable.party() {
        Some(party) => {
            let subject = Asked::Invitations(party.clone());
            let question = question(subject, asked);
            Ok(Some(office.ask_facts(foundation, &question).await?))
        }
        None => Ok(None),
    }
}

/// Each unit over all periods together, and of which tables, where the cells are by period and
/// rows say who answered: a person of several months is one person.
async fn whole(
    office: &Office,
    foundation: &Foundation,
    [internal, external]: [&Measurable; 2],
    by_period: [&Gated; 2],
    asked: &AlignmentAsked,
) -> Result<Option<(Vec<AlignmentCell>, String)>, AnswerError> {
    let keyed = by_period
        .iter()
        .any(|answer| answer.cells.iter().any(|cell| cell.passed.knows_people()));
    if asked.granularity.is_none() || !keyed {
        return Ok(None);
    }
    let asked = AlignmentAsked {
        granularity: None,
        ..asked.clone()
    };
    let released = [internal, external].iter().all(|side| match side {
        Measurable::Indicator(indicator) => {
            let question = question(side.subject(), &asked);
            gated::is_released_window(foundation, indicator, &question)
        }
        Measurable::Covariate(_) => true,
    });
    if !released {
        return Ok(None);
    }
    let (internal, external) = futures::try_join!(
        ask(office, foundation, internal.subject(), &asked),
        ask(office, foundation, external.subject(), &asked),
    )?;
    let snapshot = joined(&[&internal.snapshot, &external.snapshot]);
    Ok(Some((cells(internal, external, None, None), snapshot)))
}

fn subject<'a>(foundation: &Foundation, measurable: &'a Measurable) -> Subject<'a> {
    match measurable {
        Measurable::Indicator(indicator) => Subject::Indicator {
            indicator,
            party: indicator.party.as_ref(),
            minimum_n: measurable.minimum_n(foundation),
            scale: evenkeel_compare::scale_of(foundation, indicator),
        },
        Measurable::Covariate(covariate) => Subject::Covariate(covariate),
    }
}

/// Puts both answers and both rates together by unit and period.
fn cells(
    internal: Gated,
    external: Gated,
    internal_rates: Option<Answer>,
    external_rates: Option<Answer>,
) -> Vec<AlignmentCell> {
    let mut cells = Cells::new();
    for cell in internal.cells {
        put(&mut cells, cell.unit, cell.period, |at| {
            at.internal = Some(cell.passed);
        });
    }
    for cell in external.cells {
        put(&mut cells, cell.unit, cell.period, |at| {
            at.external = Some(cell.passed);
        });
    }
    for cell in internal_rates.into_iter().flat_map(|rates| rates.cells) {
        let rate = rate(&cell.statistics);
        put(&mut cells, cell.unit, cell.period, |at| {
            at.internal_response = rate;
        });
    }
    for cell in external_rates.into_iter().flat_map(|rates| rates.cells) {
        let rate = rate(&cell.statistics);
        put(&mut cells, cell.unit, cell.period, |at| {
            at.external_response = rate;
        });
    }
    // A unit that was only invited, on both sides, has nothing to compare.
    cells
        .into_values()
        .filter(|cell| cell.internal.is_some() || cell.external.is_some())
        .collect()
}

/// Puts the covariates that weigh beside the sides of each unit and period.
fn weigh(cells: &mut [AlignmentCell], weights: Vec<Gated>) {
    for answer in weights {
        let mut known: BTreeMap<_, _> = answer
            .cells
            .into_iter()
            .map(|cell| ((cell.unit, cell.period), cell.passed))
            .collect();
        for cell in &mut *cells {
            let weight = known.remove(&(Some(cell.unit.clone()), cell.period));
            cell.weights.extend(weight);
        }
    }
}

type Cells = BTreeMap<(UnitId, Option<Period>), AlignmentCell>;

fn put(
    cells: &mut Cells,
    unit: Option<UnitId>,
    period: Option<Period>,
    put: impl FnOnce(&mut AlignmentCell),
) {
    if let Some(unit) = unit {
        let cell = cells.entry((unit.clone(), period));
        put(cell.or_insert_with(|| AlignmentCell::empty(unit, period)));
    }
}

fn rate(statistics: &Statistics) -> Option<ResponseRate> {
    match statistics {
        Statistics::Rate {
            numerator,
            denominator,
        } => Some(ResponseRate {
            responded: *numerator,
            invited: *denominator,
        }),
        _ => None,
    }
}

/// Table versions of several answers, each once.
pub fn joined<S: AsRef<str>>(snapshots: &[S]) -> String {
    snapshots
        .iter()
        .flat_map(|snapshot| snapshot.as_ref().split('+'))
        .filter(|table| !table.is_empty())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join("+")
}
