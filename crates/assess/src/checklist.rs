//! Points that were ticked.
//!
//! Invariant: the share counts the points that apply, by weight; a bonus is in neither part of
//! it. A missed point is told even where the pass mark forgives it: what is forgiven most often
//! is what the list's owner has to look at.

use std::collections::BTreeMap;

use evenkeel_foundation::requirement::{Checklist, Weighing};

use crate::{AssessError, Assessment, Deviation, Tick, Unknown};

/// Weights are sums of what people wrote: 0.1 + 0.2 of 0.3 is all of it.
const ROUNDING: f64 = 1e-9;

pub(crate) fn judge(
    checklist: &Checklist,
    ticks: &BTreeMap<String, Tick>,
) -> Result<Assessment, AssessError> {
    let known = |item: &str| checklist.items.iter().any(|known| known.id == item);
    if let Some(item) = ticks.keys().find(|item| !known(item)) {
        let allowed: Vec<&str> = checklist.items.iter().map(|i| i.id.as_str()).collect();
        return Err(AssessError::UnknownItem {
            item: item.clone(),
            allowed: allowed.join(", "),
        });
    }
    let (mut there, mut applicable) = (0.0, 0.0);
    let mut deviations = Vec::new();
    let mut extras = Vec::new();
    let mut is_failed = false;
    for item in &checklist.items {
        let tick = ticks.get(&item.id);
        if item.counts_as == Weighing::Bonus {
            if tick == Some(&Tick::Yes) {
                extras.push(item.id.clone());
            }
            continue;
        }
        match tick {
            None => {
                return Err(AssessError::ItemNotSeen {
                    item: item.id.clone(),
                });
            }
            Some(Tick::NotApplicable) => {}
            Some(Tick::Yes) => {
                there += item.weight;
                applicable += item.weight;
            }
            Some(Tick::No) => {
                applicable += item.weight;
                let auto_fail = item.counts_as == Weighing::AutoFail;
                is_failed |= auto_fail;
                deviations.push(Deviation::ItemMissed {
                    item: item.id.clone(),
                    auto_fail,
                });
            }
        }
    }
    if applicable == 0.0 {
        return Ok(Assessment::unknown(Unknown::NothingApplies).with_extras(extras));
    }
    let share = there / applicable;
    let pass_at = checklist.pass_at.get();
    let is_low = share < pass_at - ROUNDING;
    if is_low {
        deviations.push(Deviation::ShareTooLow { share, pass_at });
    }
    Ok(Assessment {
        kept: Some(!is_low && !is_failed),
        deviations,
        extras,
        value: Some(share),
        unknown: None,
    })
}
