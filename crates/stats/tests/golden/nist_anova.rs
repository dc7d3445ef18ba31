//! NIST reference data, analysis of variance: leading digits that do not vary.

use evenkeel_stats::Moments;
use evenkeel_stats::aggregation::anova;
use rstest::rstest;

use crate::close;

/// Atomic weight of silver by two instruments: 1e-7 above 107.868.
const ATOMIC_WEIGHT: [[u16; 24]; 2] = [
    [
        1568, 1465, 1572, 1785, 1446, 1903, 1526, 1494, 1616, 1587, 1519, 1486, 1419, 1569, 1508,
        1672, 1385, 1518, 1662, 1424, 1360, 1333, 1610, 1477,
    ],
    [
        1079, 1344, 1513, 1197, 1604, 1385, 1642, 1365, 1151, 1082, 1517, 1448, 1198, 1482, 1334,
        1609, 1101, 1512, 1469, 1360, 1254, 1261, 1450, 1368,
    ],
];

#[test]
fn atomic_weight_of_silver() {
    let groups = ATOMIC_WEIGHT.map(|values| {
        values
            .iter()
            .map(|v| (1_078_680_000.0 + f64::from(*v)) / 1e7)
            .collect::<Moments>()
    });
    let table = anova(&groups).unwrap();
    close(table.f().unwrap(), 15.946_733_567_793_0, 1e-6);
    close(table.within, 2.281_559_329_710_14e-10, 1e-6);
    close(table.between, 3.638_341_875e-9, 1e-6);
}

/// `SmLs`: nine groups about 1.4, 1.3, 1.5, 1.3 …, each a middle value and pairs a tenth away; 1,
/// 7 and 13 leading digits that do not vary.
#[rstest]
#[case(1.0, 10, 21.0, 1e-12)]
#[case(1.0, 100, 201.0, 1e-12)]
#[case(1.0, 1000, 2001.0, 1e-12)]
#[case(1_000_000.0, 10, 21.0, 1e-8)]
#[case(1_000_000.0, 1000, 2001.0, 1e-8)]
#[case(1e12, 10, 21.0, 5e-3)]
#[case(1e12, 1000, 2001.0, 5e-3)]
fn simon_and_lesage(
    #[case] base: f64,
    #[case] pairs: usize,
    #[case] f: f64,
    #[case] relative: f64,
) {
    let groups: Vec<Moments> = (0..9)
        .map(|group| {
            let tenths = match group {
                0 => 4.0,
                odd if odd % 2 == 1 => 3.0,
                _ => 5.0,
            };
            let value = |shift: f64| base + (tenths + shift) / 10.0;
            std::iter::once(value(0.0))
                .chain((0..pairs).flat_map(|_| [value(-1.0), value(1.0)]))
                .collect()
        })
        .collect();
    close(anova(&groups).unwrap().f().unwrap(), f, relative);
}
