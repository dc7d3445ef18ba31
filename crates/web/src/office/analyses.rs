//! Questions beyond one indicator by cell: products, ratings, samples, distributions.
//!
//! Invariant: units roll up by what was agreed when, as in every other question.

use evenkeel_foundation::{
    AttributeId, Foundation, IndicatorId, InstrumentId, ItemId, LevelId, StandardId,
};
use evenkeel_measure::{
    Answer, ItemQuestion, ItemsByUnit, MeasureError, Ratings, ReplicateProducts, Sample, Variable,
    Window,
};

use super::Office;
use crate::answers::Asked;

impl Office {
    /// Products of several variables of one instrument, in replicates.
    pub async fn replicates(
        &self,
        foundation: &Foundation,
        instrument: &InstrumentId,
        variables: &[Variable],
        window: &Window,
    ) -> Result<ReplicateProducts, MeasureError> {
        let history = self.history().await;
        self.measure
            .replicates(foundation, &history, instrument, variables, window)
            .await
    }

    /// Items and scales of an instrument, by unit.
    pub async fn items_by_unit(
        &self,
        foundation: &Foundation,
        instrument: &InstrumentId,
        (items, scales): (&[ItemId], &[Vec<ItemId>]),
        level: &LevelId,
        window: &Window,
    ) -> Result<ItemsByUnit, MeasureError> {
        let history = self.history().await;
        let asked = evenkeel_measure::ItemSet {
            instrument,
            items,
            scales,
            level: Some(level),
        };
        self.measure
            .items_by_unit(foundation, &history, &asked, window)
            .await
    }

    /// Ratings of a standard, by what was rated.
    pub async fn ratings(
        &self,
        standard: &StandardId,
        window: &Window,
    ) -> Result<Ratings, MeasureError> {
        let history = self.history().await;
        self.measure.ratings(&history, standard, window).await
    }

    /// The answers to an indicator, by sampling unit and cell.
    pub async fn sample(
        &self,
        foundation: &Foundation,
        indicator: &IndicatorId,
        attributes: &[AttributeId],
        asked: &Asked,
    ) -> Result<Sample, MeasureError> {
        let history = self.history().await;
        let window = Window {
            by: Vec::new(),
            from: asked.from,
            to: asked.to,
            under: asked.under.clone(),
        };
        self.measure
            .sample(foundation, &history, indicator, attributes, &window)
            .await
    }

    /// How often each answer of an item was given.
    pub async fn distribution(
        &self,
        foundation: &Foundation,
        question: &ItemQuestion,
        window: &Window,
    ) -> Result<Answer, MeasureError> {
        self.measure
            .distribution(foundation, question, window)
            .await
    }
}
