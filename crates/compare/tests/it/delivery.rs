//! Charts of delivery: the right chart, its segments, its signals, its reasons.

use evenkeel_compare::delivery::chart::{
    Cause, DeviationsPerPeriod, Event, Meaning, RuleName, SignalFound, signals_found,
};
use evenkeel_compare::delivery::{
    Ask, Baseline, Because, Before, ChartInput, ChartKind, Chosen, ControlChart, Edition, Events,
    LookCell, NotPossible, Of, chart, drafts,
};
use evenkeel_foundation::{Granularity, Period, Proportion};
use evenkeel_stats::chart::{Maturity, RuleSet};
use evenkeel_stats::{Looks, Measured, Moments, Undefined};
use jiff::civil::{Date, date};

/// Months from January 2020 on.
fn month(place: usize) -> Period {
    let first = Period::containing(Granularity::Month, date(2020, 1, 1));
    (0..place).fold(first, |period, _| period.next().unwrap())
}

fn cell(place: usize, version: i64, kept: f64, n: u64) -> LookCell {
    LookCell {
        period: month(place),
        version: Some(version),
        chosen: Chosen::Census,
        looks: Looks::counted(kept, n),
    }
}

fn edition(version: i64, from: Option<Date>, rebases: bool) -> Edition {
    Edition {
        version,
        from,
        target: Proportion::new(0.9).unwrap(),
        rebases,
    }
}

/// What a chart is made of, owned.
struct Given {
    cells: Vec<LookCell>,
    events: Events,
    deviations: Vec<DeviationsPerPeriod>,
    before: Vec<LookCell>,
    editions: Vec<Edition>,
    baselines: Vec<Baseline>,
    more_is_better: Option<bool>,
}

impl Given {
    fn of(cells: Vec<LookCell>) -> Self {
        Self {
            cells,
            events: Events::NoLooks,
            deviations: Vec::new(),
            before: Vec::new(),
            editions: vec![edition(1, None, true)],
            baselines: Vec::new(),
            more_is_better: Some(false),
        }
    }

    /// Shares of so many looks a month.
    fn shares(shares: &[f64], n: u64) -> Self {
        let cells = shares.iter().enumerate();
        Self::of(cells.map(|(at, p)| cell(at, 1, p * n as f64, n)).collect())
    }

    fn chart(self, ask: Ask) -> ControlChart {
        let alarms = |_: RuleSet, points: usize, r: f64| -> Result<Measured, Undefined> {
            Ok(Measured::new(r, points as u64, Err(Undefined::NotASample)))
        };
        chart(
            ask,
            &ChartInput {
                cells: &self.cells,
                events: self.events,
                deviations: &self.deviations,
                before: Before {
                    cells: &self.before,
                    deviations: &[],
                },
                editions: &self.editions,
                baselines: &self.baselines,
                more_is_better: self.more_is_better,
                level: 0.95,
                snapshot: "observations@7",
                false_alarms: &alarms,
            },
        )
    }
}

fn kept(kind: ChartKind) -> Ask {
    Ask {
        chart: Some(kind),
        ..Ask::default()
    }
}

fn names(chart: &ControlChart) -> Vec<Option<(RuleName, Meaning)>> {
    chart.points.iter().map(|point| point.signal).collect()
}

#[test]
fn shares_get_laneys_limits() {
    let shares = [
        0.94, 0.95, 0.93, 0.96, 0.94, 0.95, 0.93, 0.94, 0.96, 0.95, 0.94, 0.95,
    ];
    let found = Given::shares(&shares, 5_000).chart(Ask::default());
    assert_eq!((found.kind, found.because), (ChartKind::P, Because::Shares));
    // With so many looks chance alone would explain less than half a point.
    let sigma_z = found.segments[0].sigma_z.unwrap();
    assert!(sigma_z > 2.0, "{sigma_z}");
    assert_eq!(names(&found), vec![None; 12]);
    assert_eq!(found.segments[0].maturity, Maturity::Settling);
    assert!(
        found
            .points
            .iter()
            .all(|point| point.estimate.interval().is_some())
    );
    assert_eq!(found.false_alarm.unwrap().n, 12);
}

