//! A control chart as the script wants it (web/src/charts/control.ts).

use serde_json::{Value, json};

use super::{Look, PictureError, SIDE_MAX, script};
use crate::api::view::{ControlChartView, ControlPoint, Estimated, IndicatorKind, VersionMark};

/// The few words on a picture, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlWords {
    /// "target 90 %" begins with it.
    pub target: String,
    /// "centre 91.2 %" begins with it.
    pub centre: String,
    /// "version 2" begins with it.
    pub version: String,
    /// "baseline" of a person.
    pub baseline: String,
}

/// How numbers are written.
struct Written {
    scale: f64,
    decimals: usize,
    unit: String,
}

impl Written {
    fn number(&self, value: f64) -> String {
        let number = format!("{:.*}", self.decimals, value * self.scale);
        if self.unit.is_empty() {
            number
        } else {
            format!("{number} {}", self.unit)
        }
    }
}

/// The SVG of a control chart.
pub fn control_chart(
    chart: &ControlChartView,
    words: &ControlWords,
    look: Look,
) -> Result<String, PictureError> {
    let (width, height) = (look.width, look.height);
    if !(1..=SIDE_MAX).contains(&width) || !(1..=SIDE_MAX).contains(&height) {
        return Err(PictureError::Size { width, height });
    }
    let written = written(chart);
    let kept = chart.of == "kept" && !matches!(chart.chart.as_str(), "g" | "t" | "cusum" | "ewma");
    let target = match (&chart.standard, &chart.indicator) {
        (Some(standard), _) if kept => Some(standard.target),
        (_, Some(indicator)) => indicator.target,
        _ => None,
    };
    let picture = json!({
        "chart": "control",
        "width": width,
        "height": height,
        "dark": look.dark,
        "data": {
            "points": chart.points.iter().map(point).collect::<Vec<_>>(),
            "marks": marks(chart, words),
            "target": target,
            "targetLabel": target.map(|at| format!("{} {}", words.target, written.number(at))),
            "centreLabel": words.centre,
            "limitsLabel": "",
            "scale": written.scale,
            "decimals": written.decimals,
            "unit": written.unit,
        },
    });
    script::svg(&picture.to_string())
}

fn point(point: &ControlPoint) -> Value {
    let value = match &point.estimate {
        Estimated::Estimate { value, .. } => Some(*value),
        Estimated::Undefined { .. } | Estimated::Hidden { .. } => None,
    };
    json!({
        "label": point.period.id,
        "value": value,
        "centre": point.centre,
        "lower": point.lower,
        "upper": point.upper,
        "segment": point.segment,
        "meaning": point.meaning,
        "words": "",
    })
}

/// Versions and baselines, each a line.
fn marks(chart: &ControlChartView, words: &ControlWords) -> Vec<Value> {
    let version = |mark: &VersionMark| {
        json!({
            "at": mark.point,
            "label": format!("{} {}", words.version, mark.version),
            "rebases": mark.rebases,
        })
    };
    let declared = chart
        .segments
        .iter()
        .filter(|segment| segment.baseline.is_some());
    let baseline = declared
        .map(|segment| json!({"at": segment.first, "label": words.baseline, "rebases": true}));
    chart.versions.iter().map(version).chain(baseline).collect()
}

fn written(chart: &ControlChartView) -> Written {
    let plain = |decimals, unit: &str| Written {
        scale: 1.0,
        decimals,
        unit: unit.to_owned(),
    };
    let percent = Written {
        scale: 100.0,
        decimals: 1,
        unit: "%".to_owned(),
    };
    match (chart.chart.as_str(), chart.of.as_str(), &chart.indicator) {
        ("g", ..) => plain(0, ""),
        ("t", ..) => plain(1, "d"),
        ("cusum" | "ewma", ..) => plain(1, "σ"),
        (_, "kept", _) => percent,
        (_, "deviations", _) => plain(2, ""),
        (_, _, Some(indicator)) => match indicator.kind {
            IndicatorKind::Mean | IndicatorKind::Composite => plain(2, ""),
            IndicatorKind::Nps => Written {
                scale: 100.0,
                decimals: 0,
                unit: String::new(),
            },
            _ => percent,
        },
        _ => {
            let unit = chart
                .standard
                .as_ref()
                .and_then(|of| of.unit_of_measure.as_deref());
            plain(1, unit.unwrap_or_default())
        }
    }
}
