//! Scores of several raters.

use evenkeel_assess::{
    Agreement, AssessError, Assessment, Context, Deviation, Observed, Scored, Unknown, assess,
};
use evenkeel_foundation::requirement::{Anchor, Calibration, Rubric};
use evenkeel_foundation::{Latitude, Requirement, Text};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rstest::rstest;

fn rubric(raters: u32, calibration: Option<Calibration>) -> Requirement {
    let anchor = |score| Anchor {
        score,
        title: Text::plain("as pictured").expect("not empty"),
    };
    Requirement::Rubric(Rubric {
        min: 1,
        max: 5,
        pass_from: 3,
        raters,
        anchors: vec![anchor(1), anchor(5)],
        calibration,
    })
}

fn scores(scores: &[f64]) -> Observed {
    let scored = |(at, score): (usize, &f64)| Scored {
        rater: format!("rater {at}"),
        score: *score,
    };
    Observed::Scores(scores.iter().enumerate().map(scored).collect())
}

fn judged(
    requirement: &Requirement,
    observed: &Observed,
    agreement: Option<Agreement>,
) -> Result<Assessment, AssessError> {
    let context = Context {
        latitude: &Latitude::default(),
        hours: None,
        zone: &TimeZone::UTC,
        now: None,
        agreement,
    };
    assess(requirement, observed, &context)
}

#[rstest]
#[case::the_middle(&[1.0, 5.0, 3.0], 3.0, true)]
#[case::half_way(&[2.0, 3.0], 2.5, false)]
#[case::one_far_off(&[1.0, 4.0, 4.0], 4.0, true)]
#[case::more_than_asked(&[5.0, 5.0, 2.0, 2.0], 3.5, true)]
fn the_score_is_the_median(#[case] given: &[f64], #[case] score: f64, #[case] kept: bool) {
    let found = judged(&rubric(2, None), &scores(given), None).expect("judged");
    assert_eq!((found.kept, found.value), (Some(kept), Some(score)));
    let pass_from = 3.0;
    let low = (!kept).then_some(Deviation::ScoreTooLow { score, pass_from });
    assert_eq!(found.deviations, Vec::from_iter(low));
}

#[test]
fn no_score_before_enough_people_have_scored() {
    let found = judged(&rubric(3, None), &scores(&[5.0, 5.0]), None).expect("judged");
    assert_eq!((found.kept, found.value), (None, None));
    let (raters, needed) = (2, 3);
    assert_eq!(
        found.unknown,
        Some(Unknown::TooFewRaters { raters, needed })
    );
    let one = judged(&rubric(1, None), &Observed::Number(2.0), None).expect("judged");
    assert_eq!(one.kept, Some(false));
}

#[test]
fn no_score_before_the_raters_agree() {
    let calibration = Calibration {
        agreement_min: 0.667,
        subjects_min: 10,
    };
    let rubric = rubric(2, Some(calibration));
    let with = |agreement| judged(&rubric, &scores(&[4.0, 5.0]), agreement).expect("judged");
    let subjects_min = 10;
    let none = with(None);
    assert_eq!(none.kept, None);
    let subjects = 0;
    assert_eq!(
        none.unknown,
        Some(Unknown::NotCalibrated {
            subjects,
            subjects_min
        })
    );
    let few = with(Some(Agreement {
        alpha: Some(0.9),
        subjects: 9,
    }));
    let subjects = 9;
    assert_eq!(
        few.unknown,
        Some(Unknown::NotCalibrated {
            subjects,
            subjects_min
        })
    );
    for alpha in [Some(0.66), None] {
        let low = with(Some(Agreement {
            alpha,
            subjects: 10,
        }));
        assert_eq!((low.kept, low.value), (None, None));
        let agreement_min = 0.667;
        let agreement = alpha;
        assert_eq!(
            low.unknown,
            Some(Unknown::AgreementTooLow {
                agreement,
                agreement_min
            })
        );
    }
    let enough = with(Some(Agreement {
        alpha: Some(0.667),
        subjects: 10,
    }));
    assert_eq!((enough.kept, enough.value), (Some(true), Some(4.5)));
}

#[test]
fn scores_lie_on_the_scale_and_raters_score_once() {
    for score in [0.0, 6.0, 2.5] {
        let error = judged(&rubric(1, None), &scores(&[score]), None);
        let (min, max) = (1, 5);
        assert_eq!(error, Err(AssessError::NotOnScale { score, min, max }));
    }
    let twice = |score| Scored {
        rater: "An".to_owned(),
        score,
    };
    let observed = Observed::Scores(vec![twice(3.0), twice(4.0)]);
    let rater = "An".to_owned();
    let error = judged(&rubric(2, None), &observed, None);
    assert_eq!(error, Err(AssessError::RaterTwice { rater }));
}

proptest! {
    #[test]
    fn the_order_of_the_raters_does_not_matter(mut given in prop::collection::vec(1..=5i32, 2..7)) {
        let as_scores = |given: &[i32]| scores(&given.iter().map(|s| f64::from(*s)).collect::<Vec<_>>());
        let first = judged(&rubric(2, None), &as_scores(&given), None).expect("judged");
        given.reverse();
        let again = judged(&rubric(2, None), &as_scores(&given), None).expect("judged");
        prop_assert_eq!(&first, &again);
        let below = given.iter().filter(|s| f64::from(**s) <= first.value.expect("a score")).count();
        prop_assert!(below * 2 >= given.len(), "half of them are not above the median");
    }
}
