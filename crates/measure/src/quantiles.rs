//! Quantiles of observed numbers, by standard and whatever else is asked for.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_facts::Table;
use evenkeel_foundation::{Foundation, StandardId};

use crate::answer::{QuantileAnswer, QuantileCell};
use crate::cells::{self, CellKey};
use crate::error::MeasureError;
use crate::history::History;
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::QuantileQuestion;
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
        let (placed, _) = cells::place_groups(&merged, &plan, window, &mut placement, symbols);
        let Some(Tally::Sketches(sketches)) = merged.tallies().first() else {
            return Ok(QuantileAnswer::default());
        };
        let mut by_cell: BTreeMap<CellKey, Sketch> = BTreeMap::new();
        for group in placed {
            let into = by_cell.entry(group.key).or_default();
            into.merge(&sketches[group.group]);
        }
        let names: Vec<String> = window.segments().into_iter().map(|(name, _)| name).collect();
        let cells = by_cell.into_iter().filter_map(|((unit, period, mut values), sketch)| {
            let standard = StandardId::parse(&values.pop()?).ok()?;
            let quantiles: Option<Vec<f64>> =
                question.quantiles.iter().map(|&q| sketch.quantile(q)).collect();
            Some(QuantileCell {
                standard,
                unit,
                period,
                segment: names.iter().cloned().zip(values).collect(),
                n: sketch.n(),
                quantiles: quantiles?,
            })
        });
        Ok(QuantileAnswer {
            cells: cells.collect(),
            snapshot: sources.label(),
        })
    }
}
