//! Linear regression from merged co-moments.
//!
//! Invariant: works on centred cross-products only (11 correct digits on NIST's Longley data,
//! where raw normal equations have 7).
//! Labelled association wherever it is shown.

use crate::distribution::{t_p_two_sided, t_quantile};
use crate::interval::{Interval, Method};
use crate::linear::Matrix;
use crate::moments::CoMoments;
use crate::undefined::Undefined;

/// An ordinary least squares fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Rows.
    pub n: u64,
    /// Intercept.
    pub intercept: f64,
    /// Standard error of the intercept.
    pub intercept_error: f64,
    /// Coefficient of each predictor, in the order given.
    pub slopes: Vec<f64>,
    /// Standard error of each coefficient.
    pub errors: Vec<f64>,
    /// Coefficients after scaling all columns to standard deviation 1.
    pub standardised: Vec<f64>,
    /// Covariance matrix of the coefficients (without the intercept).
    pub covariance: Matrix,
    /// Residual variance, denominator n − p − 1.
    pub residual_variance: f64,
    /// Residual degrees of freedom.
    pub df: f64,
    /// Share of the variance explained.
    pub r2: f64,
}

impl Fit {
    /// R² adjusted for the number of predictors.
    pub fn adjusted_r2(&self) -> f64 {
        1.0 - (1.0 - self.r2) * (self.n as f64 - 1.0) / self.df
    }

    /// Two-sided p of each coefficient.
    pub fn p_values(&self) -> Vec<f64> {
        self.slopes
            .iter()
            .zip(&self.errors)
            .map(|(b, e)| t_p_two_sided(b / e, self.df))
            .collect()
    }

    /// t interval of one coefficient; `None` when there are fewer.
    pub fn interval(&self, coefficient: usize, level: f64) -> Option<Interval> {
        let (slope, error) = (self.slopes.get(coefficient)?, self.errors.get(coefficient)?);
        let t = t_quantile(f64::midpoint(1.0, level), self.df);
        Some(Interval::around(*slope, t * error, level, Method::T))
    }
}

/// Regresses column `outcome` on the columns `predictors` (0-based) of the co-moments.
///
/// Assumes independent rows and errors of equal variance. Undefined: fewer rows than
/// coefficients + 1; an outcome or predictor that does not vary; predictors that repeat each
/// other (`Singular`, naming the columns by their place among `predictors`).
pub fn ols(moments: &CoMoments, outcome: usize, predictors: &[usize]) -> Result<Fit, Undefined> {
    let p = predictors.len();
    let n = moments.n();
    if n < p as u64 + 2 {
        return Err(Undefined::TooFew {
            n,
            needed: p as u64 + 2,
        });
    }
    let total = moments.product(outcome, outcome);
    if total <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let inverse =
        Matrix::from_fn(p, |i, j| moments.product(predictors[i], predictors[j])).inverse()?;
    let with_outcome: Vec<f64> = predictors
        .iter()
        .map(|&i| moments.product(i, outcome))
        .collect();
    let slopes = inverse.apply(&with_outcome);
    let explained: f64 = slopes.iter().zip(&with_outcome).map(|(b, c)| b * c).sum();
    let df = n as f64 - p as f64 - 1.0;
    let residual_variance = ((total - explained) / df).max(0.0);
    let means: Vec<f64> = predictors.iter().map(|&i| moments.means()[i]).collect();
    let intercept =
        moments.means()[outcome] - slopes.iter().zip(&means).map(|(b, m)| b * m).sum::<f64>();
    let spread: f64 = inverse
        .apply(&means)
        .iter()
        .zip(&means)
        .map(|(a, b)| a * b)
        .sum();
    let covariance = Matrix::from_fn(p, |i, j| residual_variance * inverse.get(i, j));
    Ok(Fit {
        n,
        intercept,
        intercept_error: (residual_variance * (1.0 / n as f64 + spread)).sqrt(),
        standardised: slopes
            .iter()
            .zip(predictors)
            .map(|(b, &i)| b * (moments.product(i, i) / total).sqrt())
            .collect(),
        errors: (0..p).map(|i| covariance.get(i, i).sqrt()).collect(),
        slopes,
        covariance,
        residual_variance,
        df,
        r2: (explained / total).clamp(0.0, 1.0),
    })
}