#[test]
fn a_version_that_asks_for_something_else_rebases_and_a_new_title_does_not() {
    let shares: Vec<f64> = (0..24)
        .map(|at| if at < 12 { 0.7 } else { 0.9 } + 0.01 * f64::from(at % 3))
        .collect();
    let mut given = Given::shares(&shares, 400);
    for (at, cell) in given.cells.iter_mut().enumerate() {
        cell.version = Some([1, 2, 3][at / 8]);
    }
    given.editions = vec![
        edition(1, None, true),
        edition(2, Some(date(2020, 9, 1)), false),
        edition(3, Some(date(2021, 5, 1)), true),
    ];
    let found = given.chart(Ask::default());
    let causes: Vec<_> = found
        .segments
        .iter()
        .map(|s| (s.first, s.cause.clone()))
        .collect();
    assert_eq!(causes, [(0, Cause::Start), (16, Cause::Version(3))]);
    assert_eq!(found.points[9].version, Some(2));
    let centre = |at: usize| found.points[at].centre.unwrap();
    assert!((centre(23) - 0.91125).abs() < 1e-9 && centre(0) < 0.8);
    // Nothing that was only seen begins a segment.
    assert!(names(&found)[..16].iter().any(Option::is_some));
}

#[test]
fn a_month_with_two_versions_is_two_points() {
    let mut given = Given::shares(&[0.9, 0.9, 0.8], 100);
    given.cells.push(cell(1, 2, 50.0, 100));
    given.cells[2].version = Some(2);
    given.editions = vec![
        edition(1, None, true),
        edition(2, Some(date(2020, 2, 15)), true),
    ];
    let found = given.chart(Ask::default());
    let points: Vec<_> = found
        .points
        .iter()
        .map(|p| (p.period.label(), p.version))
        .collect();
    let expected = [
        ("2020-01", 1),
        ("2020-02", 1),
        ("2020-02", 2),
        ("2020-03", 2),
    ];
    assert_eq!(
        points,
        expected.map(|(period, version)| (period.to_owned(), Some(version)))
    );
    assert_eq!(found.segments.len(), 2);
}

#[test]
fn a_persons_baseline_fixes_the_limits() {
    let shares: Vec<f64> = (0..24)
        .map(|at| if at < 12 { 0.9 } else { 0.8 } + 0.01 * f64::from(at % 2))
        .collect();
    let mut given = Given::shares(&shares, 100);
    given.baselines = vec![Baseline {
        from: date(2020, 1, 1),
        to: date(2020, 12, 31),
        author: "ilse".to_owned(),
        reason: "before the new kitchen".to_owned(),
    }];
    let found = given.chart(kept(ChartKind::Xmr));
    assert_eq!(found.segments.len(), 1);
    assert_eq!(found.segments[0].baseline_points, 12);
    assert!((found.points[23].centre.unwrap() - 0.905).abs() < 1e-9);
    assert_eq!(
        names(&found)[12..],
        vec![Some((RuleName::Beyond, Meaning::Worse)); 12]
    );
    assert_eq!(names(&found)[..12], vec![None; 12]);
}

#[test]
fn a_baseline_before_the_first_point_still_makes_the_limits() {
    let shares: Vec<f64> = (0..24)
        .map(|at| if at < 12 { 0.9 } else { 0.8 } + 0.01 * f64::from(at % 2))
        .collect();
    let given = |shown_from: usize| {
        let mut given = Given::shares(&shares, 100);
        given.before = given.cells.drain(..shown_from).collect();
        given.baselines = vec![Baseline {
            from: date(2020, 1, 1),
            to: date(2020, 12, 31),
            author: "ilse".to_owned(),
            reason: "before the new kitchen".to_owned(),
        }];
        given
    };
    let whole = given(0).chart(kept(ChartKind::Xmr));
    let later = given(15).chart(kept(ChartKind::Xmr));
    assert_eq!(later.points.len(), 9);
    assert_eq!(later.segments.len(), 1);
    let segment = &later.segments[0];
    assert_eq!((segment.first, segment.last), (0, 8));
    assert_eq!(segment.baseline_points, 12);
    for (point, of_whole) in later.points.iter().zip(&whole.points[15..]) {
        assert_eq!(point.period, of_whole.period);
        assert_eq!(
            (point.centre, point.lower, point.upper),
            (of_whole.centre, of_whole.lower, of_whole.upper)
        );
    }
    // No rule looks at what is not shown.
    let signals = later.signals.iter().flat_map(|signal| &signal.points);
    assert!(signals.clone().count() > 0 && signals.max() < Some(&9));
    assert_eq!(later.false_alarm.unwrap().n, 9);
}

