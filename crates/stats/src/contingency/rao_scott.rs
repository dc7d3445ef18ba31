//! χ² of weighted and clustered answers.
//!
//! Source: Rao & Scott (1981, 1984), second order with Satterthwaite degrees of freedom, as R
//! survey's `svychisq(statistic = "F")`. Weighted counts alone never give a p: n is not Σw, and
//! people of one cluster answer alike.

use crate::design::Design;
use crate::distribution::f_ln_sf;
use crate::linear::{Matrix, solve};
use crate::undefined::Undefined;
use serde::Serialize;

/// A design-based test of independence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RaoScott {
    /// χ² of the weighted shares times n.
    pub chi_squared: f64,
    /// χ² over the trace of the generalised design effects.
    pub f: f64,
    /// Numerator degrees of freedom (Satterthwaite).
    pub df: f64,
    /// Denominator degrees of freedom: `df` times PSUs less strata.
    pub df_below: f64,
    /// Natural log of p.
    pub ln_p: f64,
    /// Mean generalised design effect: 1 for a simple random sample.
    pub design_effect: f64,
    /// √(χ²/(n·(min(rows, columns) − 1))) of the weighted shares.
    pub cramers_v: f64,
    /// Strata with a single PSU.
    pub lonely: u64,
}

/// Tests independence in a design whose first rows × columns columns are the weighted totals of
/// the cells, row by row; `n` answers.
///
/// Undefined: a row or column of the table without weight; fewer PSUs than strata + 1; a design
/// without columns enough.
pub fn rao_scott(
    design: &Design,
    n: u64,
    rows: usize,
    columns: usize,
) -> Result<RaoScott, Undefined> {
    let cells = rows * columns;
    if rows < 2 || columns < 2 || design.columns() < cells {
        return Err(Undefined::parameter("table"));
    }
    if design.df() < 1.0 {
        return Err(Undefined::OneCluster);
    }
    let totals: Vec<f64> = (0..cells).map(|cell| design.sum(cell)).collect();
    let weight: f64 = totals.iter().sum();
    if n == 0 || weight <= 0.0 {
        return Err(Undefined::NoAnswers);
    }
    let shares: Vec<f64> = totals.iter().map(|t| t / weight).collect();
    let of_row: Vec<f64> = shares.chunks(columns).map(|row| row.iter().sum()).collect();
    let of_column: Vec<f64> = (0..columns)
        .map(|j| (0..rows).map(|i| shares[i * columns + j]).sum())
        .collect();
    if of_row.iter().chain(&of_column).any(|s| *s <= 0.0) {
        return Err(Undefined::NoVariation);
    }
    let size = n as f64;
    let chi_squared: f64 = (0..cells)
        .map(|cell| {
            let expected = of_row[cell / columns] * of_column[cell % columns];
            size * (shares[cell] - expected).powi(2) / expected
        })
        .sum();
    let inverse: Vec<f64> = shares
        .iter()
        .map(|s| if *s > 0.0 { 1.0 / s } else { 0.0 })
        .collect();
    // Contrasts of the interaction: last row and column are the references.
    let contrasts: Vec<Vec<f64>> = (0..(rows - 1) * (columns - 1))
        .map(|place| {
            let (i, j) = (place / (columns - 1), place % (columns - 1));
            (0..cells)
                .map(|cell| {
                    let sign = |at: usize, own: usize, last: usize| {
                        f64::from(i8::from(at == own) - i8::from(at == last))
                    };
                    sign(cell / columns, i, rows - 1) * sign(cell % columns, j, columns - 1)
                })
                .collect()
        })
        .collect();
    // Linearised values of each contrast of the shares divided by themselves, by PSU.
    let z: Vec<Vec<f64>> = contrasts
        .iter()
        .map(|contrast| {
            design
                .psus()
                .iter()
                .map(|psu| {
                    let own: f64 = psu.totals[..cells].iter().sum();
                    (0..cells)
                        .map(|c| {
                            contrast[c] * inverse[c] * (psu.totals[c] - shares[c] * own) / weight
                        })
                        .sum()
                })
                .collect()
        })
        .collect();
    let k = contrasts.len();
    let mut observed = Matrix::identity(k);
    let mut lonely = 0;
    for i in 0..k {
        for j in 0..=i {
            let (covariance, strata) = design.covariance_of_totals(&z[i], &z[j])?;
            observed.set(i, j, covariance);
            observed.set(j, i, covariance);
            lonely = strata;
        }
    }
    let simple = Matrix::from_fn(k, |i, j| {
        (0..cells)
            .map(|c| contrasts[i][c] * inverse[c] / size * contrasts[j][c])
            .sum()
    });
    // Generalised design effects: simple⁻¹·observed.
    let mut effects = Matrix::identity(k);
    for j in 0..k {
        let column: Vec<f64> = (0..k).map(|i| observed.get(i, j)).collect();
        for (i, value) in solve(&simple, &column)?.into_iter().enumerate() {
            effects.set(i, j, value);
        }
    }
    let trace = |m: &Matrix| (0..k).map(|i| m.get(i, i)).sum::<f64>();
    let (first, second) = (trace(&effects), trace(&effects.times(&effects)));
    if first <= 0.0 || second <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let df = first * first / second;
    let f = chi_squared / first;
    Ok(RaoScott {
        chi_squared,
        f,
        df,
        df_below: df * design.df(),
        ln_p: f_ln_sf(f, df, df * design.df()),
        design_effect: first / k as f64,
        cramers_v: (chi_squared / (size * (rows.min(columns) as f64 - 1.0))).sqrt(),
        lonely,
    })
}

