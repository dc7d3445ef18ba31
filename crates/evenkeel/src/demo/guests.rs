//! What guests say: one row a visit, over two years.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use rand::RngExt;

use super::remarks::{OnTop, remark};
use super::truth::{FIRST, LAST, Restaurant, Truth, normal, quarters, rng, score};

/// Cut points of "would you recommend us", 0 to 10: an average visit gives NPS +20.
const RECOMMEND: [f64; 10] = [
    -2.33, -2.05, -1.81, -1.60, -1.41, -1.13, -0.67, -0.31, 0.13, 0.71,
];
const SATISFIED: [f64; 4] = [-2.0, -1.5, -0.85, 0.35];
const EFFORT: [f64; 6] = [-2.2, -1.9, -1.5, -1.0, -0.4, 0.6];
const TEAM_FEELS: [f64; 9] = [-2.6, -2.2, -1.8, -1.5, -1.2, -0.8, -0.2, 0.7, 1.6];
/// How much of a visit is the restaurant, in standard deviations of a visit.
const RESTAURANT: f64 = 0.34;
/// Share of guests asked who answer, and how much more so where they fare well.
const ANSWERS: f64 = 0.24;
const ANSWERS_MORE: f64 = 0.035;

/// The guests' file and the file of how many were asked.
pub struct Guests {
    pub visits: String,
    pub asked: String,
}

/// Draws `per_month` guests asked per restaurant and month.
pub fn draw(truth: &Truth, asked_per_month: u32, on_top: &OnTop) -> Guests {
    let mut visits = String::from(
        "restaurant,at,channel,language,visit,recommend,satisfied,effort,team_feels,remark\n",
    );
    let mut asked = String::from("unit,quarter,asked,answered\n");
    for (place, restaurant) in truth.restaurants.iter().enumerate() {
        let mut remarks = rng(60_000 + place as u64);
        let mut rng = rng(100 + place as u64);
        let mut by_quarter = [(0u32, 0u32); 8];
        // How willing guests are to answer differs for reasons of its own, too.
        let own = (ANSWERS + 0.05 * normal(&mut rng)).clamp(0.08, 0.6);
        let mut day = FIRST;
        while day <= LAST {
            if restaurant.open_on(day) {
                let quarter = super::truth::quarter_of(day);
                let share = own + ANSWERS_MORE * restaurant.guests_on(day);
                for _ in 0..asked_today(asked_per_month, day, &mut rng) {
                    by_quarter[quarter].0 += 1;
                    if rng.random_range(0.0..1.0) < share {
                        by_quarter[quarter].1 += 1;
                        let extra = on_top.get(&(restaurant.id.to_string(), day));
                        let extra = extra.map(String::as_str);
                        visit(
                            &mut visits,
                            restaurant,
                            day,
                            &mut rng,
                            |language, satisfied| remark(&mut remarks, extra, language, satisfied),
                        );
                    }
                }
            }
            day = day.saturating_add(1.day());
        }
        for (first, (sent, back)) in quarters().iter().zip(by_quarter) {
            if sent > 0 {
                // Writing to a string cannot fail.
                let _ = writeln!(asked, "{},{first},{sent},{back}", restaurant.id);
            }
        }
    }
    Guests { visits, asked }
}

/// A month's guests over its days, the fraction by chance.
fn asked_today(per_month: u32, day: Date, rng: &mut rand::rngs::StdRng) -> u32 {
    let a_day = f64::from(per_month) / f64::from(day.days_in_month());
    let fraction = a_day.fract();
    a_day as u32 + u32::from(rng.random_range(0.0..1.0) < fraction)
}

fn visit(
    out: &mut String,
    restaurant: &Restaurant,
    day: Date,
    rng: &mut rand::rngs::StdRng,
    mut remark: impl FnMut(&str, u32) -> &'static str,
) {
    let here = RESTAURANT * restaurant.guests_on(day);
    // What one visit was like colours all its answers.
    let visit = normal(rng);
    let mut answer =
        |cuts: &[f64], lowest| score(here + 0.8 * visit + 0.6 * normal(rng), cuts, lowest);
    let (recommend, satisfied, effort) = (
        answer(&RECOMMEND, 0),
        answer(&SATISFIED, 1),
        answer(&EFFORT, 1),
    );
    // Guests guess the team's mark from their own visit more than from the team.
    let team_feels = score(
        0.5 * visit + 0.15 * restaurant.team_on(day) + 0.8 * normal(rng),
        &TEAM_FEELS,
        1,
    );
    let hour = rng.random_range(11..22);
    let minute = rng.random_range(0..60);
    let kind = match (hour, rng.random_range(0..8)) {
        (_, 0) => "group",
        (..15, _) => "lunch",
        _ => "dinner",
    };
    let channel = ["mail", "mail", "qr", "link"][rng.random_range(0..4)];
    let language = match restaurant.time_zone.as_str() {
        "Europe/London" => "en",
        "Europe/Berlin" => "de",
        "Europe/Brussels" => ["nl", "fr"][rng.random_range(0..2)],
        _ => "nl",
    };
    let remark = remark(language, satisfied);
    let _ = writeln!(
        out,
        "{},{day}T{hour:02}:{minute:02},{channel},{language},{kind},{recommend},{satisfied},{effort},{team_feels},\"{remark}\"",
        restaurant.id
    );
}
