//! What may be behind a correlation: sampling error, and people who did not answer.
//!
//! Source: Spearman (1904) for the correction for attenuation. Sensitivity figures only, never a
//! headline.

use super::correlation::{Correlation, pearson};
use crate::undefined::Undefined;

/// Share of the variance between units that is not sampling error: 1 − mean(vᵢ)/S².
///
/// `values` are unit estimates, `variances` their sampling variances. At most 1; 0 when the
/// sampling error explains all of the spread. Undefined: fewer than two units, no spread.
pub fn reliability(values: &[f64], variances: &[f64]) -> Result<f64, Undefined> {
    let k = values.len().min(variances.len());
    if k < 2 {
        return Err(Undefined::OneUnit);
    }
    let moments: crate::Moments = values[..k].iter().copied().collect();
    let spread = moments.variance()?;
    if spread <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let error = variances[..k].iter().sum::<f64>() / k as f64;
    Ok((1.0 - error / spread).clamp(0.0, 1.0))
}

/// Correlation corrected for attenuation, r/√(ρₓρᵧ): what it would be without sampling error in
/// the unit estimates. A sensitivity figure only; cut to [−1, 1].
///
/// Undefined when a reliability is 0: all spread is noise.
pub fn attenuation_corrected(r: f64, of_x: f64, of_y: f64) -> Result<f64, Undefined> {
    if of_x <= 0.0 || of_y <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok((r / (of_x * of_y).sqrt()).clamp(-1.0, 1.0))
}

/// Correlation of response rates with scores over units, and whether it calls for a warning.
///
/// The warning is raised when the interval leaves out 0: units where fewer answer score
/// otherwise, so that the answers may not speak for those who kept silent.
pub fn nonresponse(
    rates: &[f64],
    scores: &[f64],
    level: f64,
) -> Result<(Correlation, bool), Undefined> {
    let correlation = pearson(rates, scores, level)?;
    let warning = match &correlation.interval {
        Ok(interval) => !interval.contains(0.0),
        Err(_) => correlation.p < 1.0 - level,
    };
    Ok((correlation, warning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attenuation_makes_it_stronger() {
        assert_eq!(attenuation_corrected(0.3, 0.5, 0.72), Ok(0.5));
        assert_eq!(
            attenuation_corrected(0.3, 0.0, 0.7),
            Err(Undefined::NoVariation)
        );
    }

    #[test]
    fn all_spread_may_be_sampling_error() {
        assert_eq!(reliability(&[1.0, 2.0, 3.0], &[2.0; 3]), Ok(0.0));
        assert!((reliability(&[1.0, 2.0, 3.0], &[0.25; 3]).unwrap() - 0.75).abs() < 1e-12);
        assert_eq!(reliability(&[1.0], &[0.1]), Err(Undefined::OneUnit));
    }

    #[test]
    fn a_warning_needs_more_than_chance() {
        let rates = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        let rising = [1.0, 2.1, 2.9, 4.2, 5.0, 5.8, 7.1, 8.0];
        let mixed = [3.0, 5.0, 2.0, 6.0, 4.0, 1.0, 6.0, 4.0];
        assert!(nonresponse(&rates, &rising, 0.95).unwrap().1);
        assert!(!nonresponse(&rates, &mixed, 0.95).unwrap().1);
    }
}
