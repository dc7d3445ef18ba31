//! Judging without a context, for kinds that need none.

use evenkeel_assess::{AssessError, Assessment, Context, Observed, assess};
use evenkeel_foundation::{Latitude, Requirement};
use jiff::tz::TimeZone;

/// Judges with these extras welcome, in UTC, with no calendar and no blind round.
pub fn with_latitude(
    requirement: &Requirement,
    observed: &Observed,
    extras: &[&str],
) -> Result<Assessment, AssessError> {
    let latitude = Latitude {
        extras: extras.iter().map(|extra| (*extra).to_owned()).collect(),
    };
    let context = Context {
        latitude: &latitude,
        hours: None,
        zone: &TimeZone::UTC,
        now: None,
        agreement: None,
    };
    assess(requirement, observed, &context)
}

pub fn tried(requirement: &Requirement, observed: &Observed) -> Result<Assessment, AssessError> {
    with_latitude(requirement, observed, &[])
}

pub fn judged(requirement: &Requirement, observed: &Observed) -> Assessment {
    tried(requirement, observed).expect("it can be judged")
}

/// Texts as owned ones.
pub fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
