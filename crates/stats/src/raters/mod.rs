//! Agreement of raters.
//!
//! Sources: Cohen (1960, 1968) with the standard errors of Fleiss, Cohen & Everitt (1969);
//! Fleiss (1971) and Fleiss, Nee & Landis (1979); Krippendorff (2011); Shrout & Fleiss (1979)
//! and McGraw & Wong (1996).
//! Show raw agreement beside every coefficient. One category only: undefined (0/0), never 1.
//! Krippendorff's ordinal alpha ≥ .80 may be used, .667–.80 is tentative, below it a score is
//! not shown as a score.

mod icc;
mod kappa;
mod krippendorff;

pub use icc::{RaterIcc, rater_icc};
pub use kappa::{FleissKappa, Kappa, KappaWeights, cohen, fleiss};
pub use krippendorff::{
    Metric, RaterAlpha, Standing, TENTATIVE_ALPHA_MIN, USE_ALPHA_MIN, krippendorff,
    krippendorff_alpha,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::undefined::Undefined;

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
        let ordinal = krippendorff_alpha(&values, &units, Metric::Ordinal, 0.95).unwrap();
        // 11 units with two ratings or more, 40 ratings; 32 of 40 coincidences are on the diagonal.
        assert_eq!((ordinal.alpha.n, ordinal.ratings), (11, 40));
        assert!((ordinal.raw_agreement - 0.8).abs() < 1e-12);
        assert_eq!(ordinal.standing, Standing::Use);
        assert!(ordinal.alpha.interval.unwrap().contains(0.815));
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
    fn leaving_out_by_taking_away_is_leaving_out() {
        let units: Vec<Vec<u64>> = [[3, 0, 0], [2, 1, 0], [0, 3, 0], [0, 1, 2], [1, 0, 1]]
            .map(|unit| unit.to_vec())
            .to_vec();
        let values = [1.0, 2.0, 3.0];
        let found = krippendorff_alpha(&values, &units, Metric::Interval, 0.95).unwrap();
        let direct = crate::jackknife::jackknife(
            &units,
            |rest| {
                let rest: Vec<Vec<u64>> = rest.cloned().collect();
                krippendorff(&values, &rest, Metric::Interval)
            },
            0.95,
        );
        let (a, b) = (found.alpha.interval.unwrap(), direct.unwrap().interval);
        assert!((a.lower - b.lower).abs() < 1e-12);
        assert_eq!(found.standing, Standing::NotAScore);
    }

    #[test]
    fn agreement_without_exception_has_no_interval() {
        let units = [vec![2, 0], vec![0, 2], vec![2, 0], vec![0, 2]];
        let found = krippendorff_alpha(&[1.0, 2.0], &units, Metric::Ordinal, 0.95).unwrap();
        assert_eq!((found.alpha.value, found.raw_agreement), (1.0, 1.0));
        assert_eq!(found.alpha.interval, Err(Undefined::ZeroVariance));
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
