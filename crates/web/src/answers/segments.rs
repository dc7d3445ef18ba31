//! One indicator between the groups of an attribute.

use evenkeel_compare::Passed;
use evenkeel_foundation::{Attribute, Foundation, Indicator};
use evenkeel_measure::By;

use super::{AnswerError, Asked, context};
use crate::api::segments::{SegmentDifference, SegmentGroup, SegmentsView};
use crate::api::view::{AttributeRef, Estimated, IndicatorRef, Text};
use crate::office::Office;

/// Asks by attribute and compares every pair of groups.
pub async fn segments(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    attribute: &Attribute,
    asked: Asked,
) -> Result<SegmentsView, AnswerError> {
    let asked = Asked {
        by: vec![By::Attribute(attribute.id.clone())],
        ..asked
    };
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
    let context = context(foundation, indicator, &answer.snapshot);
    let found = evenkeel_compare::segments(indicator, &groups, &context);
    Ok(SegmentsView {
        indicator: IndicatorRef::new(foundation, indicator),
        attribute: AttributeRef::from(attribute),
        groups: attribute
            .values
            .iter()
            .map(|value| {
                let group = found.groups.iter().find(|group| group.value == value.id);
                SegmentGroup {
                    value: value.id.clone(),
                    title: Text::from(&value.title),
                    estimate: group.map_or_else(
                        || Estimated::nobody(&answer.snapshot),
                        |group| group.estimate.clone().into(),
                    ),
                }
            })
            .collect(),
        differences: found
            .differences
            .into_iter()
            .map(|pair| SegmentDifference {
                first: pair.first,
                second: pair.second,
                comparison: pair.comparison.into(),
            })
            .collect(),
        difference_level: found.difference_level,
        snapshot: answer.snapshot,
    })
}
