//! How many of those asked answered.
//!
//! A response rate is never hidden: it says who was heard, not what they said.

use std::collections::BTreeMap;

use evenkeel_foundation::{Foundation, Granularity, PartyId, Period, UnitId};
use evenkeel_measure::{By, Question, Subject};
use evenkeel_stats::Statistics;

use super::{AnswerError, LEVEL};
use crate::api::view::Estimated;
use crate::office::Office;

/// Invited and responded by period.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    pub periods: BTreeMap<Period, Counted>,
    pub snapshot: String,
}

/// How many were asked, and how many answered.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counted {
    pub invited: f64,
    pub responded: f64,
}

impl Counted {
    /// Their ratio.
    pub fn rate(&self, snapshot: &str) -> Estimated {
        evenkeel_compare::response_rate(self.responded, self.invited, LEVEL, snapshot).into()
    }
}

impl Responses {
    /// All periods together; `None` where nobody counted.
    pub fn total(&self) -> Option<Counted> {
        self.periods.values().copied().reduce(|total, one| Counted {
            invited: total.invited + one.invited,
            responded: total.responded + one.responded,
        })
    }
}

/// Responses of a party by period, of everybody or below a unit.
pub async fn responses(
    office: &Office,
    foundation: &Foundation,
    party: &PartyId,
    granularity: Granularity,
    under: Option<UnitId>,
) -> Result<Responses, AnswerError> {
    let mut question =
        Question::of(Subject::Invitations(party.clone())).by([By::Period(granularity)]);
    question.under = under;
    let answer = office.ask_facts(foundation, &question).await?;
    let periods = answer
        .cells
        .into_iter()
        .filter_map(|cell| match cell.statistics {
            Statistics::Rate {
                numerator,
                denominator,
            } => Some((
                cell.period?,
                Counted {
                    invited: denominator,
                    responded: numerator,
                },
            )),
            _ => None,
        })
        .collect();
    Ok(Responses {
        periods,
        snapshot: answer.snapshot,
    })
}