#[test]
fn a_version_after_the_baseline_ends_it_also_out_of_sight() {
    let shares = [0.9, 0.91, 0.9, 0.8, 0.81, 0.8, 0.81, 0.8];
    let mut given = Given::shares(&shares, 100);
    given
        .editions
        .push(edition(2, Some(date(2020, 4, 1)), true));
    given.cells[3..]
        .iter_mut()
        .for_each(|cell| cell.version = Some(2));
    given.before = given.cells.drain(..5).collect();
    given.baselines = vec![Baseline {
        from: date(2020, 1, 1),
        to: date(2020, 3, 31),
        author: "ilse".to_owned(),
        reason: "before the new kitchen".to_owned(),
    }];
    let found = given.chart(kept(ChartKind::Xmr));
    assert_eq!(found.segments.len(), 1);
    assert_eq!(found.segments[0].cause, Cause::Version(2));
    assert_eq!(found.segments[0].baseline_points, 3);
}

#[test]
fn convenience_is_left_out_unless_asked_for() {
    let mut given = Given::shares(&[0.9, 0.8, 0.9], 100);
    given.cells[1].chosen = Chosen::Convenience;
    let found = given.chart(Ask::default());
    assert_eq!((found.points.len(), found.convenience_left_out), (2, 100));
    let mut given = Given::shares(&[0.9, 0.8, 0.9], 100);
    given.cells[1].chosen = Chosen::Convenience;
    let found = given.chart(Ask {
        convenience: true,
        ..Ask::default()
    });
    assert_eq!((found.points.len(), found.convenience_left_out), (3, 0));
}

fn event(day: i8, hour: f64, kept_before: u64) -> Event {
    Event {
        day: date(2020, 3, day),
        at_days: f64::from(day) + hour / 24.0,
        kept_before,
        version: Some(1),
    }
}

#[test]
fn rare_deviations_are_charted_one_by_one() {
    let rare = || {
        let mut given = Given::shares(
            &[
                1.0, 0.99, 1.0, 1.0, 0.99, 1.0, 1.0, 1.0, 0.99, 1.0, 1.0, 0.99,
            ],
            100,
        );
        given.events = Events::Listed(vec![
            event(1, 8.0, 140),
            event(4, 9.0, 260),
            event(9, 9.0, 480),
            event(22, 9.0, 230),
        ]);
        given
    };
    let found = rare().chart(Ask::default());
    assert_eq!(
        (found.kind, found.because),
        (ChartKind::G, Because::RareDeviations)
    );
    let gaps: Vec<_> = found
        .points
        .iter()
        .map(|point| point.estimate.value().unwrap())
        .collect();
    assert_eq!(gaps, [260.0, 480.0, 230.0]);
    assert_eq!(found.points[0].lower, None);
    let found = rare().chart(kept(ChartKind::T));
    let days: Vec<_> = found
        .points
        .iter()
        .map(|point| point.estimate.value().unwrap())
        .collect();
    assert!((days[0] - (3.0 + 1.0 / 24.0)).abs() < 1e-9, "{days:?}");
    // A sample has not seen every deviation.
    let mut sampled = rare();
    sampled
        .cells
        .iter_mut()
        .for_each(|cell| cell.chosen = Chosen::Random);
    let found = sampled.chart(kept(ChartKind::T));
    assert_eq!(
        found.refused,
        Some((ChartKind::T, NotPossible::NeedsCensus))
    );
    assert_eq!(found.kind, ChartKind::G);
    // Two on one day without a time.
    let mut undated = rare();
    undated.events = Events::Listed(vec![event(1, 0.0, 9), event(4, 0.0, 9), event(4, 0.0, 9)]);
    let found = undated.chart(kept(ChartKind::T));
    assert_eq!(found.refused, Some((ChartKind::T, NotPossible::NeedsTimes)));
}

#[test]
fn what_is_not_possible_says_why() {
    let shares = || Given::shares(&[0.5, 0.6, 0.55], 100);
    let refused = |given: Given, ask: Ask| given.chart(ask).refused.map(|(_, why)| why);
    assert_eq!(
        refused(shares(), kept(ChartKind::XbarS)),
        Some(NotPossible::NeedsValues)
    );
    assert_eq!(
        refused(shares(), kept(ChartKind::U)),
        Some(NotPossible::NeedsDeviations)
    );
    assert_eq!(
        refused(shares(), kept(ChartKind::G)),
        Some(NotPossible::NeedsLooks)
    );
    let mut many = shares();
    many.events = Events::TooMany;
    let found = many.chart(kept(ChartKind::G));
    assert!(matches!(
        found.refused,
        Some((_, NotPossible::TooManyEvents { .. }))
    ));
    assert_eq!(found.kind, ChartKind::P);
    let value = Ask {
        of: Of::Value,
        chart: Some(ChartKind::P),
        ..Ask::default()
    };
    assert_eq!(refused(shares(), value), Some(NotPossible::NeedsKept));
    // All the same: there is a picture, but no limits to read it by.
    let same = Given::shares(&[1.0, 1.0, 1.0], 100).chart(Ask::default());
    assert_eq!(same.segments[0].centre, Err(Undefined::ZeroVariance));
    assert_eq!(same.points[0].upper, None);
    let one = Given::shares(&[0.5], 100).chart(Ask::default());
    assert_eq!(
        one.segments[0].centre,
        Err(Undefined::TooFew { n: 1, needed: 2 })
    );
    assert!(
        Given::shares(&[], 1)
            .chart(Ask::default())
            .points
            .is_empty()
    );
}

