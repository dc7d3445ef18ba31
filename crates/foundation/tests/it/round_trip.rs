//! `parse(export(f)) == f`, and the bytes stay the same.

use std::collections::BTreeMap;

use evenkeel_foundation::requirement::{
    Address, Anchor, Calibration, Censored, Checklist, ChecklistItem, Courtesy, Duration, Range,
    Rubric, Sequence, Weighing, Wording, WordingRules,
};
use evenkeel_foundation::{
    Attribute, AttributeId, AttributeValue, Calendar, Direction, Foundation, Indicator,
    IndicatorId, IndicatorKind, Latitude, OpenHours, Origin, Proportion, Requirement, StandardId,
    Text, Unit, UnitHours, UnitId, export, parse, plan,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::small::{files, listed, parsed};

/// Anything that a person may write, with what hurts in TOML.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zéü°€ ]{0,12}[a-z]",
        Just("\"quoted\" \\ 'and' #more = [1]\n\ttwo lines\r\n".to_owned()),
        Just("\u{1}\u{7f}日本 🍔 \u{2028}".to_owned()),
    ]
}

fn any_text() -> impl Strategy<Value = Text> {
    prop_oneof![
        any_line().prop_map(|text| Text::plain(&text).expect("not blank")),
        (any_line(), any_line()).prop_map(|(en, nl)| {
            let texts = [("en".to_owned(), en), ("nl".to_owned(), nl)];
            Text::localised(texts).expect("not blank")
        }),
    ]
}

fn any_slug() -> impl Strategy<Value = String> {
    "[a-z0-9][a-z0-9_-]{0,10}"
}

fn any_date() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

/// Numbers as people write them.
fn short(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    range.prop_map(rounded)
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1_000_000i32..1_000_000).prop_map(f64::from),
        short(-1e6..1e6),
        Just(1e-9),
        Just(123_456_789_012_345.0),
        Just(-0.0),
    ]
}

fn any_proportion() -> impl Strategy<Value = Proportion> {
    short(0.0..1.0).prop_map(|share| Proportion::new(share).expect("a share"))
}

fn any_lines() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(any_line(), 0..8)
}

fn any_duration() -> impl Strategy<Value = Requirement> {
    let within = prop_oneof![(0u32..10_000_000).prop_map(f64::from), short(0.0..1e6)];
    let words = || prop::option::of(any_line());
    (within, any::<[bool; 3]>(), words(), words()).prop_map(
        |(within, [inclusive, leave_out, within_hours], clock_from, clock_to)| {
            let open = if leave_out {
                Censored::LeaveOut
            } else {
                Censored::FailPastLimit
            };
            Requirement::Duration(Duration {
                within,
                inclusive,
                clock_from,
                clock_to,
                open,
                hours: within_hours.then(|| "office".parse().expect("an id")),
            })
        },
    )
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let spans = || {
        prop_oneof![
            Just(Vec::new()),
            Just(vec!["08:30-12:00".parse().expect("a span")]),
            Just(vec![
                "00:00-06:15".parse().expect("a span"),
                "13:00-24:00".parse().expect("a span"),
            ]),
        ]
    };
    let hours = move || {
        (
            spans(),
            spans(),
            prop::collection::btree_set(any_date(), 0..3),
        )
            .prop_map(|(tuesday, sunday, holidays)| OpenHours {
                monday: vec!["09:00-17:00".parse().expect("a span")],
                tuesday,
                sunday,
                holidays: holidays.into_iter().collect(),
                ..OpenHours::default()
            })
    };
    let working_day = prop::option::of((1u32..=86_400).prop_map(f64::from));
    (any_text(), hours(), working_day, prop::option::of(hours())).prop_map(
        |(title, hours, working_day, own)| Calendar {
            id: "office".parse().expect("an id"),
            title,
            hours,
            working_day,
            units: Vec::from_iter(own.map(|hours| UnitHours {
                unit: "north".parse().expect("an id"),
                hours,
            })),
        },
    )
}

fn any_range() -> impl Strategy<Value = Requirement> {
    (
        any_number(),
        short(0.1..100.0),
        any::<[bool; 4]>(),
        any_line(),
    )
        .prop_map(
            |(lower, width, [has_lower, has_upper, lower_inclusive, upper_inclusive], unit)| {
                let lower = rounded(lower.clamp(-1e6, 1e6));
                let upper = rounded(lower + width);
                Requirement::Range(Range {
                    lower: has_lower.then_some(lower),
                    lower_inclusive,
                    upper: (has_upper || !has_lower).then_some(upper),
                    upper_inclusive,
                    nominal: has_upper.then_some(rounded(f64::midpoint(lower, upper))),
                    unit_of_measure: unit,
                })
            },
        )
}

