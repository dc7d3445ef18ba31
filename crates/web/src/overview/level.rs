//! At which level of units the page opens.
//!
//! Invariant: the finest level at which at least half of the units can be shown; what is
//! counted is whether a unit has numbers, not which.

use evenkeel_foundation::{Foundation, Level, LevelId, Period, UnitId};
use futures::future::try_join_all;
use jiff::civil::Date;

use super::Pair;
use crate::access::Scope;
use crate::answers::{AnswerError, shown_units};
use crate::api::overview::{LevelShown, OpenedReason};
use crate::api::view::Text;
use crate::office::Office;

/// A level, and how many of its units can be shown.
#[derive(Debug, Clone)]
pub struct LevelResults {
    pub id: LevelId,
    pub title: Text,
    pub units: u64,
    pub units_shown: u64,
}

impl LevelResults {
    pub fn view(&self) -> LevelShown {
        LevelShown {
            id: self.id.to_string(),
            title: self.title.clone(),
            units: self.units,
            units_shown: self.units_shown,
        }
    }
}

/// Where the page opens: places in the list of levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub level: Option<usize>,
    pub reason: OpenedReason,
    pub coarser_than: Option<usize>,
}

/// Every level, root first, with its results in `period`.
pub async fn shown(
    office: &Office,
    foundation: &Foundation,
    pair: &Pair,
    period: Period,
    under: Option<&UnitId>,
) -> Result<Vec<LevelResults>, AnswerError> {
    let tree = foundation.tree();
    try_join_all(within(foundation, under).map(|level| {
        let mut units = tree.units_at_level_between(&level.id, period.start(), period.end());
        units.retain(|unit| is_within(foundation, unit, under));
        async move {
            let (internal, external) = futures::try_join!(
                shown_units(office, foundation, &pair.internal, &level.id, period, under),
                shown_units(office, foundation, &pair.external, &level.id, period, under),
            )?;
            Ok(LevelResults {
                id: level.id.clone(),
                title: Text::from(&level.title),
                units: units.len() as u64,
                units_shown: internal.intersection(&external).count() as u64,
            })
        }
    }))
    .await
}

/// Every level, while there is nothing to show.
pub fn without_results(
    foundation: &Foundation,
    today: Date,
    under: Option<&UnitId>,
) -> Vec<LevelResults> {
    let tree = foundation.tree();
    within(foundation, under)
        .map(|level| LevelResults {
            id: level.id.clone(),
            title: Text::from(&level.title),
            units: tree
                .units_at_level(&level.id, today)
                .iter()
                .filter(|unit| is_within(foundation, unit, under))
                .count() as u64,
            units_shown: 0,
        })
        .collect()
}

/// The levels from that of `under` downwards, root first.
fn within<'a>(
    foundation: &'a Foundation,
    under: Option<&UnitId>,
) -> impl Iterator<Item = &'a Level> {
    let from = under
        .and_then(|unit| foundation.unit(unit))
        .map(|unit| unit.level.clone());
    foundation
        .organisation
        .levels
        .iter()
        .skip_while(move |level| from.as_ref().is_some_and(|from| level.id != *from))
}

fn is_within(foundation: &Foundation, unit: &UnitId, under: Option<&UnitId>) -> bool {
    under.is_none_or(|under| Scope::Units(vec![under.clone()]).contains(foundation, unit))
}

/// The level asked for; else the finest at which half of the units can be shown; else
/// the one with the largest share of them.
pub fn open(levels: &[LevelResults], asked: Option<&Level>) -> Opening {
    if let Some(asked) = asked {
        return Opening {
            level: levels.iter().position(|level| level.id == asked.id),
            reason: OpenedReason::AskedFor,
            coarser_than: None,
        };
    }
    let enough = levels
        .iter()
        .rposition(|level| level.units_shown > 0 && 2 * level.units_shown >= level.units);
    let most = || {
        levels
            .iter()
            .enumerate()
            .filter(|(_, level)| level.units_shown > 0)
            // a/b < c/d as a·d < c·b: no division by the zero units of an empty level.
            .max_by(|(_, left), (_, right)| {
                (left.units_shown * right.units).cmp(&(right.units_shown * left.units))
            })
            .map(|(index, _)| index)
    };
    match enough.or_else(most) {
        Some(index) => Opening {
            level: Some(index),
            reason: OpenedReason::FinestLevelWithResults,
            coarser_than: (index + 1 < levels.len()).then_some(index + 1),
        },
        None => Opening {
            level: levels.len().checked_sub(1),
            reason: OpenedReason::NoLevelWithResults,
            coarser_than: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(counts: &[(u64, u64)]) -> Vec<LevelResults> {
        counts
            .iter()
            .enumerate()
            .map(|(index, (shown, units))| LevelResults {
                id: LevelId::parse(&format!("level-{index}")).unwrap(),
                title: Text::default(),
                units: *units,
                units_shown: *shown,
            })
            .collect()
    }

    fn opened(counts: &[(u64, u64)]) -> (Option<usize>, Option<usize>, OpenedReason) {
        let opening = open(&levels(counts), None);
        (opening.level, opening.coarser_than, opening.reason)
    }

    #[test]
    fn the_finest_level_with_half_of_its_units() {
        use OpenedReason::{FinestLevelWithResults as Finest, NoLevelWithResults as Nowhere};
        assert_eq!(opened(&[(1, 1), (4, 4), (20, 40)]), (Some(2), None, Finest));
        assert_eq!(
            opened(&[(1, 1), (4, 4), (19, 40)]),
            (Some(1), Some(2), Finest)
        );
        assert_eq!(opened(&[(0, 1), (1, 4), (12, 40)]), (Some(2), None, Finest));
        assert_eq!(opened(&[(0, 1), (0, 4)]), (Some(1), None, Nowhere));
        assert_eq!(opened(&[]), (None, None, Nowhere));
    }
}
