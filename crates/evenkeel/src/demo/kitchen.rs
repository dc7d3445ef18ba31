//! Looks at delivery: random tables and random plates.

use std::fmt::Write as _;

use jiff::ToSpan;
use rand::RngExt;

use super::truth::{FIRST, LAST, PACE_FROM, PACE_REGION, Truth, normal, rng};

/// Looks at each of the two standards per restaurant and week.
const LOOKS_A_WEEK: u32 = 4;

/// Files of observations.
pub struct Kitchen {
    pub first_course: String,
    pub plate_temperature: String,
}

pub fn draw(truth: &Truth) -> Kitchen {
    let mut files = Kitchen {
        first_course: "restaurant,at,minutes\n".to_owned(),
        plate_temperature: "restaurant,at,celsius\n".to_owned(),
    };
    for (place, restaurant) in truth.restaurants.iter().enumerate() {
        let mut rng = rng(9_000 + place as u64);
        let mut week = FIRST;
        while week <= LAST {
            for _ in 0..LOOKS_A_WEEK {
                let day = week.saturating_add(rng.random_range(0..7i64).days());
                if !restaurant.open_on(day) {
                    continue;
                }
                let faster = if restaurant.region == PACE_REGION && day >= PACE_FROM {
                    -2.0
                } else {
                    0.0
                };
                let weekend = if matches!(
                    day.weekday(),
                    jiff::civil::Weekday::Friday | jiff::civil::Weekday::Saturday
                ) {
                    1.8
                } else {
                    0.0
                };
                let typical = 14.0 - 0.8 * restaurant.guests_on(day) + weekend + faster;
                let minutes = (typical.max(5.0)) * (0.28 * normal(&mut rng)).exp();
                let celsius = 70.0 + 0.3 * restaurant.team_on(day) + 2.3 * normal(&mut rng);
                let (hour, minute) = (rng.random_range(11..22), rng.random_range(0..60));
                let at = format!("{day}T{hour:02}:{minute:02}");
                let _ = writeln!(files.first_course, "{},{at},{minutes:.1}", restaurant.id);
                let _ = writeln!(
                    files.plate_temperature,
                    "{},{at},{celsius:.1}",
                    restaurant.id
                );
            }
            week = week.saturating_add(7.days());
        }
    }
    files
}
