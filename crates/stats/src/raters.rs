//! Agreement of raters.
//!
//! Sources: Cohen (1960, 1968) with the standard errors of Fleiss, Cohen & Everitt (1969);
//! Fleiss (1971) and Fleiss, Nee & Landis (1979); Krippendorff (2011); Shrout & Fleiss (1979)
//! and McGraw & Wong (1996).
//! Show raw agreement beside every coefficient. One category only: undefined (0/0), never 1.
//! Krippendorff's ordinal alpha ≥ .80 may be used, .667–.80 is tentative, below it a score is
//! not shown as a score.

use crate::distribution::{f_quantile, z};
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// How far apart two categories are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KappaWeights {
    /// Agree or not.
    Unweighted,
    /// By distance.
    Linear,
    /// By squared distance.
    Quadratic,
}

/// Cohen's kappa.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Agreement beyond chance.
    pub value: f64,
    /// Share of pairs on the diagonal.
    pub raw_agreement: f64,
    /// Standard error.
    pub standard_error: f64,
    /// Standard error if there were no agreement beyond chance.
    pub null_error: f64,
    /// Normal interval.
    pub interval: Interval,
}

/// Cohen's kappa of a square table of two raters' categories in order.
pub fn cohen(table: &[Vec<u64>], weights: KappaWeights, level: f64) -> Result<Kappa, Undefined> {
    let k = table.len();
    if k < 2 || table.iter().any(|row| row.len() != k) {
        return Err(Undefined::parameter("table"));
    }
    let n = table.iter().flatten().sum::<u64>() as f64;
    if n == 0.0 {
        return Err(Undefined::NoAnswers);
    }
    let p = |i: usize, j: usize| table[i][j] as f64 / n;
    let rows: Vec<f64> = (0..k).map(|i| (0..k).map(|j| p(i, j)).sum()).collect();
    let columns: Vec<f64> = (0..k).map(|j| (0..k).map(|i| p(i, j)).sum()).collect();
    let likeness = |i: usize, j: usize| {
        let distance = i.abs_diff(j) as f64 / (k as f64 - 1.0);
        match weights {
            KappaWeights::Unweighted => f64::from(u8::from(i == j)),
            KappaWeights::Linear => 1.0 - distance,
            KappaWeights::Quadratic => 1.0 - distance * distance,
        }
    };
    let sum = |f: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..k)
            .flat_map(|i| (0..k).map(move |j| (i, j)))
            .map(|(i, j)| f(i, j))
            .sum()
    };
    let observed = sum(&|i, j| likeness(i, j) * p(i, j));
    let chance = sum(&|i, j| likeness(i, j) * rows[i] * columns[j]);
    if chance >= 1.0 - 1e-15 {
        return Err(Undefined::NoVariation);
    }
    let value = (observed - chance) / (1.0 - chance);
    let of_row: Vec<f64> = (0..k)
        .map(|i| (0..k).map(|j| columns[j] * likeness(i, j)).sum())
        .collect();
    let of_column: Vec<f64> = (0..k)
        .map(|j| (0..k).map(|i| rows[i] * likeness(i, j)).sum())
        .collect();
    let scale = n * (1.0 - chance).powi(2);
    let spread = sum(&|i, j| {
        p(i, j) * (likeness(i, j) - (of_row[i] + of_column[j]) * (1.0 - value)).powi(2)
    }) - (value - chance * (1.0 - value)).powi(2);
    let null =
        sum(&|i, j| rows[i] * columns[j] * (likeness(i, j) - (of_row[i] + of_column[j])).powi(2))
            - chance * chance;
    let standard_error = (spread / scale).max(0.0).sqrt();
    Ok(Kappa {
        value,
        raw_agreement: (0..k).map(|i| p(i, i)).sum(),
        standard_error,
        null_error: (null / scale).max(0.0).sqrt(),
        interval: Interval::around(value, z(level) * standard_error, level, Method::Wald),
    })
}

