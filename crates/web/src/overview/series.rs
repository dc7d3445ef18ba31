//! One indicator over time.

use std::collections::BTreeMap;

use evenkeel_compare::Passed;
use evenkeel_foundation::{Foundation, Granularity, Indicator, IndicatorId, Period, UnitId};
use evenkeel_measure::{By, Question, Subject};
use evenkeel_stats::Undefined;
use futures::future::try_join_all;

use super::Pair;
use crate::answers::raters::doubt;
use crate::answers::{AnswerError, Asked, Measurable, context, gated};
use crate::api::view::{Change, Estimated, PeriodRef, Reason, Trend, TrendPoint};
use crate::office::Office;

/// What may be shown, by period, in order of time.
#[derive(Debug, Clone)]
pub struct Series {
    /// `None`: a covariate.
    pub indicator: Option<IndicatorId>,
    /// Only periods in which somebody answered, whether it can be shown or not.
    pub points: BTreeMap<Period, Passed>,
    pub snapshot: String,
    /// What is said instead of every number, where raters disagree.
    pub doubt: Option<Estimated>,
}

impl Series {
    /// Nobody ever answered.
    pub fn is_silent(&self) -> bool {
        self.points.is_empty()
    }

    /// Did anybody answer in `period`?
    pub fn is_heard_in(&self, period: Option<Period>) -> bool {
        period.is_some_and(|period| self.points.contains_key(&period))
    }

    /// The estimate of `period`; without one: that nobody answered.
    pub fn estimate(
        &self,
        foundation: &Foundation,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Estimated {
        match period.and_then(|period| self.points.get(&period)) {
            Some(passed) => self.judge(foundation, indicator, passed),
            None => Estimated::Undefined {
                reason: Reason::from(&Undefined::NoAnswers),
                n: 0,
                snapshot: self.snapshot.clone(),
            },
        }
    }

    /// `period` less the one before; `None` unless both can be shown.
    pub fn change(
        &self,
        foundation: &Foundation,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Option<Change> {
        if self.doubt.is_some() {
            return None;
        }
        let now = self.points.get(&period?)?;
        let before = self.points.get(&period?.previous()?)?;
        let context = context(foundation, indicator, &self.snapshot);
        Change::of(&evenkeel_compare::change(indicator, now, before, &context))
    }

    /// Every period with facts.
    pub fn trend(&self, foundation: &Foundation, indicator: &Indicator) -> Trend {
        self.points
            .iter()
            .map(|(period, passed)| TrendPoint {
                period: PeriodRef::from(period),
                estimate: self.judge(foundation, indicator, passed),
            })
            .collect()
    }

    fn judge(&self, foundation: &Foundation, indicator: &Indicator, passed: &Passed) -> Estimated {
        let context = context(foundation, indicator, &self.snapshot);
        Estimated::from(evenkeel_compare::estimate(indicator, passed, &context))
            .unless(self.doubt.as_ref())
    }
}

/// Asks the raters behind each indicator: over the days of a period, or over everything.
///
/// One verdict for all points: raters who disagree now make no score of what they gave before.
pub async fn doubted(
    office: &Office,
    foundation: &Foundation,
    series: Vec<Series>,
    period: Option<Period>,
    under: Option<&UnitId>,
) -> Result<Vec<Series>, AnswerError> {
    let mut asked = Asked {
        under: under.cloned(),
        ..Asked::default()
    };
    if let Some(period) = period {
        asked = asked.within(period);
    }
    let window = asked.window();
    try_join_all(series.into_iter().map(|series| async {
        let indicator = series.indicator.as_ref();
        let doubt = match indicator.and_then(|id| foundation.indicator(id)) {
            Some(indicator) => doubt(office, foundation, indicator, &window).await?,
            None => None,
        };
        Ok(Series { doubt, ..series })
    }))
    .await
}

/// Something by period, of the whole organisation or below a unit.
pub async fn of_subject(
    office: &Office,
    foundation: &Foundation,
    subject: Subject,
    granularity: Granularity,
    under: Option<UnitId>,
) -> Result<Series, AnswerError> {
    let indicator = match &subject {
        Subject::Indicator(id) => Some(id.clone()),
        Subject::Covariate(_) | Subject::Invitations(_) => None,
    };
    let mut question = Question::of(subject).by([By::Period(granularity)]);
    question.under = under;
    let answer = gated::ask(office, foundation, &question).await?;
    Ok(Series {
        indicator,
        points: answer
            .cells
            .into_iter()
            .filter_map(|cell| Some((cell.period?, cell.passed)))
            .collect(),
        snapshot: answer.snapshot,
        doubt: None,
    })
}

/// Several indicators by period, asked at once.
pub async fn of_indicators(
    office: &Office,
    foundation: &Foundation,
    indicators: &[&Indicator],
    granularity: Granularity,
    under: Option<&UnitId>,
) -> Result<Vec<Series>, AnswerError> {
    try_join_all(indicators.iter().map(|indicator| {
        let subject = Subject::Indicator(indicator.id.clone());
        of_subject(office, foundation, subject, granularity, under.cloned())
    }))
    .await
}

/// Both sides of a pair by period: (internal, external).
pub async fn of_pair(
    office: &Office,
    foundation: &Foundation,
    pair: Option<&Pair>,
    granularity: Granularity,
    under: Option<&UnitId>,
) -> Result<Option<(Series, Series)>, AnswerError> {
    let Some(pair) = pair else {
        return Ok(None);
    };
    let side = |measurable: &Measurable| {
        of_subject(
            office,
            foundation,
            measurable.subject(),
            granularity,
            under.cloned(),
        )
    };
    let both = futures::try_join!(side(&pair.internal), side(&pair.external))?;
    Ok(Some(both))
}
