//! The latest looks of which somebody kept a photo.
//!
//! Invariant: a look is shown alone only where so many people work that it is not about one of them:
//! of teams below the minimum none is, and where nobody said how many people work, only its week.

use std::collections::BTreeSet;

use evenkeel_foundation::{Foundation, Granularity, Period, Standard, UnitId};
use evenkeel_measure::{SeenPhoto, Window};
use jiff::civil::Date;

use super::teams;
use crate::answers::AnswerError;
use crate::api::standards::photos::{PhotoLook, PhotosView, WayView};
use crate::api::view::{PeriodRef, StandardRef, UnitRef};
use crate::office::Office;

/// As many as a page shows.
const PHOTOS_MAX: usize = 12;

/// Lists them, the latest first.
pub async fn photos(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    unit: Option<&UnitId>,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<PhotosView, AnswerError> {
    let teams = teams(foundation);
    let tree = foundation.tree();
    let within: BTreeSet<UnitId> = match unit {
        Some(unit) => tree.descendants_or_self_ever(unit),
        None => foundation.units.keys().cloned().collect(),
    };
    let listed: BTreeSet<UnitId> = within
        .iter()
        .filter(|unit| teams.single_looks(unit).is_some())
        .cloned()
        .collect();
    let left_out = (within.len() - listed.len()) as u64;
    let window = Window {
        by: Vec::new(),
        from,
        to,
        under: None,
    };
    let (found, snapshot) = office
        .photos(&standard.id, &window, &listed, PHOTOS_MAX)
        .await?;
    let view = |look: SeenPhoto| {
        let grain = teams.single_looks(&look.unit)?;
        PhotoLook::new(foundation, look, grain)
    };
    Ok(PhotosView {
        standard: StandardRef::new(foundation, standard),
        photos: found.into_iter().filter_map(view).collect(),
        small_teams_left_out: left_out,
        snapshot,
    })
}

impl PhotoLook {
    fn new(foundation: &Foundation, look: SeenPhoto, grain: Granularity) -> Option<Self> {
        Some(Self {
            unit: UnitRef::from(foundation.units.get(&look.unit)?),
            period: PeriodRef::from(&Period::containing(grain, look.day)),
            kept: look.kept,
            deviations: look
                .deviations
                .into_iter()
                .map(|(kind, naming)| WayView { kind, naming })
                .collect(),
            extras: look.extras,
            photo: look.photo,
        })
    }
}
