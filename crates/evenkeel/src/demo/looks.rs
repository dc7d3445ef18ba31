//! Looks at delivery beyond the kitchen's two measures: burgers, tables, welcomes, orders, bills,
//! shifts, mails and recipe cards.
//!
//! Invariant: every rate of deviation is a number of this file and of docs/DEMO.md.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::truth::{FIRST, LAST, PACE_FROM, PACE_REGION, Restaurant, Truth, normal, rng};

/// Share of burgers not built as pictured where a team fares as usual.
const BURGER_WRONG: f64 = 0.03;
/// With the pace up, sauce is forgotten more often.
const BURGER_WRONG_AT_PACE: f64 = 0.09;
/// Share of orders in which a step about allergies is missing.
const ALLERGY_MISSED: f64 = 0.05;
/// Share of looks with a little extra on top, where guests are looked after as usual.
const EXTRA: f64 = 0.10;
/// From that day the office answers mails more slowly: one person fewer.
const FEWER_IN_THE_OFFICE: Date = jiff::civil::date(2026, 4, 1);

/// Name and text of each file.
pub fn draw(truth: &Truth) -> Vec<(&'static str, String)> {
    vec![
        ("house-burger", burgers(truth)),
        ("table-ready", tables(truth)),
        ("welcome-rubric", welcomes(truth)),
        ("allergies-asked", allergies(truth)),
        ("bill-brought", bills(truth)),
        ("shifts-known", shifts(truth)),
        ("mail-answered", mails(truth)),
        ("mail-tone", tones(truth)),
        ("recipe-cards", cards(truth)),
    ]
}

/// Days on which somebody looks: so many a week and restaurant.
fn looks(
    truth: &Truth,
    purpose: u64,
    a_week: u32,
    mut look: impl FnMut(&mut StdRng, &Restaurant, Date, &str),
) {
    for (place, restaurant) in truth.restaurants.iter().enumerate() {
        let mut rng = rng(purpose * 1_000 + place as u64);
        let mut week = FIRST;
        while week <= LAST {
            for _ in 0..a_week {
                let day = week.saturating_add(rng.random_range(0..7i64).days());
                let (hour, minute) = (rng.random_range(11..22), rng.random_range(0..60));
                if day <= LAST && restaurant.open_on(day) {
                    let at = format!("{day}T{hour:02}:{minute:02}");
                    look(&mut rng, restaurant, day, &at);
                }
            }
            week = week.saturating_add(7.days());
        }
    }
}

/// Share, moved by how somebody fares (in standard deviations), on the scale of odds.
fn moved(share: f64, by: f64) -> f64 {
    let odds = share / (1.0 - share) * by.exp();
    odds / (1.0 + odds)
}

fn extra(
    rng: &mut StdRng,
    restaurant: &Restaurant,
    day: Date,
    words: &'static str,
) -> &'static str {
    let share = moved(EXTRA, 0.5 * restaurant.guests_on(day));
    if rng.random_bool(share) { words } else { "" }
}

/// Why somebody deviated, where they said.
fn reason(rng: &mut StdRng) -> &'static str {
    match rng.random_range(0..10) {
        0..=3 => "could_not",
        4 => "did_not_know",
        5 => "unclear",
        _ => "",
    }
}