/// Fleiss' kappa of several raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FleissKappa {
    /// Agreement beyond the chance of the categories' shares.
    pub fleiss: f64,
    /// Agreement beyond the chance of equally likely categories (Randolph).
    pub randolph: f64,
    /// Share of agreeing pairs of raters.
    pub raw_agreement: f64,
    /// Standard error if there were no agreement beyond chance.
    pub null_error: f64,
}

/// Fleiss' kappa; each row counts, for one subject, the raters by category. Every subject must
/// have the same number of raters, at least two.
pub fn fleiss(subjects: &[Vec<u64>]) -> Result<FleissKappa, Undefined> {
    let raters = subjects
        .first()
        .ok_or(Undefined::NoAnswers)?
        .iter()
        .sum::<u64>();
    if raters < 2 || subjects.iter().any(|s| s.iter().sum::<u64>() != raters) {
        return Err(Undefined::parameter("raters"));
    }
    let (n, m) = (subjects.len() as f64, raters as f64);
    let k = subjects[0].len();
    let shares: Vec<f64> = (0..k)
        .map(|j| subjects.iter().map(|s| s[j]).sum::<u64>() as f64 / (n * m))
        .collect();
    let agreeing: u64 = subjects
        .iter()
        .flatten()
        .map(|&c| c * c.saturating_sub(1))
        .sum();
    let observed = agreeing as f64 / (n * m * (m - 1.0));
    let chance: f64 = shares.iter().map(|p| p * p).sum();
    let spread: f64 = shares.iter().map(|p| p * (1.0 - p)).sum();
    if spread <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let skew: f64 = shares.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum();
    let even = 1.0 / k as f64;
    Ok(FleissKappa {
        fleiss: (observed - chance) / (1.0 - chance),
        randolph: (observed - even) / (1.0 - even),
        raw_agreement: observed,
        null_error: (2.0 / (n * m * (m - 1.0))).sqrt() * (spread * spread - skew).max(0.0).sqrt()
            / spread,
    })
}

/// What a difference of two values means to Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Same or not.
    Nominal,
    /// By the number of values between.
    Ordinal,
    /// By squared difference.
    Interval,
    /// By squared difference over squared sum; values above 0.
    Ratio,
}

