//! The other axis of the importance–performance map.
//!
//! Source: Martilla & James (1977). Importance is the relative weight; performance is where the
//! mean stands on its scale, so that items of different scales stand on one axis.

use crate::undefined::Undefined;

/// (mean − lowest)/(highest − lowest): 0 at the lowest answer of the scale, 1 at the highest.
///
/// Turned round for an item where lower is better by giving the ends in that order. Undefined:
/// both ends the same; a mean outside them.
pub fn performance(mean: f64, lowest: f64, highest: f64) -> Result<f64, Undefined> {
    let share = (mean - lowest) / (highest - lowest);
    if lowest == highest || !(0.0..=1.0).contains(&share) {
        return Err(Undefined::parameter("scale"));
    }
    Ok(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_way_round() {
        assert_eq!(performance(4.0, 1.0, 5.0), Ok(0.75));
        assert_eq!(performance(4.0, 5.0, 1.0), Ok(0.25));
        assert!(performance(6.0, 1.0, 5.0).is_err());
        assert!(performance(1.0, 1.0, 1.0).is_err());
    }
}
