//! NIST reference data, univariate: mean, standard deviation, lag-1 autocorrelation.

use evenkeel_stats::chart::false_alarm::autocorrelation;
use evenkeel_stats::{Histogram, Moments};

use crate::close;

/// Speed of light in air, Michelson 1879: hundredths of thousands of km/s above 299.
const MICHELSON: [u8; 100] = [
    85, 74, 90, 107, 93, 85, 95, 98, 98, 88, 100, 98, 93, 65, 76, 81, 100, 100, 96, 96, 96, 94, 96,
    94, 88, 80, 85, 88, 90, 84, 83, 79, 81, 88, 88, 83, 80, 79, 76, 80, 88, 88, 88, 86, 72, 72, 62,
    86, 97, 95, 88, 91, 85, 87, 84, 84, 85, 84, 84, 84, 89, 81, 81, 82, 80, 77, 76, 74, 75, 76, 91,
    92, 89, 86, 88, 72, 84, 85, 85, 78, 89, 84, 78, 81, 76, 81, 79, 81, 82, 85, 87, 87, 81, 74, 81,
    94, 95, 80, 81, 87,
];

/// Filter transmittance, Mavrodineanu: units of 1e-5 above 2.
const MAVRO: [u16; 50] = [
    180, 170, 180, 190, 180, 170, 150, 140, 150, 150, 170, 180, 180, 190, 190, 210, 200, 160, 140,
    130, 130, 150, 150, 160, 150, 140, 130, 140, 150, 140, 150, 160, 150, 160, 190, 200, 200, 210,
    220, 230, 240, 250, 270, 260, 260, 260, 270, 260, 250, 240,
];

/// Beam deflection, Lew.
const LEW: [i32; 200] = [
    -213, -564, -35, -15, 141, 115, -420, -360, 203, -338, -431, 194, -220, -513, 154, -125, -559,
    92, -21, -579, -52, 99, -543, -175, 162, -457, -346, 204, -300, -474, 164, -107, -572, -8, 83,
    -541, -224, 180, -420, -374, 201, -236, -531, 83, 27, -564, -112, 131, -507, -254, 199, -311,
    -495, 143, -46, -579, -90, 136, -472, -338, 202, -287, -477, 169, -124, -568, 17, 48, -568,
    -135, 162, -430, -422, 172, -74, -577, -13, 92, -534, -243, 194, -355, -465, 156, -81, -578,
    -64, 139, -449, -384, 193, -198, -538, 110, -44, -577, -6, 66, -552, -164, 161, -460, -344,
    205, -281, -504, 134, -28, -576, -118, 156, -437, -381, 200, -220, -540, 83, 11, -568, -160,
    172, -414, -408, 188, -125, -572, -32, 139, -492, -321, 205, -262, -504, 142, -83, -574, 0, 48,
    -571, -106, 137, -501, -266, 190, -391, -406, 194, -186, -553, 83, -13, -577, -49, 103, -515,
    -280, 201, 300, -506, 131, -45, -578, -80, 138, -462, -361, 201, -211, -554, 32, 74, -533,
    -235, 187, -372, -442, 182, -147, -566, 25, 68, -535, -244, 194, -351, -463, 174, -125, -570,
    15, 72, -550, -190, 172, -424, -385, 198, -218, -536, 96,
];

/// `NumAcc` 2 to 4: a value, then 500 times a tenth less and a tenth more.
fn numacc(middle: f64, less: f64, more: f64) -> Vec<f64> {
    let mut values = vec![middle];
    for _ in 0..500 {
        values.extend([less, more]);
    }
    values
}

#[test]
fn certified_means_and_deviations() {
    let michelson: Vec<f64> = MICHELSON
        .iter()
        .map(|v| (29_900.0 + f64::from(*v)) / 100.0)
        .collect();
    let mavro: Vec<f64> = MAVRO.iter().map(|v| 2.0 + f64::from(*v) * 1e-5).collect();
    let lew: Vec<f64> = LEW.iter().map(|v| f64::from(*v)).collect();
    for (values, mean, sd, of_sd, r) in [
        (
            michelson,
            299.8524,
            0.079_010_547_819_051_8,
            1e-11,
            0.535_199_668_621_283,
        ),
        (
            mavro,
            2.001_856,
            0.000_429_123_454_003_053,
            1e-9,
            0.937_989_183_438_248,
        ),
        (
            lew,
            -177.435,
            277.332_168_044_316,
            1e-13,
            -0.307_304_800_605_679,
        ),
        (numacc(1.2, 1.1, 1.3), 1.2, 0.1, 1e-13, -0.999),
        (
            numacc(1_000_000.2, 1_000_000.1, 1_000_000.3),
            1_000_000.2,
            0.1,
            1e-8,
            -0.999,
        ),
        (
            numacc(10_000_000.2, 10_000_000.1, 10_000_000.3),
            10_000_000.2,
            0.1,
            1e-7,
            -0.999,
        ),
    ] {
        // As one stream, and as buckets merged: the answer may not depend on it.
        let mut merged = Moments::default();
        for bucket in values.chunks(37) {
            merged.merge(&bucket.iter().copied().collect());
        }
        for moments in [values.iter().copied().collect(), merged] {
            close(moments.mean().unwrap(), mean, 1e-14);
            close(moments.sd().unwrap(), sd, of_sd);
        }
        close(autocorrelation(&values).unwrap().r, r, 1e-7);
    }
}

#[test]
fn whole_numbers_are_exact() {
    let lew: Histogram = LEW.iter().map(|v| (*v, 1)).collect();
    assert_eq!((lew.n(), lew.sum()), (200, -35_487));
    close(lew.moments().sd().unwrap(), 277.332_168_044_316, 1e-14);
    let numacc1: Moments = [10_000_001.0, 10_000_003.0, 10_000_002.0]
        .into_iter()
        .collect();
    assert_eq!((numacc1.mean(), numacc1.sd()), (Ok(10_000_002.0), Ok(1.0)));
}