fn burgers(truth: &Truth) -> String {
    const RIGHT: &str = "bun>sauce>lettuce>tomato>pickle>patty>patty>cheese>sauce>bun";
    const WRONG: [&str; 6] = [
        "bun>lettuce>tomato>pickle>patty>patty>cheese>sauce>bun",
        "bun>lettuce>tomato>pickle>patty>patty>cheese>sauce>bun",
        "bun>sauce>lettuce>tomato>pickle>patty>patty>cheese>bun",
        "bun>sauce>lettuce>tomato>pickle>patty>cheese>sauce>bun",
        "bun>sauce>tomato>lettuce>pickle>patty>patty>cheese>sauce>bun",
        "bun>sauce>lettuce>tomato>patty>patty>cheese>sauce>bun",
    ];
    let mut text = "restaurant,at,made,extras,reason\n".to_owned();
    looks(truth, 20, 2, |rng, restaurant, day, at| {
        let paced = restaurant.region == PACE_REGION && day >= PACE_FROM;
        let usual = if paced {
            BURGER_WRONG_AT_PACE
        } else {
            BURGER_WRONG
        };
        let wrong = rng.random_bool(moved(usual, -0.6 * restaurant.team_on(day)));
        let (made, reason) = if wrong {
            (WRONG[rng.random_range(0..WRONG.len())], reason(rng))
        } else {
            (RIGHT, "")
        };
        let extras = extra(rng, restaurant, day, "a word with the guest");
        let _ = writeln!(text, "{},{at},{made},{extras},{reason}", restaurant.id);
    });
    text
}

fn tables(truth: &Truth) -> String {
    let mut text = "restaurant,at,clean,cutlery,menu,flowers,extras\n".to_owned();
    looks(truth, 21, 1, |rng, restaurant, day, at| {
        let fares = restaurant.guests_on(day);
        let mut there = |missed: f64| {
            let misses = rng.random_bool(moved(missed, -0.4 * fares));
            if misses { "no" } else { "yes" }
        };
        let (clean, cutlery, menu, flowers) = (there(0.02), there(0.04), there(0.07), there(0.5));
        let extras = extra(rng, restaurant, day, "a card for a birthday");
        let _ = writeln!(
            text,
            "{},{at},{clean},{cutlery},{menu},{flowers},{extras}",
            restaurant.id
        );
    });
    text
}

fn welcomes(truth: &Truth) -> String {
    let mut text = "restaurant,at,welcome,rater,score\n".to_owned();
    let mut number = 0;
    looks(truth, 22, 1, |rng, restaurant, day, at| {
        // A visit of two every other week.
        if !rng.random_bool(0.5) {
            return;
        }
        number += 1;
        let quality = 3.0 + 0.6 * restaurant.guests_on(day) + 0.6 * normal(rng);
        for rater in ["An", "Bo"] {
            let score = (quality + 0.35 * normal(rng)).round().clamp(1.0, 4.0);
            let _ = writeln!(text, "{},{at},w{number},{rater},{score}", restaurant.id);
        }
    });
    text
}

fn allergies(truth: &Truth) -> String {
    let mut text = "restaurant,at,heard,extras,reason\n".to_owned();
    looks(truth, 23, 1, |rng, restaurant, day, at| {
        let missed = moved(ALLERGY_MISSED, -0.4 * restaurant.team_on(day));
        let (heard, reason) = if rng.random_bool(missed) {
            let heard = ["ask>note", "note>read back", "ask>read back>note"];
            (heard[rng.random_range(0..heard.len())], reason(rng))
        } else {
            ("ask>note>read back", "")
        };
        let extras = extra(rng, restaurant, day, "suggest a dish");
        let _ = writeln!(text, "{},{at},{heard},{extras},{reason}", restaurant.id);
    });
    text
}

fn bills(truth: &Truth) -> String {
    let mut text = "restaurant,at,minutes,extras\n".to_owned();
    looks(truth, 24, 2, |rng, restaurant, day, at| {
        let typical = 3.0 - 0.25 * restaurant.guests_on(day);
        let minutes = typical.max(1.0) * (0.35 * normal(rng)).exp();
        let extras = extra(rng, restaurant, day, "a mint with the bill");
        let _ = writeln!(text, "{},{at},{minutes:.1},{extras}", restaurant.id);
    });
    text
}

fn shifts(truth: &Truth) -> String {
    let mut text = "restaurant,at,days\n".to_owned();
    looks(truth, 25, 1, |rng, restaurant, day, at| {
        // What the pace costs the office shows in the promises that it owes the teams.
        let late = restaurant.region == PACE_REGION && day >= PACE_FROM;
        let days = if late { 15.0 } else { 17.5 } + 1.8 * normal(rng);
        let _ = writeln!(text, "{},{at},{:.0}", restaurant.id, days.max(1.0));
    });
    text
}

