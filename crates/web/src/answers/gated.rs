//! Questions on their way through the gate.
//!
//! Invariant: nothing that `measure` counted about employees goes further than this file; their
//! cells come from the release in force. Everything else passes as it is.

use evenkeel_compare::gate::{CellKey, GRAINS, Passed, Release, is_delivery, is_protected};
use evenkeel_foundation::{Foundation, Granularity, Indicator, LevelId, Period, UnitId};
use evenkeel_measure::{Answer, By, Cell, Question, Segment, Subject};
use evenkeel_stats::Counted;

use super::AnswerError;
use crate::office::Office;

/// An answer that may be shown.
#[derive(Debug, Clone)]
pub struct Gated {
    pub cells: Vec<GatedCell>,
    /// Versions of the tables.
    pub snapshot: String,
    /// Rows in which the item was not answered; not known of what is frozen.
    pub missing: Option<u64>,
}

/// One cell, shown or hidden.
#[derive(Debug, Clone)]
pub struct GatedCell {
    pub unit: Option<UnitId>,
    pub period: Option<Period>,
    /// (attribute, value).
    pub segment: Segment,
    pub passed: Passed,
}

/// Asks, by way of the gate.
pub async fn ask(
    office: &Office,
    foundation: &Foundation,
    question: &Question,
) -> Result<Gated, AnswerError> {
    let indicator = match &question.subject {
        Subject::Indicator(id) => foundation.indicator(id),
        Subject::Covariate(_) | Subject::Invitations(_) => None,
    };
    let protected = indicator.filter(|indicator| is_protected(foundation, indicator));
    if let Some(indicator) = protected {
        let wanted = Wanted::of(foundation, question)?;
        if let Some(release) = office.released().await
            && release.holds(&indicator.id)
        {
            return Ok(frozen(&release, foundation, indicator, question, &wanted));
        }
    }
    let answer = office.ask_facts(foundation, question).await?;
    let mut gated = live(foundation, indicator, answer);
    if indicator.is_some_and(is_delivery) {
        hide_small_teams(foundation, question, &mut gated);
    }
    Ok(gated)
}

/// Delivery of a team of few people is shown with the unit above it, never alone.
fn hide_small_teams(foundation: &Foundation, question: &Question, gated: &mut Gated) {
    let teams = super::delivery::teams(foundation);
    let is_hidden = |unit: &Option<UnitId>| unit.as_ref().is_some_and(|id| teams.is_hidden(id));
    let all = is_hidden(&question.under);
    for cell in &mut gated.cells {
        if all || is_hidden(&cell.unit) {
            cell.passed = Passed::of_small_team(teams.minimum());
        }
    }
}

/// Whether a window of days is one that is released, or may be any.
pub fn is_released_window(
    foundation: &Foundation,
    indicator: &Indicator,
    question: &Question,
) -> bool {
    !is_protected(foundation, indicator) || Wanted::of(foundation, question).is_ok()
}

/// What `measure` counted: customers' cells pass, employees' are not released.
pub(super) fn live(
    foundation: &Foundation,
    indicator: Option<&Indicator>,
    answer: Answer,
) -> Gated {
    let pass = |cell: &Cell| match indicator {
        Some(indicator) => Passed::live(foundation, indicator, cell.counted()),
        None => Passed::covariate(cell.counted()),
    };
    Gated {
        snapshot: answer.snapshot,
        missing: Some(answer.missing),
        cells: answer
            .cells
            .into_iter()
            .map(|cell| GatedCell {
                passed: pass(&cell),
                unit: cell.unit,
                period: cell.period,
                segment: cell.segment,
            })
            .collect(),
    }
}

/// Customers' answers in two groups of units' days.
#[derive(Debug, Clone)]
pub struct OnDays {
    /// Of the days that were named, and of the others that were.
    pub groups: [Option<Passed>; 2],
    /// Versions of the tables.
    pub snapshot: String,
}

/// Asks for an indicator by unit and day, and puts the cells together by the group that a unit's day
/// is in. Employees' answers are in no such groups: they pass as not released.
pub async fn on_days(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    question: Question,
    group: impl Fn(&UnitId, jiff::civil::Date) -> Option<usize>,
) -> Result<OnDays, AnswerError> {
    let question = question.by([By::Unit(None), By::Period(Granularity::Day)]);
    let answer = office.ask_facts(foundation, &question).await?;
    let mut groups: [Option<Counted>; 2] = [None, None];
    for cell in &answer.cells {
        let (Some(unit), Some(period)) = (&cell.unit, &cell.period) else {
            continue;
        };
        let Some(into) = group(unit, period.start()).and_then(|at| groups.get_mut(at)) else {
            continue;
        };
        match into {
            Some(sum) => {
                if let Err(reason) = sum.statistics.merge(&cell.statistics) {
                    tracing::debug!(%reason, "a figure of another form is left out");
                }
            }
            None => *into = Some(Counted::from(cell.statistics.clone())),
        }
    }
    let pass = |counted: Counted| Passed::live(foundation, indicator, counted);
    Ok(OnDays {
        groups: groups.map(|counted| counted.map(pass)),
        snapshot: answer.snapshot,
    })
}

