//! What the rules find: which rule, which points, and whether that is good.
//!
//! Invariant: a signal is a code with the points concerned; what it means depends on the direction
//! of the number, never on the rule. On a chart of gaps only rules about the limit, sides and trends
//! hold, because zones of σ mean nothing on its scale.

use std::ops::Range;

use evenkeel_stats::chart::{Anhoej, Rule, RuleSet, anhoej};
use serde::{Deserialize, Serialize};

use super::kind::ChartKind;

/// A rule by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleName {
    /// Beyond a limit.
    Beyond,
    /// A run on one side of the centre.
    OneSide,
    /// Each higher, or each lower, than the one before.
    Trend,
    /// Up and down in turn.
    Alternating,
    /// Several of a few far from the centre.
    SomeBeyond,
    /// Two in three near a limit, all three on its side.
    TwoInThreeNear,
    /// All close to the centre.
    Hugging,
    /// None close to the centre.
    Avoiding,
    /// Unusually long runs or few crossings of the whole segment (Anhøj).
    UnusualRuns,
    /// A sum of departures beyond its decision interval.
    BeyondDecisionInterval,
}

impl From<Rule> for RuleName {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Beyond { .. } => Self::Beyond,
            Rule::OneSide { .. } => Self::OneSide,
            Rule::Trend { .. } => Self::Trend,
            Rule::Alternating { .. } => Self::Alternating,
            Rule::SomeBeyond { .. } => Self::SomeBeyond,
            Rule::TwoInThreeNear => Self::TwoInThreeNear,
            Rule::Hugging { .. } => Self::Hugging,
            Rule::Avoiding { .. } => Self::Avoiding,
        }
    }
}

/// What a signal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Something happened; neither side is the good one, or the rule has no side.
    Change,
}

impl Meaning {
    /// Of a signal on a side.
    pub(super) fn of(side: i8, more_is_better: Option<bool>) -> Self {
        match (side, more_is_better) {
            (0, _) | (_, None) => Self::Change,
            (1.., Some(true)) | (..0, Some(false)) => Self::Better,
            (1.., Some(false)) | (..0, Some(true)) => Self::Worse,
        }
    }
}

/// A signal and the points that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalFound {
    /// The rule.
    pub rule: RuleName,
    /// +1 up, −1 down, 0 for rules without a side.
    pub side: i8,
    /// What it means.
    pub meaning: Meaning,
    /// How many points the rule looks at together.
    pub window: usize,
    /// Places of its points.
    pub points: Vec<usize>,
}

/// The signals of standardised values z = (y − centre)/σ of one segment whose first point has the
/// place `from`, and Anhøj's figures where they are the rules.
///
/// For Anhøj's rules z are distances from the median, whatever their unit.
pub fn found(
    rules: RuleSet,
    kind: ChartKind,
    z: &[f64],
    from: usize,
    more_is_better: Option<bool>,
) -> (Vec<SignalFound>, Option<Anhoej>) {
    if rules == RuleSet::Anhoej {
        let runs = anhoej(z, 0.0);
        let signal = runs.signal.then(|| SignalFound {
            rule: RuleName::UnusualRuns,
            side: 0,
            meaning: Meaning::Change,
            window: z.len(),
            points: (from..from + z.len()).collect(),
        });
        return (signal.into_iter().collect(), Some(runs));
    }
    let mut signals = Vec::new();
    for rule in rules.rules().iter().filter(|rule| holds_on(kind, rule)) {
        for (side, places) in groups(&rule.members(z), rule.window()) {
            let side = if has_side(rule) { side } else { 0 };
            signals.push(SignalFound {
                rule: (*rule).into(),
                side,
                meaning: Meaning::of(side, more_is_better),
                window: rule.window(),
                points: places.into_iter().map(|place| from + place).collect(),
            });
        }
    }
    (signals, None)
}

/// The signal that names a point: that of the first rule of the set.
pub(super) fn naming(signals: &[SignalFound], point: usize) -> Option<(RuleName, Meaning)> {
    let mut of_point = signals
        .iter()
        .filter(|signal| signal.points.contains(&point));
    of_point.next().map(|signal| (signal.rule, signal.meaning))
}

fn holds_on(kind: ChartKind, rule: &Rule) -> bool {
    kind != ChartKind::G
        || matches!(
            rule,
            Rule::Beyond { .. } | Rule::OneSide { .. } | Rule::Trend { .. }
        )
}

fn has_side(rule: &Rule) -> bool {
    !matches!(
        rule,
        Rule::Alternating { .. } | Rule::Hugging { .. } | Rule::Avoiding { .. }
    )
}

/// Members of one side that lie within one window of each other, together.
fn groups(members: &[i8], window: usize) -> Vec<(i8, Vec<usize>)> {
    let mut groups: Vec<(i8, Vec<usize>)> = Vec::new();
    for (place, &side) in members.iter().enumerate().filter(|(_, side)| **side != 0) {
        let near = |(of, places): &&mut (i8, Vec<usize>)| {
            *of == side
                && places
                    .last()
                    .is_some_and(|last| place - last < window.max(2))
        };
        match groups.last_mut().filter(near) {
            Some((_, places)) => places.push(place),
            None => groups.push((side, vec![place])),
        }
    }
    groups
}

/// Points of a segment as a range.
pub(super) fn range(first: usize, last: usize) -> Range<usize> {
    first..last + 1
}