/// The same from rows with weights: each row counts as often as its weight says, the weights
/// scaled so that their mean is 1. The weights are taken as how exact a row is (WLS), not as how
/// many people stand behind it: n and the degrees of freedom are those of the rows.
///
/// Rows of weight 0 count for nobody. Undefined: no row has a weight; as [`ols`] otherwise.
pub fn wls(
    rows: &[(Vec<f64>, f64)],
    outcome: usize,
    predictors: &[usize],
) -> Result<Fit, Undefined> {
    let rows: Vec<_> = rows.iter().filter(|(_, weight)| *weight > 0.0).collect();
    let Some(columns) = rows.first().map(|(row, _)| row.len()) else {
        return Err(Undefined::ZeroWeight);
    };
    let n = rows.len() as f64;
    let total: f64 = rows.iter().map(|(_, weight)| weight).sum();
    let mean = |column: usize| {
        let values = rows.iter().map(|(row, weight)| row[column] * weight);
        values.sum::<f64>() / total
    };
    let means: Vec<f64> = (0..columns).map(mean).collect();
    let products = (0..columns).flat_map(|i| (i..columns).map(move |j| (i, j)));
    let products = products.map(|(i, j)| {
        let centred = rows
            .iter()
            .map(|(row, weight)| weight * (row[i] - means[i]) * (row[j] - means[j]));
        centred.sum::<f64>() * n / total
    });
    let products = products.collect();
    let moments = CoMoments::from_parts(rows.len() as u64, means, products);
    moments.map_or(Err(Undefined::WrongStatistics), |moments| {
        ols(&moments, outcome, predictors)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // NIST StRD Longley: certified values.
    const LONGLEY: [[f64; 7]; 16] = [
        [60323.0, 83.0, 234_289.0, 2356.0, 1590.0, 107_608.0, 1947.0],
        [61122.0, 88.5, 259_426.0, 2325.0, 1456.0, 108_632.0, 1948.0],
        [60171.0, 88.2, 258_054.0, 3682.0, 1616.0, 109_773.0, 1949.0],
        [61187.0, 89.5, 284_599.0, 3351.0, 1650.0, 110_929.0, 1950.0],
        [63221.0, 96.2, 328_975.0, 2099.0, 3099.0, 112_075.0, 1951.0],
        [63639.0, 98.1, 346_999.0, 1932.0, 3594.0, 113_270.0, 1952.0],
        [64989.0, 99.0, 365_385.0, 1870.0, 3547.0, 115_094.0, 1953.0],
        [63761.0, 100.0, 363_112.0, 3578.0, 3350.0, 116_219.0, 1954.0],
        [66019.0, 101.2, 397_469.0, 2904.0, 3048.0, 117_388.0, 1955.0],
        [67857.0, 104.6, 419_180.0, 2822.0, 2857.0, 118_734.0, 1956.0],
        [68169.0, 108.4, 442_769.0, 2936.0, 2798.0, 120_445.0, 1957.0],
        [66513.0, 110.8, 444_546.0, 4681.0, 2637.0, 121_950.0, 1958.0],
        [68655.0, 112.6, 482_704.0, 3813.0, 2552.0, 123_366.0, 1959.0],
        [69564.0, 114.2, 502_601.0, 3931.0, 2514.0, 125_368.0, 1960.0],
        [69331.0, 115.7, 518_173.0, 4806.0, 2572.0, 127_852.0, 1961.0],
        [70551.0, 116.9, 554_894.0, 4007.0, 2827.0, 130_081.0, 1962.0],
    ];

    fn longley() -> CoMoments {
        let mut moments = CoMoments::new(7);
        for row in &LONGLEY {
            assert!(moments.push(row));
        }
        moments
    }

    #[test]
    fn certified_by_nist() {
        let fit = ols(&longley(), 0, &[1, 2, 3, 4, 5, 6]).unwrap();
        let certified = [
            (15.061_872_271_373_3, 84.914_925_774_766_9),
            (-0.035_819_179_292_590_98, 0.033_491_007_772_242_4),
            (-2.020_229_803_816_82, 0.488_399_681_651_699),
            (-1.033_226_867_173_59, 0.214_274_163_161_675),
            (-0.051_104_105_653_580_7, 0.226_073_200_069_370),
            (1_829.151_464_613_55, 455.478_499_142_212),
        ];
        for ((slope, error), (b, e)) in fit.slopes.iter().zip(&fit.errors).zip(certified) {
            assert!(
                (slope / b - 1.0).abs() < 1e-8 && (error / e - 1.0).abs() < 1e-8,
                "{slope} {b}"
            );
        }
        assert!((fit.intercept / -3_482_258.634_595_82 - 1.0).abs() < 1e-8);
        assert!((fit.intercept_error / 890_420.383_607_373 - 1.0).abs() < 1e-8);
        assert!((fit.r2 - 0.995_479_004_577_296).abs() < 1e-12);
    }

    #[test]
    fn a_predictor_that_repeats_another_is_named() {
        let mut moments = CoMoments::new(3);
        for (x, y) in [(1.0, 2.0), (2.0, 2.5), (3.0, 4.0), (4.0, 3.5), (5.0, 5.0)] {
            assert!(moments.push(&[y, x, 2.0 * x]));
        }
        assert_eq!(
            ols(&moments, 0, &[1, 2]),
            Err(Undefined::Singular { columns: vec![1] })
        );
    }

    /// Weights that count how often a row is there give the slopes of the repeated rows, whatever
    /// they are multiplied by; the errors are those of fewer rows.
    #[test]
    fn weights_stand_for_repeated_rows() {
        let mut repeated = CoMoments::new(7);
        let mut weighted = Vec::new();
        let mut rows = 0.0;
        for (place, row) in LONGLEY.iter().enumerate() {
            let times = 1 + place % 3;
            rows += times as f64;
            (0..times).for_each(|_| assert!(repeated.push(row)));
            weighted.push((row.to_vec(), 0.25 * times as f64));
        }
        weighted.push((vec![1e9; 7], 0.0));
        let (all, few) = (
            ols(&repeated, 0, &[1, 4, 6]).unwrap(),
            wls(&weighted, 0, &[1, 4, 6]).unwrap(),
        );
        assert_eq!(few.n, 16);
        for (a, b) in all.slopes.iter().zip(&few.slopes) {
            assert!((a / b - 1.0).abs() < 1e-8, "{a} {b}");
        }
        for (a, b) in all.errors.iter().zip(&few.errors) {
            let expected = a * ((rows - 4.0) / (16.0 - 4.0)).sqrt();
            assert!((b / expected - 1.0).abs() < 1e-8, "{b} {expected}");
        }
        let interval = few.interval(0, 0.95).unwrap();
        let excludes_zero = interval.lower * interval.upper > 0.0;
        assert_eq!(excludes_zero, few.p_values()[0] < 0.05);
        assert_eq!(
            wls(&[(vec![1.0, 2.0], 0.0)], 0, &[1]),
            Err(Undefined::ZeroWeight)
        );
    }
}