fn any_checklist() -> impl Strategy<Value = Requirement> {
    let item = (any_slug(), any_text(), 0..3u8, short(0.01..10.0));
    (any_proportion(), prop::collection::vec(item, 1..5)).prop_map(|(pass_at, items)| {
        let items: BTreeMap<String, _> = items
            .into_iter()
            .map(|item| (item.0.clone(), item))
            .collect();
        let items = items
            .into_values()
            .enumerate()
            .map(|(at, (id, title, kind, weight))| {
                let counts_as = match (at, kind) {
                    (0, _) | (_, 0) => Weighing::Required,
                    (_, 1) => Weighing::AutoFail,
                    _ => Weighing::Bonus,
                };
                let weight = if counts_as == Weighing::Bonus {
                    0.0
                } else {
                    weight
                };
                ChecklistItem {
                    id,
                    title,
                    counts_as,
                    weight,
                }
            });
        Requirement::Checklist(Checklist {
            pass_at,
            items: items.collect(),
        })
    })
}

fn any_rubric() -> impl Strategy<Value = Requirement> {
    let agreement = prop::option::of((short(0.01..1.0), 1u32..99));
    (
        -5i32..5,
        1i32..6,
        2u32..4,
        any_text(),
        any_text(),
        agreement,
    )
        .prop_map(|(min, width, raters, low, high, agreement)| {
            let max = min + width;
            let anchors = vec![
                Anchor {
                    score: min,
                    title: low,
                },
                Anchor {
                    score: max,
                    title: high,
                },
            ];
            Requirement::Rubric(Rubric {
                min,
                max,
                pass_from: max,
                raters,
                anchors,
                calibration: agreement.map(|(agreement_min, subjects_min)| Calibration {
                    agreement_min,
                    subjects_min,
                }),
            })
        })
}

fn any_courtesy() -> impl Strategy<Value = Option<Courtesy>> {
    prop::option::of(prop_oneof![
        Just(Courtesy::Required),
        Just(Courtesy::Forbidden)
    ])
}

fn any_wording() -> impl Strategy<Value = Requirement> {
    let words = prop::option::of(1u32..90);
    let ease = prop::option::of(short(0.0..100.0));
    (
        any_lines(),
        any_lines(),
        any_line(),
        words,
        ease,
        any::<[bool; 4]>(),
        any_courtesy(),
        any_courtesy(),
    )
        .prop_map(
            |(
                greeting,
                closing,
                required,
                sentence_words_max,
                reading_ease_min,
                [formal, any_greeting, any_closing, first],
                apology,
                please,
            )| {
                let rules = WordingRules {
                    address: None,
                    greeting,
                    any_greeting,
                    closing,
                    any_closing,
                    apology,
                    gratitude: please,
                    please,
                    please_first: apology.filter(|_| first),
                    required: vec![required],
                    forbidden: vec!["not this".to_owned()],
                    sentence_words_max,
                    reading_ease_min,
                };
                let address = if formal {
                    Address::Formal
                } else {
                    Address::Informal
                };
                let dutch = WordingRules {
                    address: Some(address),
                    ..rules.clone()
                };
                let languages = [("en".to_owned(), rules), ("nl".to_owned(), dutch)];
                Requirement::Wording(Wording {
                    languages: languages.into(),
                })
            },
        )
}

fn any_requirement() -> impl Strategy<Value = Requirement> {
    prop_oneof![
        any_duration(),
        any_range(),
        any_checklist(),
        any_rubric(),
        any_wording(),
        prop::collection::vec(any_line(), 1..12)
            .prop_map(|steps| Requirement::Sequence(Sequence { steps })),
    ]
}

fn any_unit() -> impl Strategy<Value = Unit> {
    (
        any_slug(),
        any_text(),
        any::<[bool; 3]>(),
        prop::option::of(any_date()),
    )
        .prop_map(|(slug, title, [has_zone, imported, closes], day)| Unit {
            id: UnitId::parse(&format!("x{slug}")).expect("an id"),
            title,
            level: "shop".parse().expect("an id"),
            parent: Some("corner".parse().expect("an id")),
            valid_from: day.filter(|_| !closes),
            valid_to: day.filter(|_| closes),
            time_zone: has_zone.then(|| "Europe/London".to_owned()),
            people: has_zone.then_some(7),
            origin: if imported {
                Origin::Import
            } else {
                Origin::Foundation
            },
        })
}

fn any_attribute() -> impl Strategy<Value = Attribute> {
    let values = prop::collection::btree_map(any_slug(), any_text(), 1..4);
    (any_slug(), any_text(), values).prop_map(|(id, title, values)| Attribute {
        id: AttributeId::parse(&id).expect("an id"),
        title,
        contact: false,
        values: values
            .into_iter()
            .map(|(id, title)| AttributeValue { id, title })
            .collect(),
    })
}

