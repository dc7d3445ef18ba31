//! Lagged regressions in plain sentences.
//!
//! Invariant: weighted and unweighted stand in one sentence; a finding that hangs on the weights is
//! called fragile in the next.

use serde_json::Value;

use super::{reason_words, text};

/// A sentence or two for each regression of an alignment; none where it was not by period.
pub fn lagged_lines(alignment: &Value) -> Vec<String> {
    let lagged = &alignment["lagged"];
    let regressions = lagged["regressions"].as_array().into_iter().flatten();
    let weights = lagged["weights"].as_array().into_iter().flatten();
    let names: Vec<&str> = weights.filter_map(Value::as_str).collect();
    let by = if names.is_empty() {
        "n".to_owned()
    } else {
        names.join(" × ")
    };
    let mut lines = Vec::new();
    for regression in regressions {
        let (internal, external) = (
            text(&alignment["internal"]["title"]),
            text(&alignment["external"]["title"]),
        );
        let (outcome, other) = match regression["path"].as_str() {
            Some("external_on_internal_before") => {
                (external, format!("{internal} of the period before"))
            }
            Some("internal_on_external") => (internal, format!("{external} of the same period")),
            _ => (external, format!("{internal} of the same period")),
        };
        lines.push(format!(
            "{outcome} on {other}, given {outcome} of the period before: weighted by {by} {}; unweighted {}.",
            coefficient(&regression["weighted"]),
            coefficient(&regression["unweighted"]),
        ));
        if regression["fragile"] == true {
            lines.push(
                "  Fragile: with and without weights it is not the same finding, so do not rest a decision on it."
                    .to_owned(),
            );
        }
    }
    lines
}

fn coefficient(value: &Value) -> String {
    if value["status"] != "estimate" {
        return format!("undefined: {}", reason_words(&value["reason"]));
    }
    let number = |key: &str| value[key].as_f64().unwrap_or_default();
    format!(
        "{:+.4} ({:+.4} to {:+.4}), p = {:.4}, {} rows of {} units",
        number("slope"),
        number("lower"),
        number("upper"),
        number("p"),
        value["n"],
        value["units"],
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_weightings_stand_in_one_sentence_and_fragile_in_the_next() {
        let fit = |slope: f64, p: f64| {
            json!({"status": "estimate", "slope": slope, "lower": slope - 0.01, "upper": slope + 0.01,
                   "level": 0.95, "p": p, "n": 805, "units": 140, "weights": null})
        };
        let lines = lagged_lines(&json!({
            "internal": {"title": {"en": "Engagement"}}, "external": {"title": {"en": "Mortality"}},
            "lagged": {"weights": ["share", "answers"], "regressions": [{
                "path": "external_on_internal_before", "fragile": true,
                "weighted": fit(-0.04, 0.03), "unweighted": fit(-0.005, 0.7),
            }]},
        }));
        assert_eq!(
            lines[0],
            "Mortality on Engagement of the period before, given Mortality of the period before: \
             weighted by share × answers -0.0400 (-0.0500 to -0.0300), p = 0.0300, 805 rows of 140 units; \
             unweighted -0.0050 (-0.0150 to +0.0050), p = 0.7000, 805 rows of 140 units."
        );
        assert!(lines[1].contains("Fragile"), "{lines:?}");
        assert_eq!(lagged_lines(&json!({"lagged": null})), Vec::<String>::new());
    }
}
