//! Expected against got, value by value.
//!
//! `null` means undefined with a reason; texts and truth values must be equal; numbers are
//! compared with the case's tolerance, p-values below 1e-12 by their order of magnitude.

use serde_json::Value;

use crate::case::Case;
use crate::exclusions;

pub struct Checked {
    pub values: usize,
    pub failures: Vec<String>,
    pub skipped: usize,
}

pub fn compare(case: &Case, got: &Value) -> Checked {
    let mut walk = Walk {
        case,
        checked: Checked {
            values: 0,
            failures: Vec::new(),
            skipped: 0,
        },
    };
    walk.value("", &case.expected, Some(got));
    walk.checked
}

struct Walk<'a> {
    case: &'a Case,
    checked: Checked,
}

impl Walk<'_> {
    fn value(&mut self, path: &str, expected: &Value, got: Option<&Value>) {
        // An empty group still has to be answered.
        let empty = expected.as_object().is_some_and(serde_json::Map::is_empty)
            || expected.as_array().is_some_and(Vec::is_empty);
        if empty && got.is_none() {
            self.checked.values += 1;
            self.fail(path, &expected.to_string(), None);
            return;
        }
        match expected {
            Value::Object(map) => {
                for (key, value) in map {
                    if exclusions::key(&self.case.id, key) {
                        self.checked.skipped += 1;
                        continue;
                    }
                    let below = got.and_then(|g| g.get(key));
                    self.value(&format!("{path}/{key}"), value, below);
                }
            }
            Value::Array(items) => {
                // R's unboxing: one element may stand alone on either side.
                let alone = items.len() == 1 && got.is_some_and(|g| !g.is_array());
                let length = got.and_then(Value::as_array).map(Vec::len);
                if !alone && length != Some(items.len()) {
                    self.checked.values += 1;
                    self.fail(path, &format!("an array of {}", items.len()), got);
                    return;
                }
                for (i, item) in items.iter().enumerate() {
                    let below = if alone {
                        got
                    } else {
                        got.and_then(|g| g.get(i))
                    };
                    self.value(&format!("{path}/{i}"), item, below);
                }
            }
            leaf => self.leaf(path, leaf, got),
        }
    }

    fn leaf(&mut self, path: &str, expected: &Value, got: Option<&Value>) {
        self.checked.values += 1;
        let Some(got) = got else {
            self.fail(path, &expected.to_string(), None);
            return;
        };
        let got = match got {
            Value::Array(items) if items.len() == 1 => &items[0],
            other => other,
        };
        let same = match (expected.as_f64(), got.as_f64()) {
            (Some(a), Some(b)) => self.close(path, a, b),
            _ => expected == got,
        };
        if !same {
            self.fail(path, &expected.to_string(), Some(got));
        }
    }

    fn close(&self, path: &str, expected: f64, got: f64) -> bool {
        if expected.abs() < 1e-12 && is_p(path) {
            return (0.0..1e-12).contains(&got);
        }
        // R finds the limits of an odds ratio as reciprocals, to 1e-4 of those.
        if path.contains("/fisher/") && expected > 1.0 && self.case.id.starts_with("S06") {
            return (got.recip() - expected.recip()).abs() <= 1e-4;
        }
        let (rel, abs) = self.tolerance(path);
        (got - expected).abs() <= abs + rel * expected.abs()
    }

    /// The case's tolerance, loosened where its note names values.
    fn tolerance(&self, path: &str) -> (f64, f64) {
        let of = |key: &str| self.case.tolerance[key].as_f64();
        let (rel, abs) = (of("rel").unwrap_or(0.0), of("abs").unwrap_or(0.0));
        let has = |part: &str| path.contains(part);
        let loose = match self.case.id.split('-').next().unwrap_or_default() {
            "S06" if has("/fisher/cond_mle_or") || has("/fisher/ci") => 1e-4,
            "S09" if has("/loadings") || has("omega") || has("/fit/") => 1e-4,
            "S10" if has("partial_pooling_reml") => 1e-4,
            "S12" if has("xbar_R") || has("/R/") || has("within_sigma_R") => 1e-4,
            "S14" if has("/arl/") => 1e-3,
            "S17" if has("/icc/") && has("/ci") => return (0.0, of("icc_ci").unwrap_or(0.005)),
            "S21" if has("epiR") => 1e-6,
            "S29" if has("numacc4/mean") => return (of("numacc4_mean_rel").unwrap_or(rel), 0.0),
            "S29" if has("numacc4/sd") => return (of("numacc4_sd_rel").unwrap_or(rel), 0.0),
            "S29" if has("longley") => return (of("longley_rel").unwrap_or(rel), 0.0),
            _ => 0.0,
        };
        (rel.max(loose), abs)
    }

    fn fail(&mut self, path: &str, expected: &str, got: Option<&Value>) {
        let got = got.map_or_else(|| "no answer for this key".to_owned(), Value::to_string);
        self.checked
            .failures
            .push(format!("{path}: expected {expected}, got {got}"));
    }
}

fn is_p(path: &str) -> bool {
    path.split('/').any(|part| {
        part == "p"
            || part == "Qp"
            || part.starts_with("p_")
            || part.ends_with("_p")
            || matches!(part, "holm" | "bh" | "by" | "bonferroni")
    })
}
