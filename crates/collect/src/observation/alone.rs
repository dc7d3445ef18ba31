//! Judging without storing: by a standard as it stands, wherever it was read.
//!
//! Invariant: the same judging as for what is stored. Where and when it was may be left out: then
//! the organisation's clock counts, and everybody's hours.

use evenkeel_assess::{Assessment, Observed};
use evenkeel_foundation::UnitId;
use evenkeel_registry::StandardVersion;
use jiff::Timestamp;

use super::fields::{Fault, Fields};
use super::incoming::Incoming;
use super::{judged, seen};
use crate::agreed::Agreed;
use crate::judging::Bench;

/// Judges one observation that is stored nowhere. What was seen comes back too, where there was
/// anything but a person's word.
pub fn judge_alone(
    incoming: &Incoming,
    agreed: &Agreed,
    version: &StandardVersion,
    now: Timestamp,
) -> Result<(Assessment, Option<Observed>), Vec<Fault>> {
    let mut bench = Bench::new(agreed);
    let mut fields = Fields::default();
    let nowhere = || UnitId::parse("nowhere").unwrap_or_else(|_| unreachable!("this is an id"));
    let unit = match UnitId::parse(&incoming.unit) {
        Ok(unit) if agreed.foundation.unit(&unit).is_some() => unit,
        _ if incoming.unit.is_empty() => nowhere(),
        _ => {
            fields.unknown_unit(&incoming.unit, agreed);
            nowhere()
        }
    };
    let zone = bench.zone(&unit);
    let requirement = &version.standard.requirement;
    let observed = seen::observed(incoming, requirement, &zone, &mut fields);
    let assessment = judged(
        incoming,
        version,
        &unit,
        observed.as_ref(),
        &mut bench,
        now,
        &mut fields,
    );
    let faults = fields.into_faults();
    match assessment {
        Some(assessment) if faults.is_empty() => Ok((assessment, observed)),
        _ => Err(faults),
    }
}
