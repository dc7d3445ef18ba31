//! Employees by how much customer contact they have.

use evenkeel_compare::{Passed, Segments};
use evenkeel_foundation::{Attribute, Foundation, Indicator, Period, Side, UnitId};
use evenkeel_measure::By;
use evenkeel_stats::Undefined;
use futures::future::try_join_all;

use crate::answers::{AnswerError, Asked, context};
use crate::api::overview::{
    ContactAttribute, ContactDifference, ContactGroup, ContactIndicator, ContactOverview,
};
use crate::api::view::{Estimated, IndicatorRef, Reason, Text};
use crate::office::Office;

/// The shown indicators of internal parties by contact, in the period.
pub async fn compare(
    office: &Office,
    foundation: &Foundation,
    shown: &[&Indicator],
    period: Option<Period>,
    under: Option<&UnitId>,
) -> Result<Option<ContactOverview>, AnswerError> {
    let (Some(attribute), Some(period)) = (foundation.contact_attribute(), period) else {
        return Ok(None);
    };
    let internal = shown
        .iter()
        .filter(|indicator| foundation.side_of(indicator) == Some(Side::Internal));
    let indicators = try_join_all(internal.map(|indicator| {
        let asked = Asked {
            by: vec![By::Attribute(attribute.id.clone())],
            under: under.cloned(),
            ..Asked::default()
        }
        .within(period);
        one(office, foundation, attribute, indicator, asked)
    }))
    .await?;
    Ok(Some(ContactOverview {
        attribute: ContactAttribute {
            id: attribute.id.to_string(),
            title: Text::from(&attribute.title),
        },
        // An indicator that nobody told apart by contact has nothing to compare.
        indicators: indicators.into_iter().flatten().collect(),
    }))
}

async fn one(
    office: &Office,
    foundation: &Foundation,
    attribute: &Attribute,
    indicator: &Indicator,
    asked: Asked,
) -> Result<Option<ContactIndicator>, AnswerError> {
    let answer = asked.ask(office, foundation, indicator).await?;
    let groups: Vec<(String, Passed)> = attribute
        .values
        .iter()
        .filter_map(|value| {
            let cell = answer
                .cells
                .iter()
                .find(|cell| cell.segment.iter().any(|(_, found)| *found == value.id))?;
            Some((value.id.clone(), cell.passed.clone()))
        })
        .collect();
    if groups.is_empty() {
        return Ok(None);
    }
    let context = context(foundation, indicator, &answer.snapshot);
    let Segments {
        groups,
        differences,
        difference_level,
    } = evenkeel_compare::segments(indicator, &groups, &context);
    let estimate = |value: &str| {
        groups
            .iter()
            .find(|group| group.value == value)
            .map_or_else(
                || Estimated::Undefined {
                    reason: Reason::from(&Undefined::NoAnswers),
                    n: 0,
                    snapshot: answer.snapshot.clone(),
                },
                |group| group.estimate.clone().into(),
            )
    };
    Ok(Some(ContactIndicator {
        indicator: IndicatorRef::new(foundation, indicator),
        groups: attribute
            .values
            .iter()
            .map(|value| ContactGroup {
                value: value.id.clone(),
                title: Text::from(&value.title),
                estimate: estimate(&value.id),
            })
            .collect(),
        differences: differences
            .into_iter()
            .map(|pair| ContactDifference {
                first: pair.first,
                second: pair.second,
                difference: pair.comparison.difference.into(),
            })
            .collect(),
        difference_level,
    }))
}
