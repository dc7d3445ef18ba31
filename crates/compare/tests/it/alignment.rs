//! Two sides, over units and periods.

use std::collections::BTreeMap;

use evenkeel_compare::alignment::{
    Alignment, AlignmentCell, AlignmentRequest, CutOrigin, Finding, Headline, LaggedPath,
    RegressionView, ResponseRate, Standing, Subject, Weights, align,
};
use evenkeel_compare::scale::ScaleRange;
use evenkeel_foundation::{Covariate, CovariateId, Direction, Indicator, Period, UnitId};
use evenkeel_stats::{Moments, Statistics, Undefined};

use crate::agreed::{live, map, mean};

const SCALE: Option<ScaleRange> = Some(ScaleRange {
    min: 0.0,
    max: 10.0,
});

fn cell(unit: usize, period: Option<&str>, x: f64, y: f64, n: u64) -> AlignmentCell {
    let side = |mean| Some(live(&Statistics::Moments(Moments::from_sd(n, mean, 1.0))));
    AlignmentCell {
        unit: UnitId::parse(&format!("u{unit:02}")).unwrap(),
        period: period.map(|p| Period::parse(p).unwrap()),
        internal: side(x),
        external: side(y),
        internal_response: None,
        external_response: None,
        weights: Vec::new(),
    }
}

fn ask(internal: &Indicator, external: &Indicator, cells: &[AlignmentCell]) -> Alignment {
    let side = |indicator| Subject::Indicator {
        indicator,
        party: None,
        minimum_n: 5,
        scale: SCALE,
    };
    align(&AlignmentRequest {
        internal: side(internal),
        external: side(external),
        cells,
        whole: &[],
        placement_period: None,
        indicators: &BTreeMap::new(),
        level: 0.95,
        snapshot: "both@1",
        lagged_weights: &[],
    })
}

/// Units whose sides move together over time, while better units on one side are worse on the
/// other.
fn opposed_levels() -> Vec<AlignmentCell> {
    let months = ["2026-01", "2026-02", "2026-03", "2026-04"];
    let steps = [0.0, 0.3, -0.2, 0.5];
    let mut cells = Vec::new();
    for unit in 0..10_u32 {
        for (place, (month, step)) in (0..).zip(months.into_iter().zip(steps)) {
            let level = f64::from(unit) * 0.4;
            let wobble = 0.03 * f64::from((unit * 7 + place * 3) % 5);
            let (x, y) = (3.0 + level + step, 8.0 - level + step + wobble);
            cells.push(cell(unit as usize, Some(month), x, y, 50));
        }
    }
    cells
}

#[test]
fn within_and_between_may_point_in_opposite_directions() {
    let (a, b) = (mean("enps"), mean("nps"));
    let result = ask(&a, &b, &opposed_levels());
    assert_eq!(result.headline, Headline::Within);
    assert!(result.within.r().unwrap() > 0.9);
    assert!(result.between.r().unwrap() < -0.9);
    assert_eq!(result.findings[0], Finding::WithinTogether);
    assert!(result.findings.contains(&Finding::BetweenOpposed));
    assert!(result.findings.contains(&Finding::WithinAndBetweenDiffer));
    let value = serde_json::to_value(&result).unwrap();
    assert_eq!(value["within"]["units"], 10);
    assert_eq!(value["within"]["pairs"], 40);
    assert_eq!(value["between_weighted"]["weights"], "harmonic_n");
    assert_eq!(value["slopes"]["status"], "estimate");
}

#[test]
fn one_period_makes_the_between_figure_the_headline_and_says_so() {
    let (a, b) = (mean("enps"), mean("nps"));
    let cells: Vec<_> = opposed_levels()
        .into_iter()
        .filter(|c| c.period == Some(Period::parse("2026-01").unwrap()))
        .collect();
    let result = ask(&a, &b, &cells);
    assert_eq!(result.headline, Headline::Between);
    assert_eq!(result.findings[0], Finding::BetweenOpposed);
    assert_eq!(
        result.findings[1],
        Finding::WithinUndefined {
            reason: Undefined::OnePeriod
        }
    );
}