fn any_indicator() -> impl Strategy<Value = Indicator> {
    let visit = || "visit".parse().expect("an id");
    let kind = prop_oneof![
        (2i32..=5).prop_map(move |from| IndicatorKind::TopBox {
            instrument: visit(),
            item: "mood".parse().expect("an id"),
            from,
        }),
        Just(IndicatorKind::Share {
            instrument: visit(),
            item: "again".parse().expect("an id"),
            values: vec!["yes".to_owned()],
        }),
        any_slug().prop_map(|figure| IndicatorKind::Rate { figure }),
        Just(IndicatorKind::WithinTarget {
            standard: "waiting".parse().expect("an id")
        }),
    ];
    (
        any_slug(),
        any_text(),
        kind,
        any::<[bool; 2]>(),
        1u32..99,
        prop::option::of(short(0.0..1.0)),
    )
        .prop_map(
            |(id, title, kind, [headline, lower], minimum_n, target)| Indicator {
                id: IndicatorId::parse(&format!("i{id}")).expect("an id"),
                title,
                party: kind.item().map(|_| "customer".parse().expect("an id")),
                direction: if lower {
                    Direction::LowerIsBetter
                } else {
                    Direction::HigherIsBetter
                },
                kind,
                minimum_n,
                target,
                headline,
            },
        )
}

prop_compose! {
    /// The small organisation with other standards, units, attributes and indicators.
    fn any_foundation()(
        requirement in any_requirement(),
        title in any_text(),
        target in any_proportion(),
        valid_from in prop::option::of(any_date()),
        extras in any_lines(),
        calendar in any_calendar(),
        units in prop::collection::vec(any_unit(), 0..4),
        attributes in prop::collection::vec(any_attribute(), 0..3),
        indicators in prop::collection::vec(any_indicator(), 0..4),
    ) -> Foundation {
        let mut foundation = parsed(&files());
        let waiting = &foundation.standards["waiting"];
        // An indicator may count `waiting`, so that one keeps its limits.
        let mut other = waiting.clone();
        other.id = StandardId::parse("other").expect("an id");
        other.title = title;
        other.target = target;
        other.valid_from = valid_from;
        other.picture = valid_from.map(|day| format!("picture {day}.webp"));
        other.requirement = requirement;
        other.latitude = Latitude { extras };
        foundation.standards.insert(other.id.clone(), other);
        foundation.calendars.insert(calendar.id.clone(), calendar);
        foundation.units.extend(units.into_iter().map(|unit| (unit.id.clone(), unit)));
        foundation.attributes.extend(attributes.into_iter().map(|a| (a.id.clone(), a)));
        foundation.indicators.extend(indicators.into_iter().map(|i| (i.id.clone(), i)));
        foundation.add_keepers();
        foundation
    }
}

proptest! {
    #[test]
    fn what_is_exported_parses_to_the_same(foundation in any_foundation()) {
        let files = export(&foundation);
        let again = parse(&files).map_err(|p| TestCaseError::fail(listed(&p)))?;
        prop_assert_eq!(&again, &foundation);
        prop_assert_eq!(export(&again), files);
        prop_assert!(plan(&foundation, &again).is_empty());
    }

    #[test]
    fn objects_and_json_keep_everything(foundation in any_foundation()) {
        let text = serde_json::to_string(&foundation.objects()).expect("json");
        let objects: Vec<evenkeel_foundation::Object> = serde_json::from_str(&text).expect("objects");
        let again = Foundation::from_objects(objects).map_err(|p| TestCaseError::fail(listed(&p)))?;
        prop_assert_eq!(&again, &foundation);
        let json = serde_json::to_string(&foundation).expect("json");
        let whole: Foundation = serde_json::from_str(&json).expect("a foundation");
        prop_assert_eq!(whole, foundation);
    }

    #[test]
    fn nothing_that_is_written_makes_the_reader_fall(text in "(?s).{0,200}") {
        for path in ["organisation.toml", "units.toml", "indicators.toml", "standards/x.toml", "instruments/x.json"] {
            let files = BTreeMap::from([(path.to_owned(), text.clone().into_bytes())]);
            prop_assert!(parse(&files).is_err());
        }
    }
}

#[test]
fn the_text_of_the_small_organisation() {
    let files = export(&parsed(&files()));
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("text");
    insta::assert_snapshot!("organisation", text("organisation.toml"));
    insta::assert_snapshot!("standard", text("standards/waiting.toml"));
    insta::assert_snapshot!("indicators", text("indicators.toml"));
}