/// Which frozen cells answer a question.
struct Wanted<'a> {
    units: Units<'a>,
    periods: Periods,
    attribute: Option<&'a str>,
}

enum Units<'a> {
    /// One, or the whole organisation; not told apart.
    One(Option<&'a UnitId>),
    /// Those of a level, below a unit.
    AtLevel(Option<&'a LevelId>, Option<&'a UnitId>),
}

enum Periods {
    One(Period),
    /// Of a length, wholly within these days.
    Each(Granularity),
}

impl<'a> Wanted<'a> {
    fn of(foundation: &'a Foundation, question: &'a Question) -> Result<Self, AnswerError> {
        let refuse = |found: String| AnswerError::NotReleased { found };
        if question.weighted {
            return Err(refuse("weighted results".to_owned()));
        }
        let (mut level, mut grain, mut attribute) = (None, None, None);
        for by in &question.by {
            match by {
                By::Unit(of) => level = Some(of.as_ref().or(leaf_level(foundation))),
                By::Period(of) if GRAINS.contains(of) => grain = Some(*of),
                By::Period(of) => return Err(refuse(format!("results by {of}"))),
                By::Attribute(id) if attribute.is_none() => attribute = Some(id.as_str()),
                By::Attribute(_) => return Err(refuse("two attributes at once".to_owned())),
                By::Channel => return Err(refuse("results by channel".to_owned())),
            }
        }
        let under = question.under.as_ref();
        let periods = match grain {
            Some(grain) => Periods::Each(grain),
            None => Periods::One(window(question).ok_or_else(|| {
                let day = |day: Option<jiff::civil::Date>| {
                    day.map_or_else(|| "…".to_owned(), |day| day.to_string())
                };
                refuse(format!("{} to {}", day(question.from), day(question.to)))
            })?),
        };
        Ok(Self {
            units: match level {
                Some(level) => Units::AtLevel(level, under),
                None => Units::One(under),
            },
            periods,
            attribute,
        })
    }

    fn has(&self, foundation: &Foundation, question: &Question, key: &CellKey) -> bool {
        let in_units = match (&self.units, &key.unit) {
            (Units::One(wanted), unit) => *wanted == unit.as_ref(),
            (Units::AtLevel(level, under), Some(unit)) => {
                let known = foundation.unit(unit);
                known.is_some_and(|unit| Some(&unit.level) == *level)
                    && under.is_none_or(|under| is_below(foundation, unit, under))
            }
            (Units::AtLevel(..), None) => false,
        };
        let in_period = match self.periods {
            Periods::One(period) => key.period == period,
            Periods::Each(grain) => {
                key.period.granularity() == grain
                    && question.from.is_none_or(|from| from <= key.period.start())
                    && question.to.is_none_or(|to| key.period.end() <= to)
            }
        };
        let of_attribute = key.segment.as_ref().map(|(name, _)| name.as_str()) == self.attribute;
        in_units && in_period && of_attribute
    }
}

/// The released period that the days of a question are.
fn window(question: &Question) -> Option<Period> {
    match (question.from, question.to) {
        (None, None) => Some(Period::all()),
        (Some(from), Some(to)) => GRAINS
            .map(|grain| Period::containing(grain, from))
            .into_iter()
            .find(|period| (period.start(), period.end()) == (from, to)),
        _ => None,
    }
}

fn leaf_level(foundation: &Foundation) -> Option<&LevelId> {
    foundation.organisation.levels.last().map(|level| &level.id)
}

fn is_below(foundation: &Foundation, unit: &UnitId, under: &UnitId) -> bool {
    let mut at = Some(unit);
    while let Some(unit) = at {
        if unit == under {
            return true;
        }
        at = foundation.unit(unit).and_then(|unit| unit.parent.as_ref());
    }
    false
}

fn frozen(
    release: &Release,
    foundation: &Foundation,
    indicator: &Indicator,
    question: &Question,
    wanted: &Wanted<'_>,
) -> Gated {
    let by_unit = matches!(wanted.units, Units::AtLevel(..));
    let by_period = matches!(wanted.periods, Periods::Each(_));
    let cells = release
        .cells(&indicator.id)
        .filter(|(key, _)| wanted.has(foundation, question, key))
        .map(|(key, passed)| GatedCell {
            unit: key.unit.clone().filter(|_| by_unit),
            period: Some(key.period).filter(|_| by_period),
            segment: key.segment.iter().cloned().collect(),
            passed,
        });
    Gated {
        cells: cells.collect(),
        snapshot: release.snapshot.clone(),
        missing: None,
    }
}
