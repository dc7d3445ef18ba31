//! The questions behind a release: every unit, period and attribute of some indicators.
//!
//! Absent on purpose: days and weeks, channels, two attributes at once. They would cut the crowd
//! too small, and are not released.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_compare::gate::{Atom, AtomKey, CellKey, Draft, GRAINS};
use evenkeel_foundation::{
    AttributeId, Foundation, Granularity, Indicator, IndicatorId, IndicatorKind, LevelId, Period,
};
use evenkeel_measure::{Answer, By, Question};
use futures::future::try_join_all;

use super::super::{Office, OfficeError};
use crate::answers::minimum_n;

/// Attributes that `measure` tells apart at once, beside unit and period.
const ATTRIBUTES_MAX: usize = 3;

impl Office {
    /// All cells of a family of indicators.
    pub(super) async fn draft(
        &self,
        foundation: &Foundation,
        family: &BTreeSet<IndicatorId>,
    ) -> Result<Draft, OfficeError> {
        let mut draft = Draft {
            parents: foundation
                .units
                .values()
                .map(|unit| (unit.id.clone(), unit.parent.clone()))
                .collect(),
            ..Draft::default()
        };
        for indicator in family.iter().filter_map(|id| foundation.indicator(id)) {
            draft.minimum_n = draft
                .minimum_n
                .max(u64::from(minimum_n(foundation, indicator)));
            let attributes = self.attributes(foundation, indicator).await?;
            self.add_cells(foundation, indicator, &attributes, &mut draft)
                .await?;
            if !matches!(indicator.kind, IndicatorKind::Composite { .. }) {
                let atoms = self.atoms(foundation, indicator, &attributes).await?;
                draft.atoms.insert(indicator.id.clone(), atoms);
            }
        }
        Ok(draft)
    }

    /// Attributes that some answer has a value of.
    async fn attributes(
        &self,
        foundation: &Foundation,
        indicator: &Indicator,
    ) -> Result<Vec<AttributeId>, OfficeError> {
        let mut used = Vec::new();
        for attribute in foundation.attributes.keys() {
            let question =
                Question::indicator(indicator.id.clone()).by([By::Attribute(attribute.clone())]);
            let answer = self.ask_facts(foundation, &question).await?;
            let has_values = |(_, value): &(String, String)| !value.is_empty();
            if answer
                .cells
                .iter()
                .any(|cell| cell.segment.iter().any(has_values))
            {
                used.push(attribute.clone());
            }
        }
        if used.len() > ATTRIBUTES_MAX {
            tracing::warn!(indicator = %indicator.id, "only the first {ATTRIBUTES_MAX} attributes are released");
            used.truncate(ATTRIBUTES_MAX);
        }
        Ok(used)
    }

    async fn add_cells(
        &self,
        foundation: &Foundation,
        indicator: &Indicator,
        attributes: &[AttributeId],
        draft: &mut Draft,
    ) -> Result<(), OfficeError> {
        let levels = foundation
            .organisation
            .levels
            .iter()
            .map(|level| Some(&level.id));
        for level in std::iter::once(None).chain(levels) {
            for attribute in std::iter::once(None).chain(attributes.iter().map(Some)) {
                let answers = try_join_all(GRAINS.map(|grain| async move {
                    let question = Question::indicator(indicator.id.clone());
                    let question = question.by(divided(level, grain, attribute));
                    self.ask_facts(foundation, &question).await
                }));
                for answer in answers.await? {
                    add(draft, &indicator.id, answer);
                }
            }
        }
        Ok(())
    }

    /// People by unit as stored, month (or the shortest period that there is) and all attributes
    /// together.
    async fn atoms(
        &self,
        foundation: &Foundation,
        indicator: &Indicator,
        attributes: &[AttributeId],
    ) -> Result<Vec<Atom>, OfficeError> {
        let history = self.in_force.read().await.history.clone();
        let mut people: BTreeMap<AtomKey, u64> = BTreeMap::new();
        for grain in GRAINS {
            let by = [By::Unit(None), By::Period(grain)];
            let by = by
                .into_iter()
                .chain(attributes.iter().cloned().map(By::Attribute));
            let question = Question::indicator(indicator.id.clone()).by(by);
            for cell in self.ask_facts(foundation, &question).await?.cells {
                let respondents = cell.counted().respondents().unwrap_or(0);
                if let (Some(unit), Some(period)) = (cell.unit, cell.period) {
                    let key = AtomKey {
                        units: history.path(&unit, period.start()),
                        period,
                        values: said(&cell.segment),
                    };
                    *people.entry(key).or_default() += respondents;
                }
            }
            if !people.is_empty() {
                break;
            }
        }
        let atom = |(key, people)| Atom { key, people };
        Ok(people.into_iter().map(atom).collect())
    }
}

fn divided(
    level: Option<&LevelId>,
    grain: Granularity,
    attribute: Option<&AttributeId>,
) -> Vec<By> {
    let unit = level.map(|level| By::Unit(Some(level.clone())));
    let attribute = attribute.map(|attribute| By::Attribute(attribute.clone()));
    unit.into_iter()
        .chain([By::Period(grain)])
        .chain(attribute)
        .collect()
}

/// Values that were given.
fn said(segment: &[(String, String)]) -> Vec<(String, String)> {
    let given = segment.iter().filter(|(_, value)| !value.is_empty());
    given.cloned().collect()
}

fn add(draft: &mut Draft, indicator: &IndicatorId, answer: Answer) {
    for cell in answer.cells {
        let asked_for_a_value = !cell.segment.is_empty();
        let counted = cell.counted();
        let segment = said(&cell.segment).into_iter().next();
        if asked_for_a_value && segment.is_none() {
            // Who did not say counts in the whole, and is nobody's segment.
            continue;
        }
        let key = CellKey {
            unit: cell.unit,
            period: cell.period.unwrap_or_else(Period::all),
            segment,
        };
        draft
            .cells
            .entry(key)
            .or_default()
            .insert(indicator.clone(), counted);
    }
}