#[test]
fn measured_values_by_the_size_of_their_subgroups() {
    let of = |n: u64| {
        let means = [2.0, 2.2, 1.9, 2.1, 2.05, 1.95];
        let mut given = Given::shares(&[0.5; 6], n);
        for (cell, mean) in given.cells.iter_mut().zip(means) {
            cell.looks.values = Moments::from_sd(n, mean, 0.3);
        }
        given.chart(Ask {
            of: Of::Value,
            ..Ask::default()
        })
    };
    let few = of(5);
    assert_eq!(
        (few.kind, few.because),
        (ChartKind::XbarS, Because::Subgroups)
    );
    // s̄/c4(5) = .3/.94
    assert!((few.sigma_of_values().unwrap() - 0.3 / 0.9400).abs() < 1e-4);
    let many = of(900);
    assert_eq!(
        (many.kind, many.because),
        (ChartKind::Xmr, Because::LargeSubgroups)
    );
    assert_eq!(many.sigma_of_values(), None);
    assert_eq!(of(1).because, Because::OneValueEach);
}

#[test]
fn deviations_per_look() {
    let mut given = Given::shares(&[0.5; 12], 50);
    given.deviations = (0..12)
        .map(|at| DeviationsPerPeriod {
            period: month(at),
            version: Some(1),
            deviations: if at == 11 { 90 } else { 20 + at as u64 % 3 },
            looks: 50,
        })
        .collect();
    let found = given.chart(Ask {
        of: Of::Deviations,
        ..Ask::default()
    });
    assert_eq!(
        (found.kind, found.because),
        (ChartKind::U, Because::CountsPerLook)
    );
    assert_eq!(found.points[0].estimate.value(), Some(0.4));
    assert_eq!(names(&found)[11], Some((RuleName::Beyond, Meaning::Worse)));
}

#[test]
fn small_drifts_are_summed() {
    // Ten months as ever, then half a standard deviation worse for good.
    let shares: Vec<f64> = (0..30)
        .map(|at| 0.9 + if at % 2 == 0 { 0.01 } else { -0.01 } - if at < 10 { 0.0 } else { 0.025 })
        .collect();
    let mut given = Given::shares(&shares, 900);
    given.baselines = vec![Baseline {
        from: date(2020, 1, 1),
        to: date(2020, 10, 31),
        author: "ilse".to_owned(),
        reason: "before".to_owned(),
    }];
    let found = given.chart(kept(ChartKind::Cusum));
    assert!(found.run_length.unwrap() > 400.0);
    let first = &found.signals[0];
    assert_eq!(
        (first.rule, first.meaning),
        (RuleName::BeyondDecisionInterval, Meaning::Worse)
    );
    assert_eq!(found.points[0].upper, Some(5.0));
    assert!(found.false_alarm.is_err());
}

#[test]
fn recent_signals_for_the_worse_ask_for_a_follow_up_once() {
    let mut shares = vec![
        0.9, 0.91, 0.89, 0.9, 0.91, 0.89, 0.9, 0.91, 0.89, 0.9, 0.91, 0.89,
    ];
    shares.push(0.7);
    let now = drafts(&Given::shares(&shares, 400).chart(Ask::default()));
    assert_eq!(now.len(), 1);
    assert_eq!(now[0].periods, [month(12)]);
    // Later it is history; and what is better asks for nothing.
    shares.extend([0.9, 0.91, 0.89, 0.99]);
    assert_eq!(
        drafts(&Given::shares(&shares, 400).chart(Ask::default())),
        []
    );
}

