//! An indicator with calibrated weights, beside the same without.

use std::collections::BTreeMap;

use evenkeel_compare::{CalibratedSample, SampleCell, WeightedError as Refused};
use evenkeel_foundation::{Attribute, AttributeId, Foundation, Indicator};
use evenkeel_measure::Sample;
use evenkeel_stats::weighting::{CalibrationError, PsuCell};

use super::{AnswerError, Asked, context, estimates};
use crate::api::view::{Estimated, IndicatorRef, Reason};
use crate::api::weighted::{WeightCell, WeightedView, Weighting};
use crate::office::Office;

/// One margin: an attribute, and the population of each of its values.
#[derive(Debug, Clone)]
pub struct Margin<'a> {
    pub attribute: &'a Attribute,
    pub population: BTreeMap<String, f64>,
}

/// Why the weights do not exist.
#[derive(Debug, thiserror::Error)]
pub enum WeightedError {
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// Margins and sample do not go together; in words that name them.
    #[error("{0}")]
    Margins(String),
}

/// Rakes the answers to the margins.
pub async fn weighted(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    margins: &[Margin<'_>],
    asked: Asked,
) -> Result<WeightedView, WeightedError> {
    let attributes: Vec<AttributeId> = margins
        .iter()
        .map(|margin| margin.attribute.id.clone())
        .collect();
    let sample = office
        .sample(foundation, &indicator.id, &attributes, &asked)
        .await
        .map_err(AnswerError::from)?;
    let version = version(indicator, margins, &asked, &sample.snapshot);
    let plain = estimates(office, foundation, indicator, asked).await?;
    let context = context(foundation, indicator, &sample.snapshot);
    let targets: Vec<Vec<f64>> = margins
        .iter()
        .map(|margin| margin.population.values().copied().collect())
        .collect();
    let cells = cells(&sample, margins)?;
    let totals: Vec<PsuCell> = sample
        .totals
        .iter()
        .map(|total| PsuCell {
            psu: total.psu,
            stratum: total.stratum,
            cell: total.cell,
            weight: total.weight,
            weighted_sum: total.weighted_sum,
        })
        .collect();
    let found = evenkeel_compare::weighted(
        foundation,
        indicator,
        &CalibratedSample {
            cells: &cells,
            totals: &totals,
            margins: &targets,
            respondents: sample.respondents,
        },
        &context,
    )
    .map_err(|Refused::Calibration(error)| WeightedError::Margins(words(&error, margins)))?;
    let values = |cell: &evenkeel_measure::SampleCell| {
        let names = attributes.iter().map(ToString::to_string);
        names.zip(cell.values.iter().cloned()).collect()
    };
    Ok(WeightedView {
        indicator: IndicatorRef::new(foundation, indicator),
        weighted: found.estimate.into(),
        unweighted: plain.cells.into_iter().next().map_or_else(
            || Estimated::Undefined {
                reason: Reason::word("no_answers"),
                n: 0,
                snapshot: sample.snapshot.clone(),
            },
            |cell| cell.estimate,
        ),
        weights: found.weighting.map(|weighting| Weighting {
            version,
            n: weighting.n,
            left_out: sample.left_out,
            effective_n: weighting.effective_n,
            design_effect: weighting.design_effect,
            smallest: weighting.smallest,
            largest: weighting.largest,
            lonely_strata: weighting.lonely_strata,
            cells: sample
                .cells
                .iter()
                .zip(weighting.factors)
                .map(|(cell, factor)| WeightCell {
                    values: values(cell),
                    factor,
                })
                .collect(),
        }),
        snapshot: sample.snapshot,
    })
}

/// The cells with the places of their values in the margins.
fn cells(sample: &Sample, margins: &[Margin<'_>]) -> Result<Vec<SampleCell>, WeightedError> {
    let cell = |cell: &evenkeel_measure::SampleCell| {
        let categories = margins.iter().zip(&cell.values).map(|(margin, value)| {
            margin
                .population
                .keys()
                .position(|known| known == value)
                .ok_or_else(|| {
                    WeightedError::Margins(format!(
                        "attribute {}, value {value}: somebody in the sample, and the margins do not name it",
                        margin.attribute.id
                    ))
                })
        });
        Ok(SampleCell {
            categories: categories.collect::<Result<_, WeightedError>>()?,
            n: cell.n,
            weight: cell.weight,
            squares: cell.squares,
            range: cell.range,
        })
    };
    sample.cells.iter().map(cell).collect()
}

fn words(error: &CalibrationError, margins: &[Margin<'_>]) -> String {
    let attribute = |margin: usize| {
        margins
            .get(margin)
            .map_or_else(String::new, |margin| margin.attribute.id.to_string())
    };
    match error {
        CalibrationError::EmptyCategory {
            margin,
            category,
            wanted,
        } => {
            let value = margins
                .get(*margin)
                .and_then(|margin| margin.population.keys().nth(*category));
            format!(
                "attribute {}, value {}: nobody in the sample, but {wanted} in the population",
                attribute(*margin),
                value.map_or("", String::as_str)
            )
        }
        CalibrationError::MarginsDisagree {
            margin,
            sum,
            expected,
        } => format!(
            "the margin of {} adds up to {sum}, that of {} to {expected}",
            attribute(*margin),
            attribute(0)
        ),
        other => other.to_string(),
    }
}

/// Names indicator, margins, window and tables: the same ones, the same factors (FNV-1a, 64 bits).
fn version(indicator: &Indicator, margins: &[Margin<'_>], asked: &Asked, snapshot: &str) -> String {
    let margins: Vec<String> = margins
        .iter()
        .map(|margin| format!("{}={:?}", margin.attribute.id, margin.population))
        .collect();
    let text = format!(
        "{}|{}|{:?}|{:?}|{:?}|{snapshot}",
        indicator.id,
        margins.join(";"),
        asked.from,
        asked.to,
        asked.under
    );
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