/// Krippendorff's alpha from counts of values by unit.
///
/// `values` are the possible values in ascending order; each unit counts how many raters gave
/// each. Units with fewer than two ratings say nothing and are left out, so that missing
/// ratings need no care. Undefined: no pair of ratings; one value only.
pub fn krippendorff(values: &[f64], units: &[Vec<u64>], metric: Metric) -> Result<f64, Undefined> {
    let k = values.len();
    let mut coincidences = vec![vec![0.0; k]; k];
    for unit in units {
        let ratings = unit.iter().sum::<u64>();
        if ratings < 2 || unit.len() != k {
            continue;
        }
        for i in 0..k {
            for j in 0..k {
                let pairs = if i == j {
                    unit[i] * unit[i].saturating_sub(1)
                } else {
                    unit[i] * unit[j]
                };
                coincidences[i][j] += pairs as f64 / (ratings - 1) as f64;
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    if n <= 1.0 {
        return Err(Undefined::NoAnswers);
    }
    let distance = |i: usize, j: usize| -> f64 {
        let (i, j) = (i.min(j), i.max(j));
        match metric {
            Metric::Nominal => f64::from(u8::from(i != j)),
            Metric::Ordinal if i == j => 0.0,
            Metric::Ordinal => {
                let between: f64 = totals[i..=j].iter().sum();
                (between - f64::midpoint(totals[i], totals[j])).powi(2)
            }
            Metric::Interval => (values[i] - values[j]).powi(2),
            Metric::Ratio if values[i] + values[j] == 0.0 => 0.0,
            Metric::Ratio => ((values[i] - values[j]) / (values[i] + values[j])).powi(2),
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for i in 0..k {
        for j in 0..k {
            observed += coincidences[i][j] * distance(i, j);
            expected += totals[i] * totals[j] * distance(i, j) / (n - 1.0);
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - observed / expected)
}

/// The six intraclass correlations of targets × raters, each with its F interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaterIcc {
    /// ICC(1,1): raters differ from target to target.
    pub one: (f64, Interval),
    /// ICC(A,1): the same raters, absolute agreement.
    pub agreement: (f64, Interval),
    /// ICC(C,1): the same raters, consistency.
    pub consistency: (f64, Interval),
    /// ICC(1,k).
    pub one_mean: (f64, Interval),
    /// ICC(A,k).
    pub agreement_mean: (f64, Interval),
    /// ICC(C,k).
    pub consistency_mean: (f64, Interval),
}

/// Intraclass correlations of a complete table of targets (rows) × raters.
///
/// Undefined: fewer than two targets or raters, rows of unequal length, no variation.
pub fn rater_icc(table: &[Vec<f64>], level: f64) -> Result<RaterIcc, Undefined> {
    let (targets, raters) = (table.len(), table.first().map_or(0, Vec::len));
    if targets < 2 || raters < 2 || table.iter().any(|r| r.len() != raters) {
        return Err(Undefined::parameter("table"));
    }
    let (n, k) = (targets as f64, raters as f64);
    let grand = table.iter().flatten().sum::<f64>() / (n * k);
    let total: f64 = table.iter().flatten().map(|x| (x - grand).powi(2)).sum();
    let rows: f64 = table
        .iter()
        .map(|r| k * (r.iter().sum::<f64>() / k - grand).powi(2))
        .sum();
    let columns: f64 = (0..raters)
        .map(|j| n * (table.iter().map(|r| r[j]).sum::<f64>() / n - grand).powi(2))
        .sum();
    let msr = rows / (n - 1.0);
    let msc = columns / (k - 1.0);
    let mse = (total - rows - columns) / ((n - 1.0) * (k - 1.0));
    let msw = (total - rows) / (n * (k - 1.0));
    if msr <= 0.0 || mse <= 0.0 || msw <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let p = 0.5 + level / 2.0;
    let interval = |lower: f64, upper: f64| Interval {
        lower,
        upper,
        level,
        method: Method::Exact,
    };
    let single = |f_low: f64, f_high: f64| {
        interval(
            (f_low - 1.0) / (f_low + k - 1.0),
            (f_high - 1.0) / (f_high + k - 1.0),
        )
    };
    let of_mean = |f_low: f64, f_high: f64| interval(1.0 - 1.0 / f_low, 1.0 - 1.0 / f_high);
    let (f1, f3) = (msr / msw, msr / mse);
    let (d1, dw, de) = (n - 1.0, n * (k - 1.0), (n - 1.0) * (k - 1.0));
    let one_limits = (f1 / f_quantile(p, d1, dw), f1 * f_quantile(p, dw, d1));
    let three_limits = (f3 / f_quantile(p, d1, de), f3 * f_quantile(p, de, d1));
    let agreement = (msr - mse) / (msr + (k - 1.0) * mse + k * (msc - mse) / n);
    let (a_low, a_high) = agreement_limits(
        &Squares {
            n,
            k,
            msr,
            msc,
            mse,
        },
        agreement,
        p,
    );
    let spearman_brown = |r: f64| r * k / (1.0 + r * (k - 1.0));
    Ok(RaterIcc {
        one: (
            (msr - msw) / (msr + (k - 1.0) * msw),
            single(one_limits.0, one_limits.1),
        ),
        agreement: (agreement, interval(a_low, a_high)),
        consistency: (
            (msr - mse) / (msr + (k - 1.0) * mse),
            single(three_limits.0, three_limits.1),
        ),
        one_mean: ((msr - msw) / msr, of_mean(one_limits.0, one_limits.1)),
        agreement_mean: (
            (msr - mse) / (msr + (msc - mse) / n),
            interval(spearman_brown(a_low), spearman_brown(a_high)),
        ),
        consistency_mean: ((msr - mse) / msr, of_mean(three_limits.0, three_limits.1)),
    })
}

struct Squares {
    n: f64,
    k: f64,
    msr: f64,
    msc: f64,
    mse: f64,
}

/// Satterthwaite limits of ICC(A,1) (Shrout & Fleiss 1979).
fn agreement_limits(s: &Squares, icc: f64, p: f64) -> (f64, f64) {
    let Squares {
        n,
        k,
        msr,
        msc,
        mse,
    } = *s;
    let fj = msc / mse;
    let numerator =
        (k - 1.0) * (n - 1.0) * (k * icc * fj + n * (1.0 + (k - 1.0) * icc) - k * icc).powi(2);
    let denominator =
        (n - 1.0) * k * k * icc * icc * fj * fj + (n * (1.0 + (k - 1.0) * icc) - k * icc).powi(2);
    let v = numerator / denominator;
    let high = f_quantile(p, n - 1.0, v);
    let low = f_quantile(p, v, n - 1.0);
    let rest = k * msc + (k * n - k - n) * mse;
    (
        n * (msr - high * mse) / (high * rest + n * msr),
        n * (low * msr - mse) / (rest + n * low * msr),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // Shrout & Fleiss (1979), table 2: ICC(1,1) .17, ICC(2,1) .29, ICC(3,1) .71.
    #[test]
    fn shrout_and_fleiss() {
        let table = [
            vec![9.0, 2.0, 5.0, 8.0],
            vec![6.0, 1.0, 3.0, 2.0],
            vec![8.0, 4.0, 6.0, 8.0],
            vec![7.0, 1.0, 2.0, 6.0],
            vec![10.0, 5.0, 6.0, 9.0],
            vec![6.0, 2.0, 4.0, 7.0],
        ];
        let icc = rater_icc(&table, 0.95).unwrap();
        assert!((icc.one.0 - 0.17).abs() < 0.005);
        assert!((icc.agreement.0 - 0.29).abs() < 0.005);
        assert!((icc.consistency.0 - 0.71).abs() < 0.005);
        assert!((icc.consistency_mean.0 - 0.91).abs() < 0.005);
    }

    // Krippendorff (2011): alpha nominal .743, ordinal .815, interval .849, ratio .797.
    #[test]
    fn krippendorff_as_published() {
        let ratings: [[u8; 12]; 4] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let units: Vec<Vec<u64>> = (0..12)
            .map(|u| {
                (1..=5)
                    .map(|v| ratings.iter().filter(|r| r[u] == v).count() as u64)
                    .collect()
            })
            .collect();
        let values = [1.0, 2.0, 3.0, 4.0, 5.0];
        for (metric, alpha) in [
            (Metric::Nominal, 0.743),
            (Metric::Ordinal, 0.815),
            (Metric::Interval, 0.849),
            (Metric::Ratio, 0.797),
        ] {
            assert!((krippendorff(&values, &units, metric).unwrap() - alpha).abs() < 5e-4);
        }
    }

    // Fleiss (1971) as worked in textbooks: 14 raters, 10 subjects, kappa .210.
    #[test]
    fn fleiss_as_published() {
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let subjects: Vec<Vec<u64>> = counts.iter().map(|c| c.to_vec()).collect();
        assert!((fleiss(&subjects).unwrap().fleiss - 0.210).abs() < 5e-4);
    }

    #[test]
    fn one_category_is_undefined() {
        let table = [vec![10, 0], vec![0, 0]];
        let result = cohen(&table, KappaWeights::Unweighted, 0.95);
        assert_eq!(result, Err(Undefined::NoVariation));
        assert_eq!(
            krippendorff(&[1.0, 2.0], &[vec![3, 0], vec![2, 0]], Metric::Ordinal),
            Err(Undefined::NoVariation)
        );
        assert_eq!(fleiss(&[vec![3, 0]]), Err(Undefined::NoVariation));
    }
}