#[test]
fn a_unit_is_placed_only_when_both_intervals_clear_the_targets() {
    let (mut a, mut b) = (mean("enps"), mean("nps"));
    (a.target, b.target) = (Some(5.0), Some(7.0));
    let cells = [
        cell(0, None, 8.0, 9.0, 100),
        cell(1, None, 2.0, 9.0, 100),
        cell(2, None, 8.0, 4.0, 100),
        cell(3, None, 2.0, 4.0, 100),
        cell(4, None, 5.05, 9.0, 100),
        cell(5, None, 8.0, 9.0, 4),
    ];
    let result = ask(&a, &b, &cells);
    let standings: Vec<Standing> = result.units.iter().map(|u| u.standing).collect();
    assert_eq!(
        standings,
        [
            Standing::Both,
            Standing::CustomersOnly,
            Standing::EmployeesOnly,
            Standing::Neither,
            Standing::Undecided,
            Standing::NotShown,
        ]
    );
    assert_eq!((result.units_compared, result.counts.not_shown), (5, 1));
    assert!((result.interval_level - 0.99).abs() < 1e-12);
    assert_eq!(result.internal_cut.origin, CutOrigin::Target);
    let shown = serde_json::to_value(&result).unwrap();
    assert_eq!(shown["units"][0]["quadrant"], "both");
    assert_eq!(
        shown["units"][0]["internal"]["interval"]["level"],
        result.interval_level
    );
    assert_eq!(shown["units"][5]["internal"]["status"], "hidden");
}

#[test]
fn lower_is_better_turns_the_quadrant() {
    let (mut a, mut b) = (mean("strain"), mean("nps"));
    (a.target, b.target, a.direction) = (Some(5.0), Some(7.0), Direction::LowerIsBetter);
    let result = ask(
        &a,
        &b,
        &[cell(0, None, 2.0, 9.0, 100), cell(1, None, 8.0, 9.0, 100)],
    );
    assert_eq!(result.units[0].standing, Standing::Both);
    assert_eq!(result.units[1].standing, Standing::CustomersOnly);
}

#[test]
fn without_target_a_unit_is_held_against_the_others() {
    let (a, b) = (mean("enps"), mean("nps"));
    let cells = [
        cell(0, None, 2.0, 2.0, 100),
        cell(1, None, 6.0, 6.0, 300),
        cell(2, None, 4.0, 4.0, 100),
        cell(3, None, 9.0, 9.0, 3),
    ];
    let result = ask(&a, &b, &cells);
    assert_eq!(result.internal_cut.origin, CutOrigin::MeanWithoutUnit);
    assert_eq!(
        result.internal_cut.value,
        Some((200.0 + 1800.0 + 400.0) / 500.0)
    );
    assert_eq!(result.units[0].internal_cut, Some((1800.0 + 400.0) / 400.0));
    assert_eq!(result.units[3].internal_cut, None);
    assert_eq!(result.units[1].standing, Standing::Both);
    let alone = ask(&a, &b, &cells[..1]);
    assert_eq!(alone.units[0].standing, Standing::Undecided);
    assert_eq!(alone.units[0].internal_cut, None);
}

#[test]
fn more_units_need_wider_intervals() {
    let (mut a, mut b) = (mean("enps"), mean("nps"));
    (a.target, b.target) = (Some(5.0), Some(5.0));
    // 5.25 ± 1.98·0.1 clears 5 alone, but not among forty units.
    let few: Vec<_> = (0..1).map(|u| cell(u, None, 5.25, 9.0, 100)).collect();
    let many: Vec<_> = (0..40).map(|u| cell(u, None, 5.25, 9.0, 100)).collect();
    assert_eq!(ask(&a, &b, &few).units[0].standing, Standing::Both);
    let result = ask(&a, &b, &many);
    assert_eq!(result.counts.undecided, 40);
    assert!(
        result
            .findings
            .contains(&Finding::AllUndecided { units: 40 })
    );
}

