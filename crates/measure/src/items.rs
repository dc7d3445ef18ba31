//! Questions about items as such: distributions, and products of several items.

use std::collections::BTreeSet;

use evenkeel_facts::{Table, item_column};
use evenkeel_foundation::{Foundation, Instrument, InstrumentId, Item, ItemId, Scale};
use evenkeel_stats::CoMoments;

use crate::answer::{Answer, CrossProducts};
use crate::ask::{self, Asked};
use crate::cells;
use crate::error::MeasureError;
use crate::history::History;
use crate::leaf::{Leaf, Outside, Reading, Worth};
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::{ItemQuestion, Window};
use crate::roll_up::place_groups;
use crate::tally::{Coding, Count, JointPart, PartValue, SCORES_MAX, Tally};

/// Items of one matrix of products.
pub const ITEMS_MAX: usize = 64;

impl Measure {
    /// How often each answer of an item was given, in each cell: a histogram of scores; of a choice
    /// the score is the place of the word in the scale, of yes or no 1 and 0.
    pub async fn distribution(
        &self,
        foundation: &Foundation,
        question: &ItemQuestion,
        window: &Window,
    ) -> Result<Answer, MeasureError> {
        window.check()?;
        let instrument = instrument(foundation, &question.instrument)?;
        let item = item(instrument, &question.item)?;
        let reading = match scored(item, "distribution", instrument)? {
            Coding::Whole { min, width } => Reading::Scores {
                min,
                width,
                worth: Worth::Itself,
            },
            coding => Reading::Codes { coding },
        };
        let mut outside = Outside::about("item", item.id.as_str());
        outside.instrument = Some(instrument.id.to_string());
        let asked = Asked::Leaf(Leaf {
            table: Some(Table::Responses(instrument.id.clone())),
            only: Vec::new(),
            column: item_column(item.id.as_str()),
            reading,
            outside,
        });
        let sources = self.sources(asked.tables()).await?;
        let history = History::of(foundation);
        ask::run(self.engine(), &sources, &history, window, false, &asked).await
    }

    /// n, means and co-moments of several items over the responses that answered all of them;
    /// `window.by` has to be empty.
    pub async fn cross_products(
        &self,
        foundation: &Foundation,
        id: &InstrumentId,
        items: &[ItemId],
        window: &Window,
    ) -> Result<CrossProducts, MeasureError> {
        if !window.by.is_empty() || items.len() > ITEMS_MAX {
            return Err(MeasureError::WrongQuestion {
                found: format!("products of {} items by {:?}", items.len(), window.by),
                allowed: format!("up to {ITEMS_MAX} items, over everything"),
            });
        }
        let instrument = instrument(foundation, id)?;
        let parts = items.iter().map(|id| {
            let item = item(instrument, id)?;
            let value = match &item.scale {
                Scale::Number { .. } => PartValue::Real,
                _ => coded(scored(item, "product", instrument)?),
            };
            Ok(JointPart {
                column: item_column(item.id.as_str()),
                value,
            })
        });
        let parts = parts.collect::<Result<Vec<_>, MeasureError>>()?;
        let mut moments = CoMoments::new(parts.len());
        let table = Table::Responses(instrument.id.clone());
        let sources = self.sources(BTreeSet::from([table.clone()])).await?;
        if let Some(source) = sources.get(&table) {
            let history = History::of(foundation);
            let mut placement = Placement::new(&history, window)?;
            let mut plan = cells::plan_of(window, &placement);
            plan.counts.push(Count::Joint { parts });
            let merged = self.engine().count(source, &plan).await?;
            let symbols = self.engine().symbols();
            let placed = place_groups(&merged, &plan, window, &mut placement, symbols);
            if let Some(Tally::Joint(joint)) = merged.tallies().first() {
                for group in placed.cells.iter().flat_map(|(_, groups)| groups.iter()) {
                    moments.merge(&joint.co_moments(group));
                }
            }
        }
        Ok(CrossProducts {
            moments,
            snapshot: sources.label(),
        })
    }
}

pub(crate) fn instrument<'a>(
    foundation: &'a Foundation,
    id: &InstrumentId,
) -> Result<&'a Instrument, MeasureError> {
    foundation
        .instrument(id)
        .ok_or_else(|| MeasureError::Unknown {
            kind: "instrument",
            id: id.to_string(),
            known: foundation
                .instruments
                .keys()
                .map(ToString::to_string)
                .collect(),
        })
}

pub(crate) fn item<'a>(instrument: &'a Instrument, id: &ItemId) -> Result<&'a Item, MeasureError> {
    instrument
        .item(id.as_str())
        .ok_or_else(|| MeasureError::Unknown {
            kind: "item",
            id: format!("{}.{id}", instrument.id),
            known: instrument
                .items
                .iter()
                .map(|item| item.id.to_string())
                .collect(),
        })
}

/// How the answers of an item become codes.
pub(crate) fn scored(
    item: &Item,
    kind: &'static str,
    of: &Instrument,
) -> Result<Coding, MeasureError> {
    let coding = match &item.scale {
        Scale::Rating { min, max } => u32::try_from(i64::from(*max) - i64::from(*min) + 1)
            .ok()
            .filter(|width| *width <= SCORES_MAX)
            .map(|width| Coding::Whole { min: *min, width }),
        Scale::Boolean => Some(Coding::Truth),
        Scale::Choice { values } => Some(Coding::Words {
            values: values.clone(),
        }),
        _ => None,
    };
    coding.ok_or_else(|| MeasureError::WrongScale {
        subject: "items".to_owned(),
        kind,
        item: format!("{}.{}", of.id, item.id),
        scale: item.scale.to_string(),
        allowed: "a rating of at most 1024 scores, one choice, yes or no; for products also a number",
    })
}

/// Each code stands for its score.
pub(crate) fn coded(coding: Coding) -> PartValue {
    let min = match coding {
        Coding::Whole { min, .. } => min,
        _ => 0,
    };
    let values = (0..coding.width()).map(|code| min + code.cast_signed());
    PartValue::Coded {
        values: values.collect(),
        coding,
    }
}
