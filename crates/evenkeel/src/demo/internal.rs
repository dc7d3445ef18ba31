//! What the teams and the back office say, who was asked, and who was absent.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use rand::RngExt;
use rand::rngs::StdRng;

use super::truth::{
    KITCHEN, LAST, OFFICE, PACE_BACK_OFFICE, PACE_FROM, PACE_REGION, Truth, normal, quarters, rng,
    score,
};

/// Cut points of "would you recommend working here", 0 to 10: an average day gives eNPS 0.
const RECOMMEND: [f64; 10] = [
    -2.2, -1.95, -1.7, -1.45, -1.2, -0.9, -0.42, -0.05, 0.42, 1.1,
];
const HAPPY: [f64; 9] = [-2.5, -2.2, -1.85, -1.5, -1.1, -0.65, 0.0, 0.75, 1.6];
const FIVE: [f64; 4] = [-1.9, -1.2, -0.45, 0.8];
/// How much of an answer is the restaurant, in standard deviations of an answer.
const RESTAURANT: f64 = 0.55;
/// Share of employees asked who answer, and how much more so where they fare well.
const ANSWERS: f64 = 0.74;
const ANSWERS_MORE: f64 = 0.06;
/// People in a region's back office.
const OFFICE_PEOPLE: u32 = 34;
/// The back office is asked every half year: in quarters 1, 3, 5 and 7 of the eight, so
/// not in the last one. Its chair is empty there, and the page says so.
const OFFICE_ASKED: [usize; 4] = [0, 2, 4, 6];

/// Files of the two internal parties.
pub struct Internal {
    pub team: String,
    pub team_asked: String,
    pub office: String,
    pub office_asked: String,
    pub absence: String,
}

pub fn draw(truth: &Truth) -> Internal {
    let mut files = Internal {
        team: "unit,wave,closed_on,contact,role,tenure,recommend,happy,can_keep,workload,guests_feel\n".to_owned(),
        team_asked: "unit,quarter,asked,answered\n".to_owned(),
        office: "unit,wave,closed_on,contact,role,tenure,recommend,happy,can_keep,workload\n".to_owned(),
        office_asked: "unit,quarter,asked,answered\n".to_owned(),
        absence: "unit,month,days_absent,days_planned\n".to_owned(),
    };
    for (place, restaurant) in truth.restaurants.iter().enumerate() {
        let mut rng = rng(1_000 + place as u64);
        // How willing people are to answer differs for reasons of its own, too.
        let willing = (ANSWERS + 0.08 * normal(&mut rng)).clamp(0.4, 0.9);
        for first in quarters() {
            let closed_on = wave_closes(first);
            if !restaurant.open_on(closed_on) {
                continue;
            }
            let fares = restaurant.team_on(closed_on);
            let mut answered = 0;
            for person in 0..restaurant.people {
                if rng.random_range(0.0..1.0) >= willing + ANSWERS_MORE * fares {
                    continue;
                }
                answered += 1;
                let kitchen = person % 5 < 2;
                let (role, contact, own) = if kitchen {
                    ("kitchen", "internal", KITCHEN)
                } else {
                    ("dining-room", "external", 0.0)
                };
                let guests_feel = score(
                    0.2 * restaurant.guests_on(closed_on) + 0.35 * fares + 0.9 * normal(&mut rng),
                    &FIVE,
                    1,
                );
                let answers = answers(RESTAURANT * fares + own, &mut rng);
                let _ = writeln!(
                    files.team,
                    "{},{},{closed_on},{contact},{role},{},{answers},{guests_feel}",
                    restaurant.id,
                    wave(first),
                    tenure(&mut rng)
                );
            }
            let _ = writeln!(
                files.team_asked,
                "{},{first},{},{answered}",
                restaurant.id, restaurant.people
            );
        }
        absence(&mut files.absence, restaurant, &mut rng);
    }
    for (place, region) in truth.regions.iter().enumerate() {
        let mut rng = rng(5_000 + place as u64);
        let own = 0.4 * normal(&mut rng);
        for quarter in OFFICE_ASKED {
            let first = quarters()[quarter];
            let closed_on = wave_closes(first);
            let pace = if place == PACE_REGION && closed_on >= PACE_FROM {
                PACE_BACK_OFFICE
            } else {
                0.0
            };
            let mut answered = 0;
            for person in 0..OFFICE_PEOPLE {
                if rng.random_range(0.0..1.0) >= ANSWERS - 0.1 {
                    continue;
                }
                answered += 1;
                let (role, contact) = if person % 2 == 0 {
                    ("supply", "internal")
                } else {
                    ("office", "none")
                };
                let answers = answers(own + OFFICE + pace, &mut rng);
                let _ = writeln!(
                    files.office,
                    "{region},{},{closed_on},{contact},{role},{},{answers}",
                    wave(first),
                    tenure(&mut rng)
                );
            }
            let _ = writeln!(
                files.office_asked,
                "{region},{first},{OFFICE_PEOPLE},{answered}"
            );
        }
    }
    files
}

/// recommend, happy, `can_keep`, workload of one person.
fn answers(fares: f64, rng: &mut StdRng) -> String {
    let person = normal(rng);
    let mut answer =
        |cuts: &[f64], lowest| score(fares + 0.75 * person + 0.66 * normal(rng), cuts, lowest);
    format!(
        "{},{},{},{}",
        answer(&RECOMMEND, 0),
        answer(&HAPPY, 1),
        answer(&FIVE, 1),
        answer(&FIVE, 1)
    )
}

fn tenure(rng: &mut StdRng) -> &'static str {
    ["under-1", "1-to-3", "over-3"][rng.random_range(0..3)]
}

/// A wave closes on the 20th of the quarter's second month.
fn wave_closes(first: Date) -> Date {
    first.saturating_add(1.month().days(19))
}

fn wave(first: Date) -> String {
    format!("{}-q{}", first.year(), (first.month() - 1) / 3 + 1)
}

/// Strained teams are absent more, one month later.
fn absence(out: &mut String, restaurant: &super::truth::Restaurant, rng: &mut StdRng) {
    let mut month = super::truth::FIRST;
    while month <= LAST {
        if restaurant.open_on(month) {
            let before = month.saturating_sub(1.month()).max(super::truth::FIRST);
            let planned = restaurant.people * 15;
            let share =
                (0.055 - 0.012 * restaurant.team_on(before) + 0.006 * normal(rng)).max(0.005);
            let absent = (f64::from(planned) * share).round();
            let _ = writeln!(out, "{},{month},{absent},{planned}", restaurant.id);
        }
        month = month.saturating_add(1.month());
    }
}