#[test]
fn a_covariate_has_no_interval_and_places_nobody() {
    let engagement = mean("engagement");
    let mortality = Covariate {
        id: CovariateId::parse("shmi").unwrap(),
        title: engagement.title.clone(),
        direction: Some(Direction::LowerIsBetter),
    };
    let cells: Vec<_> = (0..12)
        .map(|unit| {
            let step = unit as f64 * 0.1;
            let external = Some(live(&Statistics::Value {
                value: 1.2 - 0.3 * step + 0.01 * f64::from(unit as u32 % 3),
                weight: None,
            }));
            AlignmentCell {
                external,
                ..cell(unit, None, 5.0 + step, 0.0, 40 + 10 * unit as u64)
            }
        })
        .collect();
    let result = align(&AlignmentRequest {
        internal: Subject::Indicator {
            indicator: &engagement,
            party: None,
            minimum_n: 5,
            scale: SCALE,
        },
        external: Subject::Covariate(&mortality),
        cells: &cells,
        whole: &[],
        placement_period: None,
        indicators: &map(&[&engagement]),
        level: 0.95,
        snapshot: "aggregates@3",
        lagged_weights: &[],
    });
    assert!(result.between.r().unwrap() < -0.9);
    assert_eq!(result.findings[0], Finding::BetweenTogether);
    assert_eq!(result.counts.undecided, 12);
    assert!(result.findings.iter().any(|f| matches!(
        f,
        Finding::NoIntervals {
            reason: Undefined::NotASample,
            ..
        }
    )));
    let weights = serde_json::to_value(&result).unwrap()["between_weighted"]["weights"].clone();
    assert_eq!(weights, serde_json::to_value(Weights::InternalN).unwrap());
    assert_eq!(result.difference, None);
}

#[test]
fn silence_that_goes_with_the_score_is_a_warning() {
    let (a, b) = (mean("enps"), mean("nps"));
    let with_rates = |slope: f64| -> Vec<AlignmentCell> {
        (0..20)
            .map(|unit| {
                let noise = f64::from(unit * 7 % 11) * 0.02;
                AlignmentCell {
                    internal_response: Some(ResponseRate {
                        responded: 30.0 + slope * f64::from(unit) + 100.0 * noise,
                        invited: 100.0,
                    }),
                    ..cell(
                        unit as usize,
                        None,
                        5.0 + 0.1 * f64::from(unit),
                        6.0 + noise,
                        60,
                    )
                }
            })
            .collect()
    };
    let result = ask(&a, &b, &with_rates(2.0));
    assert_eq!(result.nonresponse.len(), 1);
    assert!(result.nonresponse[0].warn && result.nonresponse[0].r > 0.8);
    assert!(!ask(&a, &b, &with_rates(0.0)).nonresponse[0].warn);
}

#[test]
fn hidden_cells_stay_out_of_the_figures() {
    let (a, b) = (mean("enps"), mean("nps"));
    let mut cells: Vec<_> = (0..10)
        .map(|u| {
            cell(
                u,
                None,
                f64::from(u as u32 * 7 % 10),
                f64::from(u as u32 * 3 % 10),
                50,
            )
        })
        .collect();
    let before = ask(&a, &b, &cells);
    cells.push(cell(10, None, 9.0, 9.0, 3));
    let one = ask(&a, &b, &cells);
    assert_eq!(
        (one.between.r(), one.cells_left_out),
        (before.between.r(), 1)
    );
    assert_eq!(one.internal_summary, before.internal_summary);
    cells.push(cell(11, None, 1.0, 2.0, 3));
    let two = ask(&a, &b, &cells);
    assert_eq!(two.cells_left_out, 2);
    assert_eq!(two.internal_summary, before.internal_summary);
    assert_eq!(two.units[10].standing, Standing::NotShown);
}

#[test]
fn the_order_of_cells_does_not_matter() {
    let (a, b) = (mean("enps"), mean("nps"));
    let mut cells = opposed_levels();
    let first = ask(&a, &b, &cells);
    cells.reverse();
    let second = ask(&a, &b, &cells);
    assert_eq!(first.units.len(), second.units.len());
    assert!((first.within.r().unwrap() - second.within.r().unwrap()).abs() < 1e-12);
    let ids: Vec<_> = second.units.iter().map(|u| u.unit.as_str()).collect();
    assert!(ids.is_sorted());
}

