//! Views of statistics: values, intervals, and why there is none.

use std::collections::BTreeMap;

use evenkeel_stats as stats;
use serde_json::Value;

use super::{Interval, Reason};

/// A unit-like enum as its `snake_case` word, such as `wilson`.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        // Not reached: every enum that comes here serialises to a word.
        other => format!("{other:?}"),
    }
}

impl From<stats::Interval> for Interval {
    fn from(interval: stats::Interval) -> Self {
        Self {
            lower: interval.lower,
            upper: interval.upper,
            level: interval.level,
            method: word(&interval.method),
        }
    }
}

impl From<&stats::Undefined> for Reason {
    fn from(undefined: &stats::Undefined) -> Self {
        let mut parameters: BTreeMap<String, Value> = match serde_json::to_value(undefined) {
            Ok(Value::Object(fields)) => fields.into_iter().collect(),
            _ => BTreeMap::new(),
        };
        let reason = match parameters.remove("reason") {
            Some(Value::String(reason)) => reason,
            // Not reached: the reason is the tag of the enum.
            _ => undefined.to_string(),
        };
        Self { reason, parameters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_word_with_parameters() {
        let reason = Reason::from(&stats::Undefined::TooFewUnits {
            units: 3,
            needed: 4,
        });
        assert_eq!(
            serde_json::to_value(&reason).unwrap(),
            serde_json::json!({"reason": "too_few_units", "units": 3, "needed": 4})
        );
        assert_eq!(word(&stats::Method::TangoScore), "tango_score");
    }
}
