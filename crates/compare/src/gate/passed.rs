//! Evidence that passed the gate.
//!
//! Invariant: whoever holds a [`Passed`] may show what is computed from it. Answers of employees
//! become one only by way of a release.

use std::sync::Arc;

use evenkeel_foundation::{Foundation, Indicator, IndicatorKind, Party, PartyId, Side};
use evenkeel_stats::{Counted, Statistics};

use crate::estimate::HiddenReason;

/// Statistics that may be shown, or why they may not.
///
/// ```compile_fail
/// fn leak(counted: &evenkeel_stats::Counted) -> String {
///     serde_json::to_string(counted).unwrap() // statistics cannot be serialised
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    state: State,
    /// Version of the tables it was frozen from; `None`: that of the question.
    snapshot: Option<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    Shown(Counted),
    Hidden(HiddenReason),
}

impl Passed {
    /// Answers of customers, looks at delivery, figures from outside: they pass as they are.
    ///
    /// Answers of employees do not: they are hidden as not released, whatever they are.
    pub fn live(foundation: &Foundation, indicator: &Indicator, counted: Counted) -> Self {
        if is_protected(foundation, indicator) {
            return Self::not_released();
        }
        Self {
            state: State::Shown(counted),
            snapshot: None,
        }
    }

    /// A number from outside, which stands for no counted group of people.
    pub fn covariate(counted: Counted) -> Self {
        match counted.statistics {
            Statistics::Value { .. } | Statistics::Rate { .. } | Statistics::MeanOnly { .. } => {
                Self {
                    state: State::Shown(counted),
                    snapshot: None,
                }
            }
            _ => Self::not_released(),
        }
    }

    /// What no release holds yet.
    pub fn not_released() -> Self {
        Self::hidden(HiddenReason::NotReleased)
    }

    /// Delivery of a team of fewer people than may be told apart.
    pub fn of_small_team(minimum: u32) -> Self {
        Self::hidden(HiddenReason::SmallTeam { minimum })
    }

    pub(super) fn frozen(counted: Counted, snapshot: Arc<str>) -> Self {
        Self {
            state: State::Shown(counted),
            snapshot: Some(snapshot),
        }
    }

    pub(super) fn hidden(reason: HiddenReason) -> Self {
        Self {
            state: State::Hidden(reason),
            snapshot: None,
        }
    }

    /// Whether nothing of it may be shown.
    pub fn is_hidden(&self) -> bool {
        matches!(self.state, State::Hidden(_))
    }

    /// The same, of these versions of the tables, where they still hold the very answers that were
    /// frozen; else in no release. Tables get new versions without new answers, too.
    #[must_use]
    pub fn renewed(self, now: Option<&Counted>, snapshot: &str) -> Self {
        match (&self.state, now) {
            (State::Shown(frozen), Some(now)) if are_the_same(frozen, now) => Self {
                snapshot: Some(Arc::from(snapshot)),
                ..self
            },
            (State::Shown(_), _) => Self::not_released(),
            (State::Hidden(_), _) => self,
        }
    }

    /// Whether it is shown and says how many different people are behind it.
    pub fn knows_people(&self) -> bool {
        matches!(&self.state, State::Shown(counted) if counted.people.is_some())
    }

    /// The evidence, for the formulas of this room.
    pub(crate) fn counted(&self) -> Result<&Counted, &HiddenReason> {
        match &self.state {
            State::Shown(counted) => Ok(counted),
            State::Hidden(reason) => Err(reason),
        }
    }

    /// Version of the tables, where it is frozen.
    pub(crate) fn snapshot(&self) -> Option<&str> {
        self.snapshot.as_deref()
    }
}

/// The same answers: counts exactly; of real values, which are stored to the last digit but one,
/// how many.
fn are_the_same(frozen: &Counted, now: &Counted) -> bool {
    match (&frozen.statistics, &now.statistics) {
        (Statistics::Scores(frozen), Statistics::Scores(now)) => {
            // Places without an answer do not count.
            let given = |scores: &evenkeel_stats::Histogram| -> Vec<(i32, u64)> {
                scores.iter().filter(|(_, count)| *count > 0).collect()
            };
            given(frozen) == given(now)
        }
        (Statistics::Share { .. }, _) => frozen.statistics == now.statistics,
        _ => {
            frozen.statistics.n() == now.statistics.n() && frozen.respondents() == now.respondents()
        }
    }
}

/// Whether the indicator is made of answers of employees, which only a release may show.
///
/// Not protected: parties whose figures were published elsewhere, and rates such as absence,
/// which are nobody's answers (their minimum n still holds).
pub fn is_protected(foundation: &Foundation, indicator: &Indicator) -> bool {
    let own = indicator
        .party
        .as_ref()
        .is_some_and(|party| is_protected_party(foundation, party));
    match &indicator.kind {
        IndicatorKind::Rate { .. }
        | IndicatorKind::Conformance { .. }
        | IndicatorKind::WithinTarget { .. } => false,
        IndicatorKind::Composite { of } => {
            let part = |id| foundation.indicator(id);
            own || of
                .iter()
                .filter_map(part)
                .any(|part| part.id != indicator.id && is_protected(foundation, part))
        }
        _ => own,
    }
}

/// Whether answers of the party are shown by way of a release only.
pub fn is_protected_party(foundation: &Foundation, party: &PartyId) -> bool {
    let guarded = |party: &Party| party.side == Side::Internal && !party.published;
    foundation.party(party).is_some_and(guarded)
}

/// Whether the indicator is about delivery, which is not shown of a small team alone.
pub fn is_delivery(indicator: &Indicator) -> bool {
    matches!(
        indicator.kind,
        IndicatorKind::Conformance { .. } | IndicatorKind::WithinTarget { .. }
    )
}

/// A statistic that could be serialised would be a way past the gate; this does not compile then.
const _: fn() = || {
    trait Ambiguous<A> {
        fn check() {}
    }
    impl<T: ?Sized> Ambiguous<()> for T {}
    struct Serialisable;
    impl<T: ?Sized + serde::Serialize> Ambiguous<Serialisable> for T {}
    let _ = <Counted as Ambiguous<_>>::check;
    let _ = <Statistics as Ambiguous<_>>::check;
    let _ = <Passed as Ambiguous<_>>::check;
};
