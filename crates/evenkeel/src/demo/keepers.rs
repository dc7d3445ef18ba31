//! What those who owe a standard say of it: do they know it, can they, do they want to?
//!
//! Each quarter of the second year everybody is asked about some standards, as the product asks them;
//! where a team fares badly the time and the colleagues are missing, and the house burger is known by
//! fewer than anything else.

use std::fmt::Write as _;

use evenkeel_foundation::Asks;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

use super::truth::{Truth, normal, quarters, rng};

/// A standard, and who say yes where a team fares averagely: know, time, means, staff, want.
type Standing = (&'static str, [f64; 5]);

/// What the restaurant teams owe.
pub const TEAM: [Standing; 7] = [
    ("allergies-asked", [0.93, 0.86, 0.92, 0.84, 0.95]),
    ("bill-brought", [0.95, 0.78, 0.80, 0.74, 0.86]),
    ("first-course", [0.90, 0.55, 0.83, 0.60, 0.80]),
    ("house-burger", [0.64, 0.81, 0.90, 0.82, 0.85]),
    ("plate-temperature", [0.84, 0.76, 0.62, 0.80, 0.90]),
    ("table-ready", [0.91, 0.70, 0.88, 0.66, 0.82]),
    ("welcome-rubric", [0.88, 0.83, 0.94, 0.81, 0.92]),
];
/// What the back office owes.
pub const OFFICE: [Standing; 4] = [
    ("mail-answered", [0.92, 0.61, 0.88, 0.57, 0.84]),
    ("mail-tone", [0.71, 0.84, 0.90, 0.86, 0.66]),
    ("recipe-cards", [0.86, 0.74, 0.71, 0.80, 0.81]),
    ("shifts-known", [0.94, 0.66, 0.85, 0.63, 0.90]),
];
/// Standards that one person is asked about in a quarter.
const ASKED: usize = 4;
/// Share of those asked who answer.
const ANSWERS: f64 = 0.72;
/// How much a standard deviation of faring moves each.
const FARES: [f64; 5] = [0.01, 0.08, 0.02, 0.09, 0.05];
/// The first quarter in which it is asked.
const FROM: usize = 4;
/// People of a region's office.
const OFFICE_PEOPLE: u32 = 34;

/// Files of the teams and of the office.
pub fn draw(truth: &Truth) -> (String, String) {
    let mut team = header(&TEAM);
    let mut office = header(&OFFICE);
    for (place, restaurant) in truth.restaurants.iter().enumerate() {
        let mut rng = rng(11_000 + place as u64);
        for first in &quarters()[FROM..] {
            if restaurant.open_on(*first) {
                for person in 0..restaurant.people {
                    let who = format!("{}-{person}", restaurant.id);
                    let fares = restaurant.team_on(*first);
                    answer(
                        &mut team,
                        &TEAM,
                        restaurant.id.as_str(),
                        *first,
                        &who,
                        fares,
                        &mut rng,
                    );
                }
            }
        }
    }
    for (place, region) in truth.regions.iter().enumerate() {
        let mut rng = rng(12_000 + place as u64);
        let fares = 0.5 * normal(&mut rng);
        for first in &quarters()[FROM..] {
            for person in 0..OFFICE_PEOPLE {
                let who = format!("{region}-{person}");
                answer(
                    &mut office,
                    &OFFICE,
                    region.as_str(),
                    *first,
                    &who,
                    fares,
                    &mut rng,
                );
            }
        }
    }
    (team, office)
}

fn header(standards: &[Standing]) -> String {
    let mut header = "unit,wave,day,who".to_owned();
    for (standard, _) in standards {
        for asks in Asks::EVERY {
            let _ = write!(header, ",{}_{standard}", asks.as_str());
        }
    }
    header.push('\n');
    header
}

fn answer(
    out: &mut String,
    standards: &[Standing],
    unit: &str,
    first: jiff::civil::Date,
    who: &str,
    fares: f64,
    rng: &mut StdRng,
) {
    if rng.random_range(0.0..1.0) >= ANSWERS {
        return;
    }
    let mut asked: Vec<usize> = (0..standards.len()).collect();
    asked.shuffle(rng);
    asked.truncate(ASKED);
    let _ = write!(out, "{unit},{},{first},{who}", first.strftime("%Y-%m"));
    for (place, (_, shares)) in standards.iter().enumerate() {
        if !asked.contains(&place) {
            out.push_str(&",".repeat(shares.len()));
            continue;
        }
        for (share, moved) in shares.iter().zip(FARES) {
            let share = (share + moved * fares).clamp(0.02, 0.98);
            let answer = match rng.random_range(0.0..1.0) {
                drawn if drawn < share => "yes",
                drawn if drawn < share + 0.7 * (1.0 - share) => "partly",
                _ => "no",
            };
            let _ = write!(out, ",{answer}");
        }
    }
    out.push('\n');
}
