//! Two groups or periods compared: the difference, how large it is, and whether it may be chance.
//!
//! Invariant: difference and effect size come with every p; where a side is hidden all three are
//! hidden. Sides are independent samples, as in [`crate::difference`].
//! Absent on purpose: a verdict on p. Pages show the interval first.

use evenkeel_foundation::Indicator;
use evenkeel_stats::contingency::{chi_squared, fisher};
use evenkeel_stats::distribution::normal_sf;
use evenkeel_stats::effect::{cohen_h, hedges_g_measured};
use evenkeel_stats::multiplicity::{Adjustment, adjust};
use evenkeel_stats::{Measured, Moments, Undefined, mean, nps};

use crate::difference::change;
use crate::estimate::{Context, EstimateMethod, Estimated, may_show};
use crate::evidence::Evidence;
use crate::gate::Passed;
use crate::measured::{Reduced, measured, reduced, sampling_variance};

/// Expected counts from which χ² is right.
const EXPECTED_MIN: f64 = 5.0;

/// How a p was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TestMethod {
    /// z test of two net promoter scores.
    NpsZ,
    /// Pearson's χ² of two shares.
    ChiSquared,
    /// Fisher's exact test of two shares, where few are expected.
    Fisher,
    /// Welch's t test of two means.
    Welch,
    /// Difference over its standard error: weights, composites, people who answered more than
    /// once.
    Wald,
}

/// A test of "no difference".
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// How.
    pub method: TestMethod,
    /// Two-sided p, or why there is none.
    pub p: Result<f64, Undefined>,
    /// p adjusted for the family it belongs to (Benjamini–Hochberg); `None` outside a family or
    /// without p.
    pub q: Option<f64>,
}

/// First less second.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// On the scale of the indicator.
    pub difference: Estimated,
    /// In standard units.
    pub effect: Estimated,
    /// `None` where the difference is hidden.
    pub test: Option<Test>,
}

/// Compares two sides: `first` less `second`.
pub fn comparison(
    indicator: &Indicator,
    first: &Passed,
    second: &Passed,
    context: &Context<'_>,
) -> Comparison {
    let difference = change(indicator, first, second, context);
    let context = context.frozen_by(first);
    let sides = [first, second].map(|side| may_show(indicator, side, &context));
    let [Ok(first), Ok(second)] = sides else {
        return Comparison {
            effect: difference.clone(),
            difference,
            test: None,
        };
    };
    let n = first.n() + second.n();
    let (method, effect) = effect(indicator, first, second, context.level);
    let (test, p) = p(indicator, first, second, &context);
    Comparison {
        difference,
        effect: Estimated::of(effect, n, method, context.snapshot),
        test: Some(Test {
            method: test,
            p,
            q: None,
        }),
    }
}

/// Adjusts the p-values of a family (Benjamini–Hochberg); those without p are not in it.
pub fn adjust_family<'a>(family: impl IntoIterator<Item = &'a mut Comparison>) {
    let mut tests: Vec<(&mut Test, f64)> = family
        .into_iter()
        .filter_map(|comparison| comparison.test.as_mut())
        .filter_map(|test| {
            let p = *test.p.as_ref().ok()?;
            Some((test, p))
        })
        .collect();
    let p_values: Vec<f64> = tests.iter().map(|(_, p)| *p).collect();
    let adjusted = adjust(&p_values, Adjustment::BenjaminiHochberg);
    for ((test, _), q) in tests.iter_mut().zip(adjusted) {
        test.q = Some(q);
    }
}

/// Whether somebody answered more than once: rows are then no independent sample.
fn repeats(first: Evidence<'_>, second: Evidence<'_>) -> bool {
    first.repeated().is_some() || second.repeated().is_some()
}