/// Moments of the office: so many a week and region.
fn office(
    truth: &Truth,
    purpose: u64,
    a_week: u32,
    mut look: impl FnMut(&mut StdRng, &str, Date, i8, i8),
) {
    for (place, region) in truth.regions.iter().enumerate() {
        let mut rng = rng(purpose * 1_000 + place as u64);
        let mut week = FIRST;
        while week <= LAST {
            for _ in 0..a_week {
                let day = week.saturating_add(rng.random_range(0..7i64).days());
                let (hour, minute) = (rng.random_range(8..20), rng.random_range(0..60));
                if day <= LAST {
                    look(&mut rng, region.as_str(), day, hour, minute);
                }
            }
            week = week.saturating_add(7.days());
        }
    }
}

fn mails(truth: &Truth) -> String {
    let mut text = "region,at,mail,came,answered\n".to_owned();
    let mut number = 0;
    office(truth, 26, 8, |rng, region, day, hour, minute| {
        number += 1;
        let typical = if day >= FEWER_IN_THE_OFFICE {
            14.0
        } else {
            9.0
        };
        let hours = typical * (0.5 * normal(rng)).exp();
        let came = day.at(hour, minute, 0, 0);
        let answered = came.saturating_add(((hours * 60.0) as i64).minutes());
        let stamp = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        // The last of them are still open.
        let answered = if answered.date() > LAST {
            String::new()
        } else {
            stamp(answered)
        };
        let came = stamp(came);
        let _ = writeln!(text, "{region},{came},m{number},{came},{answered}");
    });
    text
}

fn tones(truth: &Truth) -> String {
    // Greeting, body, closing; of each the first is as agreed.
    const NL: [[&str; 3]; 3] = [
        ["Beste gast", "Hallo", "Beste mevrouw"],
        [
            "Dank u voor uw bericht. Wij kijken ernaar en laten u deze week iets weten.",
            "Bedankt voor je bericht. We kijken ernaar en laten je deze week iets weten.",
            "Wat jammer dat uw tafel niet klaar stond. Wij nodigen u graag opnieuw uit.",
        ],
        [
            "Met vriendelijke groet",
            "Groetjes",
            "Met vriendelijke groet",
        ],
    ];
    const EN: [[&str; 3]; 3] = [
        ["Dear guest", "Hi there", "Dear guest"],
        [
            "Thank you for writing to us. We look into it and come back to you this week.",
            "As per my last mail we cannot change the booking.",
            "We are sorry that your table was not ready. You are welcome to come again.",
        ],
        ["Kind regards", "Cheers", "Kind regards"],
    ];
    let mut text = "region,at,mail,language,text\n".to_owned();
    let mut number = 0;
    office(truth, 27, 3, |rng, region, day, hour, minute| {
        number += 1;
        let (language, parts) = if rng.random_bool(0.6) {
            ("nl", NL)
        } else {
            ("en", EN)
        };
        let mut part = |of: [&'static str; 3]| match rng.random_range(0..100) {
            0..=4 => of[1],
            5..=39 => of[2],
            _ => of[0],
        };
        let [greeting, body, closing] = parts.map(&mut part);
        let at = format!("{day}T{hour:02}:{minute:02}");
        let _ = writeln!(
            text,
            "{region},{at},t{number},{language},\"{greeting},\n\n{body}\n\n{closing}\nKiel & Kade\""
        );
    });
    text
}

fn cards(truth: &Truth) -> String {
    let mut text = "region,at,days\n".to_owned();
    office(truth, 28, 1, |rng, region, day, hour, minute| {
        let days = (4.2 + 1.0 * normal(rng)).max(0.0);
        let _ = writeln!(text, "{region},{day}T{hour:02}:{minute:02},{days:.0}");
    });
    text
}
