//! How often each answer was given.

use evenkeel_compare::gate::is_protected;
use evenkeel_compare::{Context, Distribution as Judged, Passed};
use evenkeel_foundation::{
    Foundation, Indicator, IndicatorId, IndicatorKind, Instrument, Item, Scale,
};
use evenkeel_measure::{ItemQuestion, Question, Segment, Subject, Window};

use super::{AnswerError, LEVEL, beside, gated, minimum_n};
use crate::api::distributions::{Category, Distribution};
use crate::api::view::{HiddenReason, Reason};
use crate::office::Office;

/// Of what.
#[derive(Debug, Clone, Copy)]
pub enum DistributionOf<'a> {
    /// An item, for an indicator or for itself.
    Item {
        instrument: &'a Instrument,
        item: &'a Item,
        indicator: Option<&'a Indicator>,
    },
    /// Kept or not.
    Standard(&'a Indicator),
}

impl<'a> DistributionOf<'a> {
    /// What the answers of an indicator are told apart by; `None` where they are not: composites,
    /// rates, and indicators of another party than their instrument's.
    pub fn indicator(foundation: &'a Foundation, indicator: &'a Indicator) -> Option<Self> {
        match &indicator.kind {
            IndicatorKind::Conformance { .. } | IndicatorKind::WithinTarget { .. } => {
                Some(Self::Standard(indicator))
            }
            kind => {
                let (instrument, item) = kind.item()?;
                let instrument = foundation.instrument(instrument)?;
                let of_party = indicator.party.as_ref();
                of_party
                    .is_none_or(|party| *party == instrument.party)
                    .then_some(Self::Item {
                        instrument,
                        item: instrument.item(item.as_str())?,
                        indicator: Some(indicator),
                    })
            }
        }
    }

    /// Codes of the categories in order, and what they are called.
    fn categories(&self) -> Vec<(i32, String)> {
        let words = |words: &[&str]| -> Vec<(i32, String)> {
            (0..).zip(words.iter().map(ToString::to_string)).collect()
        };
        match self {
            Self::Standard(indicator) => match indicator.kind {
                IndicatorKind::Conformance { .. } => words(&["deviated", "kept"]),
                _ => words(&["outside", "within"]),
            },
            Self::Item { item, .. } => match &item.scale {
                Scale::Rating { min, max } => (*min..=*max)
                    .map(|score| (score, score.to_string()))
                    .collect(),
                Scale::Boolean => words(&["false", "true"]),
                Scale::Choice { values } => (0..).zip(values.iter().cloned()).collect(),
                _ => Vec::new(),
            },
        }
    }

    /// The indicator by which the answers pass the gate.
    ///
    /// Of employees one that a release holds every score of; of others any: what passes as it is
    /// needs no release.
    fn counted_by(&self, foundation: &Foundation) -> Result<Indicator, AnswerError> {
        let (instrument, item) = match self {
            Self::Standard(indicator) => return Ok((*indicator).clone()),
            Self::Item {
                instrument, item, ..
            } => (instrument, item),
        };
        let mean = Indicator {
            id: IndicatorId::parse("item").map_err(|_| AnswerError::NotReleased {
                found: "distributions".to_owned(),
            })?,
            title: item.title.clone(),
            kind: IndicatorKind::Mean {
                instrument: instrument.id.clone(),
                item: item.id.clone(),
            },
            party: Some(instrument.party.clone()),
            direction: evenkeel_foundation::Direction::default(),
            minimum_n: 0,
            target: None,
            headline: false,
        };
        if !is_protected(foundation, &mean) {
            return Ok(mean);
        }
        let scores = |indicator: &&Indicator| {
            matches!(
                indicator.kind,
                IndicatorKind::Nps { .. }
                    | IndicatorKind::TopBox { .. }
                    | IndicatorKind::Mean { .. }
            )
        };
        beside::about(foundation, instrument, &item.id)
            .find(scores)
            .cloned()
            .ok_or_else(|| AnswerError::NotReleased {
                found: format!("answers to {}/{}", instrument.id, item.id),
            })
    }

    fn minimum_n(&self, foundation: &Foundation) -> u32 {
        match self {
            Self::Standard(indicator)
            | Self::Item {
                indicator: Some(indicator),
                ..
            } => minimum_n(foundation, indicator),
            Self::Item { instrument, .. } => foundation
                .party(&instrument.party)
                .map_or(0, |party| party.minimum_n),
        }
    }
}

/// One cell.
#[derive(Debug, Clone)]
pub struct DistributionCell {
    pub unit: Option<evenkeel_foundation::UnitId>,
    pub period: Option<evenkeel_foundation::Period>,
    /// (attribute, value).
    pub segment: Segment,
    pub distribution: Distribution,
}

/// Distributions by cell, the table versions, and rows without an answer (not known of what is
/// frozen).
pub async fn distributions(
    office: &Office,
    foundation: &Foundation,
    of: DistributionOf<'_>,
    window: Window,
) -> Result<(Vec<DistributionCell>, String, Option<u64>), AnswerError> {
    let counted = of.counted_by(foundation)?;
    let protected = is_protected(foundation, &counted);
    let answer = match &of {
        DistributionOf::Item {
            instrument, item, ..
        } if !protected => {
            let question = ItemQuestion {
                instrument: instrument.id.clone(),
                item: item.id.clone(),
            };
            let answer = office.distribution(foundation, &question, &window).await?;
            gated::live(foundation, Some(&counted), answer)
        }
        _ => {
            let question = Question {
                by: window.by,
                from: window.from,
                to: window.to,
                under: window.under,
                ..Question::of(Subject::Indicator(counted.id.clone()))
            };
            gated::ask(office, foundation, &question).await?
        }
    };
    let context = Context {
        indicators: &foundation.indicators,
        level: LEVEL,
        minimum_n: of.minimum_n(foundation),
        snapshot: &answer.snapshot,
    };
    let categories = of.categories();
    let cells = answer.cells.iter().map(|cell| DistributionCell {
        unit: cell.unit.clone(),
        period: cell.period,
        segment: cell.segment.clone(),
        distribution: judged(&counted, &cell.passed, &categories, &context),
    });
    Ok((cells.collect(), answer.snapshot.clone(), answer.missing))
}

fn judged(
    indicator: &Indicator,
    passed: &Passed,
    of: &[(i32, String)],
    context: &Context<'_>,
) -> Distribution {
    let codes = of.iter().map(|(code, _)| *code);
    let snapshot = context.snapshot.to_owned();
    match evenkeel_compare::distribution(indicator, passed, codes, context) {
        Judged::Shown { n, categories } => Distribution::Distribution {
            n,
            categories: of
                .iter()
                .zip(categories)
                .map(|((_, value), category)| Category {
                    value: value.clone(),
                    count: category.count,
                    share: category.share.into(),
                })
                .collect(),
            snapshot,
        },
        Judged::Undefined { reason, n } => Distribution::Undefined {
            reason: Reason::from(&reason),
            n,
            snapshot,
        },
        Judged::Hidden { reason } => Distribution::Hidden {
            reason: HiddenReason::from(reason),
            snapshot,
        },
    }
}
