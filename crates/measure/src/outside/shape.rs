//! A figure as statistics of an indicator.

use evenkeel_stats::{Frequencies, Histogram, Moments, Statistics};

use super::rows::{Figure, Row};
use crate::leaf::{Leaf, Reading, Worth};

/// Shares below this total are taken to leave answers out.
const COMPLETE: f64 = 0.9;

/// The statistics that a figure is for a leaf; `None` when it cannot be used: a mean where
/// single answers are needed, or a figure without n.
pub fn shape(leaf: &Leaf, figure: &Figure) -> Option<Statistics> {
    let row = figure.rows.first()?;
    match figure.form.as_str() {
        "counts" | "shares" => answers(leaf, figure),
        "mean" => {
            let (mean, n) = (row.mean?, row.n?);
            let is_mean = match &leaf.reading {
                Reading::Real => true,
                Reading::Scores { worth, .. } => *worth == Worth::Itself,
                Reading::Hits { .. } | Reading::Codes { .. } | Reading::OnlyOutside => false,
            };
            is_mean.then(|| match row.sd {
                Some(sd) => Statistics::Moments(Moments::from_sd(n, mean, sd)),
                None => Statistics::MeanOnly { mean, n },
            })
        }
        "rate" => {
            let (numerator, denominator) = (row.numerator?, row.denominator?);
            match &leaf.reading {
                Reading::OnlyOutside => Some(Statistics::Rate {
                    numerator,
                    denominator,
                }),
                Reading::Hits { .. } if denominator >= 0.0 => Some(Statistics::Share {
                    hits: numerator,
                    n: denominator.round() as u64,
                }),
                _ => None,
            }
        }
        "value" => Some(Statistics::Value {
            value: row.value?,
            weight: row.weight,
        }),
        _ => None,
    }
}

fn answers(leaf: &Leaf, figure: &Figure) -> Option<Statistics> {
    let total: f64 = figure.rows.iter().filter_map(|row| row.count).sum();
    let said = figure.rows.iter().filter_map(|row| row.n).max();
    let n = said.or_else(|| (figure.form == "counts").then(|| total.round() as u64))?;
    let complete = total >= COMPLETE * n as f64;
    let share = |hit: &dyn Fn(&Row) -> bool| {
        let hits = figure.rows.iter().filter(|row| hit(row));
        Some(Statistics::Share {
            hits: hits.filter_map(|row| row.count).sum(),
            n,
        })
    };
    match &leaf.reading {
        Reading::Scores {
            worth: Worth::OneOf(scores),
            ..
        } => share(&|row| row.answer.is_some_and(|answer| scores.contains(&answer))),
        Reading::Scores {
            worth: Worth::From(from),
            ..
        } if !complete => share(&|row| row.answer.is_some_and(|answer| answer >= *from)),
        Reading::Scores { .. } | Reading::Codes { .. } | Reading::Real if complete => {
            scores(figure, n)
        }
        // Kept and deviated are the answers 1 and 0.
        Reading::Hits { .. } if leaf.outside.subject_kind == "standard" => {
            share(&|row| row.answer == Some(1))
        }
        Reading::Hits { .. } => share(&|row| {
            let label = row.label.clone().or(row.answer.map(|a| a.to_string()));
            label.is_some_and(|label| leaf.outside.labels.contains(&label))
        }),
        Reading::Scores { .. } | Reading::Codes { .. } | Reading::Real | Reading::OnlyOutside => {
            None
        }
    }
}

/// Whole counts as a histogram, shares as frequencies.
fn scores(figure: &Figure, n: u64) -> Option<Statistics> {
    let counted: Option<Vec<(i32, f64)>> = figure
        .rows
        .iter()
        .map(|row| Some((row.answer?, row.count?)))
        .collect();
    let counted = counted?;
    let whole = counted
        .iter()
        .all(|(_, count)| count.fract() == 0.0 && *count >= 0.0);
    if figure.form == "counts" && whole {
        let whole = counted.iter().map(|&(score, count)| (score, count as u64));
        return Some(Statistics::Scores(whole.collect::<Histogram>()));
    }
    let mut frequencies = Frequencies::default();
    for (score, count) in counted {
        frequencies.add(score, count);
    }
    frequencies.add_n(n);
    Some(Statistics::Frequencies(frequencies))
}
