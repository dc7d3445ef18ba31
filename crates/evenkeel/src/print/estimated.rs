//! One estimate in words: value, interval, n, or the reason why there is none.

use serde_json::Value;

/// How values of an indicator are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// −1..1 in the API, −100..100 for people.
    Points,
    /// 0..1 in the API, per cent for people.
    Percent,
    /// As it is.
    Scale,
}

/// The unit that goes with an indicator of the API.
pub fn unit_of(indicator: &Value) -> Unit {
    match indicator["kind"].as_str() {
        Some("nps") => Unit::Points,
        Some("top_box" | "share" | "rate" | "conformance" | "within_target") => Unit::Percent,
        _ => Unit::Scale,
    }
}

impl Unit {
    pub fn write(self, value: f64) -> String {
        match self {
            Self::Points => format!("{:+.1}", value * 100.0),
            Self::Percent => format!("{:.2} %", value * 100.0),
            Self::Scale => format!("{value:.3}"),
        }
    }
}

/// `[value, interval, n, remark]` of an `Estimated`.
pub fn estimated_cells(estimated: &Value, unit: Unit) -> [String; 4] {
    let number = |value: &Value| {
        value
            .as_f64()
            .map(|value| unit.write(value))
            .unwrap_or_default()
    };
    match estimated["status"].as_str() {
        Some("estimate") => {
            let interval = &estimated["interval"];
            let (range, remark) = if interval.is_object() {
                (
                    format!(
                        "{} to {}",
                        number(&interval["lower"]),
                        number(&interval["upper"])
                    ),
                    String::new(),
                )
            } else {
                (
                    String::new(),
                    format!(
                        "no interval: {}",
                        reason_words(&estimated["interval_reason"])
                    ),
                )
            };
            [
                number(&estimated["value"]),
                range,
                estimated["n"].to_string(),
                remark,
            ]
        }
        Some("not_reliable") => [
            String::new(),
            String::new(),
            String::new(),
            not_reliable_words(estimated),
        ],
        Some("hidden") => [
            String::new(),
            String::new(),
            String::new(),
            hidden_words(&estimated["reason"]),
        ],
        _ => [
            String::new(),
            String::new(),
            estimated["n"]
                .as_u64()
                .map(|n| n.to_string())
                .unwrap_or_default(),
            format!("undefined: {}", reason_words(&estimated["reason"])),
        ],
    }
}

/// That raters disagree, with their alpha: never the score.
fn not_reliable_words(estimated: &Value) -> String {
    let number = |value: &Value| value.as_f64().map(|value| format!("{value:.3}"));
    let interval = &estimated["interval"];
    let range = match (number(&interval["lower"]), number(&interval["upper"])) {
        (Some(lower), Some(upper)) => format!("{lower} to {upper}"),
        _ => format!(
            "no interval: {}",
            reason_words(&estimated["interval_reason"])
        ),
    };
    format!(
        "no score: raters agree too little (alpha {}, {range}, n {}; least {})",
        number(&estimated["alpha"]).unwrap_or_default(),
        estimated["n"],
        estimated["alpha_min"],
    )
}

/// Why something is hidden, as words.
pub fn hidden_words(reason: &Value) -> String {
    match (reason["reason"].as_str(), reason["minimum_n"].as_u64()) {
        (Some("below_minimum_n"), Some(minimum)) => format!("hidden: fewer than {minimum} people"),
        (Some("subtractable"), _) => {
            "hidden, so that nobody's answer can be subtracted out".to_owned()
        }
        (Some("small_team"), _) => {
            format!("hidden: fewer than {} people work there", reason["minimum"])
        }
        (Some("not_released"), _) => "hidden: in no release of employees' answers".to_owned(),
        _ => format!("hidden: {}", reason_words(reason)),
    }
}

/// A reason's code and parameters as words: `{reason: "too_few_units", units: 3}` →
/// "too few units (units 3)".
pub fn reason_words(reason: &Value) -> String {
    let Some(code) = reason["reason"].as_str() else {
        return reason
            .as_str()
            .unwrap_or("no reason given")
            .replace('_', " ");
    };
    let parameters: Vec<String> = reason
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "reason")
        .map(|(name, value)| format!("{} {value}", name.replace('_', " ")))
        .collect();
    if parameters.is_empty() {
        code.replace('_', " ")
    } else {
        format!("{} ({})", code.replace('_', " "), parameters.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Unit, estimated_cells};

    #[test]
    fn a_hidden_cell_shows_no_number() {
        let cells = estimated_cells(
            &json!({"status": "hidden", "reason": {"reason": "below_minimum_n", "minimum_n": 5}}),
            Unit::Points,
        );
        assert_eq!(cells[..3], [String::new(), String::new(), String::new()]);
        assert_eq!(cells[3], "hidden: fewer than 5 people");
        for reason in ["subtractable", "not_released"] {
            let hidden = json!({"status": "hidden", "reason": {"reason": reason}});
            let remark = &estimated_cells(&hidden, Unit::Points)[3];
            assert!(
                remark.starts_with("hidden") && !remark.contains("null"),
                "{remark}"
            );
        }
    }

    #[test]
    fn a_score_of_raters_who_disagree_is_their_alpha() {
        let cells = estimated_cells(
            &json!({"status": "not_reliable", "alpha": 0.41, "alpha_min": 0.667, "n": 60,
                    "interval": {"lower": 0.3, "upper": 0.52}, "interval_reason": null}),
            Unit::Percent,
        );
        assert_eq!(cells[..3], [String::new(), String::new(), String::new()]);
        assert_eq!(
            cells[3],
            "no score: raters agree too little (alpha 0.410, 0.300 to 0.520, n 60; least 0.667)"
        );
    }

    #[test]
    fn a_value_without_interval_says_why() {
        let cells = estimated_cells(
            &json!({"status": "estimate", "value": 7.5, "n": 90, "interval": null,
                    "interval_reason": {"reason": "no_spread_given"}}),
            Unit::Scale,
        );
        assert_eq!(cells, ["7.500", "", "90", "no interval: no spread given"]);
    }
}