/// The reference cases, where they are.
fn case(id: &str) -> Option<serde_json::Value> {
    let folder = std::env::var_os("EVENKEEL_CASES")?;
    let path = std::path::Path::new(&folder).join(format!("{id}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

/// S11: names of R `NHSRplotthedots` for the signals of a chart of shares.
#[test]
fn xmr_signals_are_those_of_the_reference_case() {
    let Some(case) = case("S11-xmr-nhs-rules") else {
        return;
    };
    let y = numbers(&case["input"]["y"]);
    let given = || Given::shares(&y, 1_000_000);
    let split = case["input"]["rebase_at_index_1based"].as_u64().unwrap() as usize - 1;
    let mut rebased = given();
    rebased
        .editions
        .push(edition(2, Some(month(split).start()), true));
    rebased.cells[split..]
        .iter_mut()
        .for_each(|cell| cell.version = Some(2));
    let mut fixed = given();
    fixed.baselines = vec![Baseline {
        from: month(0).start(),
        to: month(11).end(),
        author: "case".to_owned(),
        reason: "first 12".to_owned(),
    }];
    for (name, given) in [
        ("default", given()),
        ("rebased", rebased),
        ("fixed_first_12", fixed),
    ] {
        let expected = &case["expected"]["nhs"][name];
        let found = given.chart(kept(ChartKind::Xmr));
        let said: Vec<&str> = found
            .points
            .iter()
            .map(|point| {
                let up = point
                    .signal
                    .is_some_and(|(_, meaning)| meaning == Meaning::Better);
                match (point.signal.map(|(rule, _)| rule), up) {
                    (None, _) => "Common Cause",
                    (Some(RuleName::Beyond), true) => "Above UCL",
                    (Some(RuleName::Beyond), false) => "Below LCL",
                    (Some(RuleName::Trend), true) => "7 Point Trend (Increasing)",
                    (Some(RuleName::Trend), false) => "7 Point Trend (Decreasing)",
                    (Some(RuleName::TwoInThreeNear), true) => "2 in 3 Above CL",
                    (Some(RuleName::TwoInThreeNear), false) => "2 in 3 Below CL",
                    (Some(_), true) => "7 Points Above CL",
                    (Some(_), false) => "7 Points Below CL",
                }
            })
            .collect();
        let causes: Vec<&str> = expected["special_cause_type"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cause| cause.as_str().unwrap())
            .collect();
        assert_eq!(said, causes, "{name}");
        let uppers = numbers(&expected["upl"]);
        for (segment, upper) in found.segments.iter().zip(&uppers) {
            let at = found.points[segment.last].upper.unwrap();
            assert!((at - upper).abs() < 1e-7, "{name}: {at} {upper}");
        }
        assert_eq!(found.segments.len(), uppers.len());
    }
}

/// S15: points by rule, with a fixed centre and σ.
#[test]
fn run_rules_are_those_of_the_reference_case() {
    let Some(case) = case("S15-run-rules") else {
        return;
    };
    let places = |signals: &[SignalFound], rule: RuleName| -> Vec<u64> {
        let of_rule = signals.iter().filter(|signal| signal.rule == rule);
        let mut points: Vec<u64> = of_rule
            .flat_map(|signal| signal.points.iter().map(|point| *point as u64 + 1))
            .collect();
        points.sort_unstable();
        points
    };
    let mut compared = 0;
    for (name, z) in case["input"]["series"].as_object().unwrap() {
        let z = numbers(z);
        let expected = &case["expected"][name];
        let (signals, _) = signals_found(RuleSet::Nhs, ChartKind::Xmr, &z, 0, Some(true));
        for (rule, key) in [
            (RuleName::OneSide, "seven_point_one_side_member"),
            (RuleName::Trend, "seven_point_trend_member"),
            (RuleName::TwoInThreeNear, "two_in_three_member"),
        ] {
            let wanted: Vec<u64> = match &expected["nhs"][key] {
                serde_json::Value::Array(list) => {
                    list.iter().filter_map(serde_json::Value::as_u64).collect()
                }
                one => one.as_u64().into_iter().collect(),
            };
            assert_eq!(places(&signals, rule), wanted, "{name} {key}");
            compared += 1;
        }
        let (signals, runs) = signals_found(RuleSet::Anhoej, ChartKind::Xmr, &z, 0, Some(true));
        let signal = expected["anhoej"]["signal"].as_bool().unwrap();
        assert_eq!(!signals.is_empty(), signal, "{name}");
        assert_eq!(
            runs.unwrap().longest_run,
            expected["anhoej"]["longest_run"].as_u64().unwrap()
        );
    }
    assert!(compared > 30);
}
