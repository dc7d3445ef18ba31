//! Durations from moments, by the hours that count.

use evenkeel_assess::{AssessError, Assessment, Context, Deviation, Observed, Unknown, assess};
use evenkeel_foundation::requirement::{Censored, Duration};
use evenkeel_foundation::{Latitude, OpenHours, Requirement};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const HOUR: f64 = 3600.0;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn one_working_day(open: Censored) -> Requirement {
    Requirement::Duration(Duration {
        within: 8.0 * HOUR,
        inclusive: true,
        clock_from: None,
        clock_to: None,
        open,
        hours: Some("office".parse().expect("an id")),
    })
}

fn office() -> OpenHours {
    let day = || vec!["09:00-17:00".parse().expect("a span")];
    OpenHours {
        monday: day(),
        tuesday: day(),
        wednesday: day(),
        thursday: day(),
        friday: day(),
        holidays: vec!["2026-05-01".parse().expect("a day")],
        ..OpenHours::default()
    }
}

fn judged(
    requirement: &Requirement,
    observed: &Observed,
    hours: Option<&OpenHours>,
    now: Option<&str>,
) -> Result<Assessment, AssessError> {
    let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
    let context = Context {
        latitude: &Latitude::default(),
        hours,
        zone: &zone,
        now: now.map(at),
        agreement: None,
    };
    assess(requirement, observed, &context)
}

#[test]
fn one_working_day_over_a_weekend_and_a_holiday() {
    let requirement = one_working_day(Censored::FailPastLimit);
    let office = office();
    // Thursday 16:00; Friday is a holiday; Monday 16:00 is one working day later.
    let from = at("2026-04-30T16:00:00+02:00");
    let ends = |to: &str| {
        let observed = Observed::Between { from, to: at(to) };
        judged(&requirement, &observed, Some(&office), None).expect("judged")
    };
    let in_time = ends("2026-05-04T16:00:00+02:00");
    assert_eq!(in_time.kept, Some(true));
    assert_eq!(in_time.value, Some(8.0 * HOUR));
    let late = ends("2026-05-04T16:30:00+02:00");
    assert_eq!(late.kept, Some(false));
    let by_seconds = 0.5 * HOUR;
    assert_eq!(late.deviations, [Deviation::OverTime { by_seconds }]);
    // At night the clock stands still.
    assert_eq!(ends("2026-05-05T03:00:00+02:00").value, Some(9.0 * HOUR));
    let early = ends("2026-04-30T15:00:00+02:00");
    assert_eq!((early.kept, early.value), (Some(true), Some(-HOUR)));
}

#[test]
fn what_is_open_is_looked_at_at_some_moment() {
    let requirement = one_working_day(Censored::FailPastLimit);
    let office = office();
    let open = Observed::OpenSince(at("2026-04-30T16:00:00+02:00"));
    let now = |now| judged(&requirement, &open, Some(&office), Some(now)).expect("judged");
    let not_yet = now("2026-05-04T12:00:00+02:00");
    assert_eq!((not_yet.kept, not_yet.value), (None, None));
    assert_eq!(not_yet.unknown, Some(Unknown::StillOpen));
    let past = now("2026-05-05T10:00:00+02:00");
    assert_eq!(past.kept, Some(false));
    let by_seconds = 2.0 * HOUR;
    assert_eq!(past.deviations, [Deviation::StillOpen { by_seconds }]);
    let left_out = one_working_day(Censored::LeaveOut);
    let found = judged(
        &left_out,
        &open,
        Some(&office),
        Some("2026-05-05T10:00:00+02:00"),
    );
    assert_eq!(found.expect("judged").unknown, Some(Unknown::LeftOut));
    let timeless = judged(&requirement, &open, Some(&office), None);
    assert_eq!(timeless, Err(AssessError::NoNow));
    let calendar = "office".to_owned();
    let nowhere = judged(&requirement, &open, None, Some("2026-05-05T10:00:00+02:00"));
    assert_eq!(nowhere, Err(AssessError::NoHours { calendar }));
}

#[test]
fn without_a_calendar_all_hours_count() {
    let Requirement::Duration(mut duration) = one_working_day(Censored::FailPastLimit) else {
        panic!("a duration");
    };
    duration.hours = None;
    let observed = Observed::Between {
        from: at("2026-03-28T20:00:00+01:00"),
        to: at("2026-03-29T04:00:00+02:00"),
    };
    let found = judged(&Requirement::Duration(duration), &observed, None, None);
    // The clock was put forward in that night.
    assert_eq!(found.expect("judged").value, Some(7.0 * HOUR));
}
