//! Quantiles of observed numbers, by standard and whatever else is asked for.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use evenkeel_facts::Table;
use evenkeel_foundation::{Foundation, StandardId};

use crate::answer::{QuantileAnswer, QuantileCell, Segment};
use crate::cells::{self, Values};
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::QuantileQuestion;
use crate::roll_up::place_groups;
use crate::sketch::Sketch;
use crate::tally::{Count, Only, Tally};

const STANDARD: &str = "standard";

impl Measure {
    /// Quantiles by standard, and by unit, period and segment as asked for.
    ///
    /// Sketches with relative accuracy .01: a quantile is off by at most 1 % of itself.
    pub async fn sketch_quantiles(
        &self,
        foundation: &Foundation,
        question: &QuantileQuestion,
    ) -> Result<QuantileAnswer, MeasureError> {
        let window = &question.window;
        window.check()?;
        let history = History::of(foundation);
        let sources = self.sources(BTreeSet::from([Table::Observations])).await?;
        let Some(source) = sources.get(&Table::Observations) else {
            return Ok(QuantileAnswer::default());
        };
        let mut placement = Placement::new(&history, window)?;
        let mut plan = cells::plan_of(window, &placement);
        plan.by.push(STANDARD.to_owned());
        if !question.standards.is_empty() {
            plan.only.push(Only {
                column: STANDARD.to_owned(),
                values: question.standards.iter().map(ToString::to_string).collect(),
            });
        }
        plan.counts.push(Count::Sketch {
            column: "value".to_owned(),
        });
        let merged = self.engine().count(source, &plan).await?;
        let symbols = self.engine().symbols();
        let placed = place_groups(&merged, &plan, window, &mut placement, symbols);
        let Some(Tally::Sketches(sketches)) = merged.tallies().first() else {
            return Ok(QuantileAnswer::default());
        };
        let names: Vec<String> = window
            .segments()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        // The standard is the last of the values.
        let mut known: HashMap<Values, (Segment, Option<StandardId>)> = HashMap::new();
        let mut cells: Vec<QuantileCell> = Vec::with_capacity(placed.cells.len());
        for ((unit, period, values), groups) in placed.cells {
            // One group a cell is the rule; then its sketch is read where it lies.
            let together = (!groups.rest.is_empty()).then(|| {
                let mut whole = Sketch::default();
                groups
                    .iter()
                    .for_each(|group| whole.merge(&sketches[group]));
                whole
            });
            let sketch = together.as_ref().unwrap_or(&sketches[groups.first]);
            let (segment, standard) = known.entry(values).or_insert_with_key(|values| {
                let standard = values.last().and_then(|word| StandardId::parse(word).ok());
                (cells::named(&names, values), standard)
            });
            let quantiles = question.quantiles.iter().map(|&q| sketch.quantile(q));
            let (Some(standard), Some(quantiles)) = (standard.clone(), quantiles.collect()) else {
                continue;
            };
            cells.push(QuantileCell {
                standard,
                unit,
                period,
                segment: Arc::clone(segment),
                n: sketch.n(),
                quantiles,
            });
        }
        Ok(QuantileAnswer {
            cells,
            snapshot: sources.label(),
        })
    }
}