fn effect(
    indicator: &Indicator,
    first: Evidence<'_>,
    second: Evidence<'_>,
    level: f64,
) -> (EstimateMethod, Result<Measured, Undefined>) {
    let kind = &indicator.kind;
    let sides = (
        reduced(kind, first.statistics),
        reduced(kind, second.statistics),
    );
    let (method, found) = match sides {
        (Err(reason), _) | (_, Err(reason)) => (EstimateMethod::HedgesG, Err(reason)),
        (Ok(Reduced::Counts(a)), Ok(Reduced::Counts(b))) => {
            let of = |counts: &nps::Counts| counts.moments();
            (EstimateMethod::HedgesG, g(of(&a), of(&b), level))
        }
        (Ok(Reduced::Moments(a)), Ok(Reduced::Moments(b))) => {
            (EstimateMethod::HedgesG, g(Ok(a), Ok(b), level))
        }
        (Ok(Reduced::Share { hits, n }), Ok(Reduced::Share { hits: h, n: m })) => {
            (EstimateMethod::CohenH, cohen_h((hits, n), (h, m), level))
        }
        _ => (EstimateMethod::HedgesG, Err(Undefined::WrongStatistics)),
    };
    let found = found.map(|measured| {
        if repeats(first, second) {
            // Its interval would take every answer for a person.
            Measured::new(measured.value, measured.n, Err(Undefined::NoCovariance))
        } else {
            measured
        }
    });
    (method, found)
}

fn g(
    first: Result<Moments, Undefined>,
    second: Result<Moments, Undefined>,
    level: f64,
) -> Result<Measured, Undefined> {
    hedges_g_measured(&first?, &second?, level)
}

fn p(
    indicator: &Indicator,
    first: Evidence<'_>,
    second: Evidence<'_>,
    context: &Context<'_>,
) -> (TestMethod, Result<f64, Undefined>) {
    let kind = &indicator.kind;
    if !repeats(first, second)
        && let (Ok(a), Ok(b)) = (
            reduced(kind, first.statistics),
            reduced(kind, second.statistics),
        )
    {
        match (a, b) {
            (Reduced::Counts(a), Reduced::Counts(b)) => {
                let p = nps::nps_difference_test(&a, &b).map(|(_, _, ln_p)| ln_p.exp());
                return (TestMethod::NpsZ, p);
            }
            (Reduced::Share { hits, n }, Reduced::Share { hits: h, n: m }) => {
                return of_shares((hits, n), (h, m));
            }
            (Reduced::Moments(a), Reduced::Moments(b)) => {
                let p = mean::welch(&a, &b, context.level).map(|welch| welch.p);
                return (TestMethod::Welch, p);
            }
            _ => {}
        }
    }
    (TestMethod::Wald, wald(indicator, first, second, context))
}

fn of_shares(
    (hits, n): (f64, u64),
    (others, m): (f64, u64),
) -> (TestMethod, Result<f64, Undefined>) {
    // Published shares give counts that are not whole.
    let row = |hits: f64, n: u64| {
        let hits = (hits.round() as u64).min(n);
        [hits, n - hits]
    };
    let table = [row(hits, n), row(others, m)];
    let rows: Vec<Vec<u64>> = table.iter().map(|row| row.to_vec()).collect();
    match chi_squared(&rows, false) {
        Ok(test) if test.expected_min >= EXPECTED_MIN => {
            (TestMethod::ChiSquared, Ok(test.ln_p.exp()))
        }
        Ok(_) => (TestMethod::Fisher, fisher(table, 0.95).map(|test| test.p)),
        Err(reason) => (TestMethod::ChiSquared, Err(reason)),
    }
}

fn wald(
    indicator: &Indicator,
    first: Evidence<'_>,
    second: Evidence<'_>,
    context: &Context<'_>,
) -> Result<f64, Undefined> {
    let value = |side| measured(indicator, side, context.indicators, context.level);
    let variance = |side| sampling_variance(indicator, side, context.indicators);
    let difference = value(first)?.value - value(second)?.value;
    let variance = variance(first)? + variance(second)?;
    if variance <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok((2.0 * normal_sf(difference.abs() / variance.sqrt())).min(1.0))
}
