//! Questions about what was seen beside the numbers: photos, what came on top, what customers wrote.

use std::collections::{BTreeSet, HashMap};

use evenkeel_foundation::{PartyId, StandardId, UnitId};
use evenkeel_measure::{Comments, LookedDays, MeasureError, SeenPhoto, Window};
use jiff::civil::Date;

use super::Office;

impl Office {
    /// The latest looks of some units that have a photo.
    pub async fn photos(
        &self,
        standard: &StandardId,
        window: &Window,
        units: &BTreeSet<UnitId>,
        photos_max: usize,
    ) -> Result<(Vec<SeenPhoto>, String), MeasureError> {
        let history = self.history().await;
        self.measure
            .photos(&history, standard, window, units, photos_max)
            .await
    }

    /// Photos that any look named, by unit.
    pub async fn named_photos(&self) -> Result<HashMap<String, BTreeSet<String>>, MeasureError> {
        let history = self.history().await;
        self.measure.named_photos(&history).await
    }

    /// Units and days on which a standard was looked at.
    pub async fn looked_days(
        &self,
        standard: &StandardId,
        window: &Window,
    ) -> Result<(LookedDays, String), MeasureError> {
        let history = self.history().await;
        self.measure.looked_days(&history, standard, window).await
    }

    /// What these parties wrote about some units' days.
    pub async fn comments_on(
        &self,
        parties: &BTreeSet<PartyId>,
        window: &Window,
        days: impl IntoIterator<Item = (UnitId, Date)>,
        comments_max: usize,
    ) -> Result<Comments, MeasureError> {
        let history = self.history().await;
        self.measure
            .comments_on(&history, parties, window, days, comments_max)
            .await
    }
}
