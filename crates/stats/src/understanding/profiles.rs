//! Similarity of profiles: does each predictor get the order of the targets right?
//!
//! Source: Furr (2008). Most of a raw similarity is that everybody knows what is usual; the
//! distinctive one takes the mean profile out of both sides.

use crate::moments::{CoMoments, Moments};
use crate::undefined::Undefined;

/// Correlation of two lists; `None` when one does not vary.
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut moments = CoMoments::new(2);
    for (a, b) in a.iter().zip(b) {
        moments.push(&[*a, *b]);
    }
    let spread = |i: usize| moments.product(i, i);
    let scale = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    let varies = spread(0) > 1e-24 * scale(a) && spread(1) > 1e-24 * scale(b);
    varies.then(|| moments.correlation(0, 1).ok()).flatten()
}

/// Mean correlation of each predictor's profile with the truth: (mean, predictors whose
/// profile does not vary).
///
/// `distinctive` takes the mean profile out of both tables first.
pub fn profile_similarity(
    prediction: &[Vec<f64>],
    truth: &[Vec<f64>],
    distinctive: bool,
) -> Result<(f64, u64), Undefined> {
    let centre = |table: &[Vec<f64>]| -> Vec<Vec<f64>> {
        let means: Vec<f64> = (0..table.first().map_or(0, Vec::len))
            .map(|j| {
                let shift = table.iter().map(|r| r[j]).sum::<f64>() / table.len() as f64;
                if distinctive { shift } else { 0.0 }
            })
            .collect();
        table
            .iter()
            .map(|r| r.iter().zip(&means).map(|(x, m)| x - m).collect())
            .collect()
    };
    let (p, o) = (centre(prediction), centre(truth));
    let each: Vec<Option<f64>> = p.iter().zip(&o).map(|(p, o)| correlation(p, o)).collect();
    let known: Moments = each.iter().flatten().copied().collect();
    Ok((known.mean()?, each.len() as u64 - known.n()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_profile_is_counted_apart() {
        let truth = [
            vec![1.0, 2.0, 3.0],
            vec![3.0, 2.0, 1.0],
            vec![1.0, 3.0, 2.0],
        ];
        let guess = [
            vec![2.0, 3.0, 4.0],
            vec![2.0, 2.0, 2.0],
            vec![1.0, 5.0, 3.0],
        ];
        assert_eq!(profile_similarity(&guess, &truth, false), Ok((1.0, 1)));
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    // Everybody guesses the usual profile: similar, and not at all distinctive.
    #[test]
    fn knowing_what_is_usual_is_not_distinctive() {
        let truth = [
            vec![1.0, 4.0, 6.0],
            vec![2.0, 4.0, 5.0],
            vec![0.0, 4.0, 7.0],
        ];
        let guess = vec![vec![1.0, 4.0, 6.0]; 3];
        assert!(profile_similarity(&guess, &truth, false).unwrap().0 > 0.95);
        assert!(profile_similarity(&guess, &truth, true).is_err());
    }
}
