//! The random moments at which somebody is to look, and random samples of tickets.
//!
//! Invariant: a moment follows from the installation's salt, the unit and the day, so everybody
//! who asks gets the same one, nobody can guess tomorrow's, and none is kept. Whoever looks then
//! has not chosen what to see.

use evenkeel_collect::observation::Incoming;
use evenkeel_foundation::{Foundation, Requirement, Standard, Text, UnitId};
use jiff::civil::{Date, DateTime, Time};
use jiff::{ToSpan as _, Zoned};
use rand::RngExt as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{Office, OfficeError};
use crate::office::hexadecimal;

/// Moments a day and unit.
const A_DAY: u8 = 4;
/// The day is cut into as many parts, one moment each, so that they spread.
const FIRST_HOUR: i8 = 9;
const LAST_HOUR: i8 = 21;
/// For so long the look may be taken.
const MINUTES: i64 = 20;

/// A moment that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub id: String,
    pub standard: String,
    pub title: Text,
    /// On the unit's clock.
    pub at: DateTime,
    pub until: DateTime,
}

/// The moments of a unit and day.
#[derive(Debug, Clone, PartialEq)]
pub struct Looks {
    pub unit: UnitId,
    pub day: Date,
    pub looks: Vec<Look>,
}

impl Office {
    /// The moments of a unit and day.
    pub async fn looks_of(&self, unit: &UnitId, day: Date) -> Result<Looks, OfficeError> {
        let foundation = self.foundation().await.foundation;
        let salt = self.salt().await?;
        Ok(Looks {
            unit: unit.clone(),
            day,
            looks: drawn(&foundation, &salt, unit, day),
        })
    }

    /// Draws tickets without replacement, in the order in which they came.
    pub async fn draw_tickets(
        &self,
        actor: &str,
        tickets: Vec<String>,
        count: usize,
    ) -> Result<Vec<String>, OfficeError> {
        let of = tickets.len();
        let mut rng = self.rng();
        // Selection sampling (Knuth, Algorithm S): every sample of this size is as likely.
        let mut wanted = count;
        let mut drawn = Vec::with_capacity(count);
        for (at, ticket) in tickets.into_iter().enumerate() {
            if rng.random_range(0..of - at) < wanted {
                wanted -= 1;
                drawn.push(ticket);
            }
        }
        let entry = self.entry(
            actor,
            "looks.draw",
            "tickets".to_owned(),
            json!({ "drawn": drawn.len(), "of": of }),
        );
        self.registry.audit(&entry).await?;
        Ok(drawn)
    }

    /// Today on the clock of a unit.
    pub fn today_in(&self, foundation: &Foundation, unit: &UnitId) -> Date {
        self.now_in(foundation, unit).date()
    }

    /// Now on the clock of a unit.
    pub fn now_in(&self, foundation: &Foundation, unit: &UnitId) -> Zoned {
        let tree = foundation.tree();
        let zone = jiff::tz::TimeZone::get(tree.time_zone(unit)).unwrap_or(jiff::tz::TimeZone::UTC);
        self.clock.now().to_zoned(zone)
    }

    /// Was this look drawn, and is it taken within its time?
    pub(super) fn was_drawn(
        &self,
        foundation: &Foundation,
        salt: &[u8],
        incoming: &Incoming,
    ) -> bool {
        let named = incoming.detail.get("look").and_then(|look| look.as_str());
        let unit = foundation.units.get(incoming.unit.as_str());
        let (Some(named), Some(unit)) = (named, unit) else {
            return false;
        };
        let now = self.now_in(foundation, &unit.id);
        // A phone without a net sends later: the moment is that of the look, not of its arrival.
        let said = incoming.at.as_deref().and_then(|at| {
            let zone = now.time_zone().clone();
            let moment = at.parse::<jiff::Timestamp>().ok();
            let moment = moment.map(|at| at.to_zoned(zone).datetime());
            moment.or_else(|| at.parse::<DateTime>().ok())
        });
        let at = said.unwrap_or_else(|| now.datetime());
        drawn(foundation, salt, &unit.id, at.date())
            .iter()
            .any(|look| {
                look.id == named
                    && look.standard == incoming.standard
                    && look.at <= at
                    && at <= look.until
            })
    }
}

fn drawn(foundation: &Foundation, salt: &[u8], unit: &UnitId, day: Date) -> Vec<Look> {
    let seen: Vec<&Standard> = foundation
        .standards
        .values()
        // A text is found in its mailbox, not by walking past.
        .filter(|standard| !matches!(standard.requirement, Requirement::Wording(_)))
        .collect();
    if seen.is_empty() {
        return Vec::new();
    }
    let minutes = i64::from(LAST_HOUR - FIRST_HOUR) * 60 / i64::from(A_DAY);
    (0..A_DAY)
        .filter_map(|part| {
            let hash = Sha256::new()
                .chain_update(salt)
                .chain_update(b"/look/")
                .chain_update(unit.as_str())
                .chain_update(day.to_string())
                .chain_update([part])
                .finalize();
            let number = |at: usize| {
                u64::from(hash[at]) << 16 | u64::from(hash[at + 1]) << 8 | u64::from(hash[at + 2])
            };
            let into = i64::from(part) * minutes + (number(0) % minutes.unsigned_abs()) as i64;
            let standard = seen[(number(3) % seen.len() as u64) as usize];
            let start = Time::constant(FIRST_HOUR, 0, 0, 0).on(day.year(), day.month(), day.day());
            let at = start.checked_add(into.minutes()).ok()?;
            Some(Look {
                id: hexadecimal(&hash[6..14]),
                standard: standard.id.to_string(),
                title: standard.title.clone(),
                at,
                until: at.checked_add(MINUTES.minutes()).ok()?,
            })
        })
        .collect()
}