#[cfg(test)]
mod tests {
    use super::super::chi_squared::chi_squared;
    use super::*;
    use crate::design::Psu;

    // Schools of 15 Californian districts (apiclus1 of R survey): target met or not × elementary,
    // high, middle. Documentation of `svychisq`: F = 5.1934, ndf = 1.495, ddf = 20.925,
    // p-value = 0.02175.
    const DISTRICTS: [[u8; 6]; 15] = [
        [0, 0, 0, 8, 1, 2],
        [0, 0, 0, 2, 1, 1],
        [0, 0, 1, 1, 0, 0],
        [1, 0, 2, 9, 0, 1],
        [0, 0, 0, 2, 0, 0],
        [0, 1, 1, 2, 0, 0],
        [0, 0, 1, 2, 1, 0],
        [1, 0, 0, 12, 0, 3],
        [1, 1, 0, 3, 3, 1],
        [3, 0, 0, 31, 0, 0],
        [1, 1, 1, 15, 1, 2],
        [5, 0, 0, 25, 3, 4],
        [0, 0, 2, 10, 0, 1],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 0, 9, 1, 2],
    ];

    fn districts() -> Vec<Psu> {
        DISTRICTS
            .iter()
            .map(|counts| Psu {
                stratum: 0,
                totals: counts.iter().map(|c| 33.847 * f64::from(*c)).collect(),
            })
            .collect()
    }

    #[test]
    fn as_published() {
        let design = Design::new(districts(), Some(vec![757.0]));
        let found = rao_scott(&design, 183, 2, 3).unwrap();
        assert!((found.f - 5.1934).abs() < 5e-5, "{found:?}");
        assert!((found.df - 1.495).abs() < 5e-4, "{found:?}");
        assert!((found.df_below - 20.925).abs() < 5e-4, "{found:?}");
        assert!((found.ln_p.exp() - 0.02175).abs() < 5e-6, "{found:?}");
    }

    #[test]
    fn neither_the_weights_scale_nor_the_order_matters() {
        let of = |scale: f64, order: [usize; 6]| {
            let psus = districts()
                .into_iter()
                .map(|psu| Psu {
                    stratum: 0,
                    totals: order.map(|c| scale * psu.totals[c]).to_vec(),
                })
                .collect();
            rao_scott(&Design::new(psus, None), 183, 2, 3).unwrap()
        };
        let (one, other) = (of(1.0, [0, 1, 2, 3, 4, 5]), of(7.0, [5, 3, 4, 2, 0, 1]));
        assert!((one.f - other.f).abs() < 1e-9 && (one.df - other.df).abs() < 1e-9);
    }

    // People drawn one by one with equal weights: nearly Pearson's χ² (n over n − 1 apart).
    #[test]
    fn a_simple_random_sample_is_chi_squared() {
        let table = [[30_u64, 20, 25], [15, 30, 22]];
        let psus: Vec<Psu> = table
            .iter()
            .flatten()
            .enumerate()
            .flat_map(|(cell, &count)| {
                (0..count).map(move |_| Psu {
                    stratum: 0,
                    totals: (0..6).map(|c| f64::from(u8::from(c == cell))).collect(),
                })
            })
            .collect();
        let found = rao_scott(&Design::new(psus, None), 142, 2, 3).unwrap();
        let plain = chi_squared(&table.map(|row| row.to_vec()), false).unwrap();
        assert!((found.chi_squared - plain.statistic).abs() < 1e-9);
        assert!((found.design_effect - 1.0).abs() < 0.02, "{found:?}");
        assert!((found.ln_p - plain.ln_p).abs() < 0.1, "{found:?} {plain:?}");
    }

    #[test]
    fn reasons() {
        let one = Design::new(districts()[..1].to_vec(), None);
        assert_eq!(rao_scott(&one, 11, 2, 3), Err(Undefined::OneCluster));
        let empty_row = districts().into_iter().map(|psu| Psu {
            totals: psu
                .totals
                .iter()
                .enumerate()
                .map(|(c, t)| if c < 3 { 0.0 } else { *t })
                .collect(),
            ..psu
        });
        let design = Design::new(empty_row.collect(), None);
        assert_eq!(rao_scott(&design, 183, 2, 3), Err(Undefined::NoVariation));
        assert!(rao_scott(&design, 183, 3, 3).is_err());
    }
}
