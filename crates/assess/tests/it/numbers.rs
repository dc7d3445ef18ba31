//! Requirements that are judged from one number.

use evenkeel_assess::{AssessError, Assessment, Deviation, Observed};
use evenkeel_foundation::Requirement;
use evenkeel_foundation::requirement::{Censored, Duration, Range};
use proptest::prelude::*;
use rstest::rstest;

use crate::judging::{judged, tried};

const MINUTE: f64 = 60.0;

fn within(minutes: f64, inclusive: bool, open: Censored) -> Requirement {
    Requirement::Duration(Duration {
        within: minutes * MINUTE,
        inclusive,
        clock_from: None,
        clock_to: None,
        open,
        hours: None,
    })
}

fn range(lower: Option<f64>, upper: Option<f64>, inclusive: bool) -> Requirement {
    Requirement::Range(Range {
        lower,
        lower_inclusive: inclusive,
        upper,
        upper_inclusive: inclusive,
        nominal: None,
        unit_of_measure: "°C".to_owned(),
    })
}

#[rstest]
#[case::in_time(14.9, true, None)]
#[case::at_the_limit(15.0, true, None)]
#[case::at_an_exclusive_limit(15.0, false, Some(0.0))]
#[case::late(16.0, true, Some(60.0))]
#[case::early(-5.0, false, None)]
fn a_time(#[case] minutes: f64, #[case] inclusive: bool, #[case] over: Option<f64>) {
    let requirement = within(15.0, inclusive, Censored::FailPastLimit);
    let found = judged(&requirement, &Observed::Number(minutes * MINUTE));
    assert_eq!(found.kept, Some(over.is_none()));
    let over = over.map(|by_seconds| Deviation::OverTime { by_seconds });
    assert_eq!(found.deviations, Vec::from_iter(over));
}

#[rstest]
#[case::before_the_limit(10.0, true, Censored::FailPastLimit, None)]
#[case::at_the_limit_it_may_still_end(15.0, true, Censored::FailPastLimit, None)]
#[case::at_an_exclusive_limit_it_cannot(15.0, false, Censored::FailPastLimit, Some(false))]
#[case::past_the_limit(20.0, true, Censored::FailPastLimit, Some(false))]
#[case::left_out(20.0, true, Censored::LeaveOut, None)]
fn a_ticket_that_is_still_open(
    #[case] minutes: f64,
    #[case] inclusive: bool,
    #[case] open: Censored,
    #[case] kept: Option<bool>,
) {
    let requirement = within(15.0, inclusive, open);
    let found = judged(&requirement, &Observed::OpenForSeconds(minutes * MINUTE));
    assert_eq!(found.kept, kept);
    assert_eq!(found.deviations.is_empty(), kept.is_none());
}

#[rstest]
#[case::between(Some(63.0), Some(75.0), 70.0, true, None)]
#[case::at_the_lower(Some(63.0), Some(75.0), 63.0, true, None)]
#[case::at_the_upper(Some(63.0), Some(75.0), 75.0, true, None)]
#[case::at_an_exclusive_lower(Some(63.0), Some(75.0), 63.0, false, Some(Deviation::TooLow { by: 0.0 }))]
#[case::at_an_exclusive_upper(Some(63.0), Some(75.0), 75.0, false, Some(Deviation::TooHigh { by: 0.0 }))]
#[case::too_low(Some(63.0), Some(75.0), 60.5, true, Some(Deviation::TooLow { by: 2.5 }))]
#[case::too_high(Some(63.0), Some(75.0), 80.0, true, Some(Deviation::TooHigh { by: 5.0 }))]
#[case::no_upper_limit(Some(63.0), None, 1e9, true, None)]
#[case::no_lower_limit(None, Some(4.0), -40.0, true, None)]
fn a_measure(
    #[case] lower: Option<f64>,
    #[case] upper: Option<f64>,
    #[case] value: f64,
    #[case] inclusive: bool,
    #[case] deviation: Option<Deviation>,
) {
    let found = judged(&range(lower, upper, inclusive), &Observed::Number(value));
    assert_eq!(found.kept, Some(deviation.is_none()));
    assert_eq!(found.deviations, Vec::from_iter(deviation));
    assert_eq!(found.extras, Vec::<String>::new());
}

#[test]
fn what_cannot_be_judged_says_why() {
    let hot = range(Some(63.0), None, true);
    let open = tried(&hot, &Observed::OpenForSeconds(1.0));
    assert_eq!(open, Err(AssessError::CannotBeOpen { kind: "range" }));
    for value in [f64::NAN, f64::INFINITY] {
        for observed in [Observed::Number(value), Observed::OpenForSeconds(value)] {
            let in_time = within(5.0, true, Censored::FailPastLimit);
            let error = tried(&in_time, &observed);
            assert!(matches!(error, Err(AssessError::NotFinite { .. })));
        }
        let error = tried(&hot, &Observed::Number(value));
        assert!(matches!(error, Err(AssessError::NotFinite { .. })));
    }
}

#[test]
fn an_assessment_as_it_is_stored() {
    let found = judged(&range(Some(63.0), None, true), &Observed::Number(60.0));
    let json = serde_json::to_string(&found).expect("json");
    assert_eq!(
        json,
        r#"{"kept":false,"deviations":[{"kind":"too_low","by":3.0}],"extras":[]}"#
    );
    assert_eq!(
        serde_json::from_str::<Assessment>(&json).expect("back"),
        found
    );
}

proptest! {
    #[test]
    fn kept_and_deviations_exclude_each_other(
        value in -1e6..1e6f64,
        limit in -1e6..1e6f64,
        width in 0.1..1e6f64,
        inclusive in any::<bool>(),
    ) {
        let requirement = range(Some(limit), Some(limit + width), inclusive);
        let found = judged(&requirement, &Observed::Number(value));
        prop_assert_eq!(found.kept, Some(found.deviations.is_empty()));
        let limits = requirement.limits().expect("a range has limits");
        prop_assert_eq!(found.kept, Some(limits.contains(value)));
    }

    #[test]
    fn waiting_never_mends_a_deviation(minutes in 0.0..100.0f64, more in 0.0..100.0f64, inclusive in any::<bool>()) {
        let requirement = within(15.0, inclusive, Censored::FailPastLimit);
        let now = judged(&requirement, &Observed::OpenForSeconds(minutes * MINUTE));
        if now.kept == Some(false) {
            let ended = judged(&requirement, &Observed::Number((minutes + more) * MINUTE));
            prop_assert_eq!(ended.kept, Some(false));
        }
    }
}