#[test]
fn both_sides_are_described_and_subtracted() {
    let (a, b) = (mean("teachers"), mean("parents"));
    let cells: Vec<_> = (0..9)
        .map(|u| {
            cell(
                u,
                None,
                7.0 + 0.1 * u as f64,
                8.0 + 0.05 * (u * u % 5) as f64,
                40,
            )
        })
        .collect();
    let result = ask(&a, &b, &cells);
    assert!((result.internal_summary.mean.unwrap() - 7.4).abs() < 1e-12);
    let difference = result.difference.unwrap();
    assert!(difference.value < -0.6 && difference.t < -3.0 && difference.n == 9);
}

#[test]
fn nothing_asked_nothing_claimed() {
    let (a, b) = (mean("enps"), mean("nps"));
    let result = ask(&a, &b, &[]);
    assert!(!result.between.is_defined() && result.units.is_empty());
    assert_eq!(result.internal_cut.value, None);
}

#[test]
fn noise_in_the_unit_means_is_corrected_for_as_sensitivity() {
    let (a, b) = (mean("enps"), mean("nps"));
    let cells: Vec<_> = (0..30)
        .map(|u| {
            let level = f64::from(u as u32 % 6) * 0.1;
            cell(
                u,
                None,
                level + 0.1 * f64::from(u as u32 * 7 % 5),
                level + 0.1 * f64::from(u as u32 * 11 % 7),
                60,
            )
        })
        .collect();
    let result = ask(&a, &b, &cells);
    assert!(result.corrected_for_attenuation.r().unwrap() > result.between.r().unwrap());
}

/// Thirty units over five years: the external side follows its own past and the internal side;
/// in every third unit, which stands for few answers, the other way round.
fn panel() -> Vec<AlignmentCell> {
    let mut cells = Vec::new();
    for unit in 0..30_u32 {
        let (slope, n) = if unit % 3 == 0 {
            (3.0, 20)
        } else {
            (-1.0, 4_000)
        };
        let mut external = 5.0;
        for year in 0..5_u32 {
            let internal = 5.0 + f64::from((unit * 7 + year * 5) % 11) / 10.0;
            let noise = f64::from((unit * 13 + year * 29) % 17) / 1e4;
            external = 3.0 + 0.5 * external + slope * (internal - 5.5) / 10.0 + noise;
            let period = (2020 + year).to_string();
            cells.push(cell(unit as usize, Some(&period), internal, external, n));
        }
    }
    cells
}

fn slope(view: &RegressionView) -> f64 {
    match view {
        RegressionView::Estimate { slope, n, .. } => {
            assert_eq!(*n, 120, "the first year has no year before");
            *slope
        }
        RegressionView::Undefined { reason } => panic!("{reason:?}"),
    }
}

#[test]
fn a_lagged_finding_that_hangs_on_the_weights_is_fragile() {
    let (internal, external) = (mean("inside"), mean("outside"));
    let aligned = ask(&internal, &external, &panel());
    let lagged = aligned.lagged.unwrap();
    let same_year = &lagged.regressions[0];
    assert_eq!(same_year.path, LaggedPath::ExternalOnInternal);
    let weighted = slope(same_year.weighted.as_ref().unwrap());
    assert!((weighted - -0.1).abs() < 0.02, "{weighted}");
    let unweighted = slope(&same_year.unweighted);
    assert!((unweighted - 1.0 / 30.0).abs() < 0.03, "{unweighted}");
    assert!(same_year.fragile);
    assert!(aligned.findings.contains(&Finding::LaggedFragile {
        path: LaggedPath::ExternalOnInternal
    }));
}

#[test]
fn where_all_units_agree_the_weights_do_not_matter() {
    let (internal, external) = (mean("inside"), mean("outside"));
    let mut cells = panel();
    cells.retain(|cell| {
        !cell.unit.as_str()[1..]
            .parse::<u32>()
            .unwrap()
            .is_multiple_of(3)
    });
    let lagged = ask(&internal, &external, &cells).lagged.unwrap();
    assert!(
        !lagged.regressions[0].fragile,
        "{:?}",
        lagged.regressions[0]
    );
    // Without periods there is no period before.
    let unit_cells: Vec<AlignmentCell> =
        (0..9).map(|unit| cell(unit, None, 5.0, 6.0, 50)).collect();
    assert_eq!(ask(&internal, &external, &unit_cells).lagged, None);
}
