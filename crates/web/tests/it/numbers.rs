//! No number leaves without its n, its interval (or why it has none) and its snapshot.
//!
//! Walks the description of the API, so that an endpoint that is added later is held to it too.
//! What has neither is on a list here, each with the reason; a name on it that no longer exists
//! fails as well.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::House;

/// Numbers that are no results: `Schema.property`.
const NO_RESULT: [(&str, &str); 51] = [
    ("AggregationGate.icc1_min", "a threshold"),
    ("AggregationGate.icc2_min", "a threshold"),
    ("AggregationGate.rwg_min", "a threshold"),
    ("AlignmentView.interval_level", "a level of confidence"),
    (
        "Autocorrelation.p",
        "test of what the limits beside it assume",
    ),
    (
        "Autocorrelation.r",
        "test of what the limits beside it assume",
    ),
    ("Category.count", "is an n"),
    (
        "ControlChartView.run_length",
        "of the method, not of the facts",
    ),
    (
        "ControlPoint.centre",
        "a line that estimates with intervals are held against",
    ),
    (
        "ControlPoint.lower",
        "a limit that estimates with intervals are held against",
    ),
    (
        "ControlPoint.upper",
        "a limit that estimates with intervals are held against",
    ),
    ("ContactIndicator.difference_level", "a level of confidence"),
    (
        "Cut.value",
        "a target, or the line that units with intervals are held against",
    ),
    (
        "DeviationView.cumulative",
        "part of a count, beside a share with its interval",
    ),
    (
        "DeviationView.part",
        "part of a count, beside a share with its interval",
    ),
    (
        "Driver.vif",
        "says how wide the interval of the importance beside it became",
    ),
    (
        "FactorFit.cfi",
        "fit of the model behind an omega with its interval",
    ),
    ("FactorFit.chi_squared", "fit of the model"),
    ("FactorFit.df", "fit of the model"),
    ("FactorFit.p", "fit of the model"),
    ("FactorFit.rmsea", "fit of the model"),
    ("FactorFit.srmr", "fit of the model"),
    ("GuessedColumn.confidence", "of a guess about a column"),
    ("IndicatorRef.target", "agreed"),
    ("Interval.level", "an interval"),
    ("Interval.lower", "an interval"),
    ("Interval.upper", "an interval"),
    (
        "ItemReliability.alpha_without",
        "beside the alpha with its interval",
    ),
    (
        "ItemReliability.item_rest",
        "beside the alpha with its interval",
    ),
    ("ItemScale.max", "a scale"),
    ("ItemScale.min", "a scale"),
    ("MeasureRef.target", "agreed"),
    ("QuantileView.q", "which quantile"),
    ("Rank.level", "a level of confidence"),
    ("ResponseView.invited", "is an n"),
    ("ResponseView.responded", "is an n"),
    ("Scale.max", "a scale"),
    ("Scale.min", "a scale"),
    (
        "SegmentView.centre",
        "a line that estimates with intervals are held against",
    ),
    ("SegmentView.sigma_z", "how much wider the limits are"),
    ("SegmentsView.difference_level", "a level of confidence"),
    (
        "SideValue.value",
        "a number from outside, shown as one without n",
    ),
    ("StandardRef.target", "agreed"),
    ("Test.p", "beside a difference with its interval"),
    ("Test.q", "beside a difference with its interval"),
    (
        "UnitAlignment.external_cut",
        "the line that a unit is held against",
    ),
    (
        "UnitAlignment.internal_cut",
        "the line that a unit is held against",
    ),
    ("VerdictView.level", "a level of confidence"),
    ("VerdictView.target", "agreed"),
    ("WeightCell.factor", "a weight"),
    (
        "Weighting",
        "weights, by which results with intervals were made",
    ),
];

/// Each object of the description: its schema's name and its properties.
fn objects(document: &Value) -> Vec<(&str, &serde_json::Map<String, Value>)> {
    fn walk<'a>(
        name: &'a str,
        schema: &'a Value,
        found: &mut Vec<(&'a str, &'a serde_json::Map<String, Value>)>,
    ) {
        if let Some(properties) = schema["properties"].as_object() {
            found.push((name, properties));
        }
        for word in ["oneOf", "anyOf", "allOf"] {
            for part in schema[word].as_array().into_iter().flatten() {
                walk(name, part, found);
            }
        }
    }
    let mut found = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        walk(name, schema, &mut found);
    }
    found
}

fn is_number(property: &Value) -> bool {
    let kinds = property["type"].as_array();
    property["type"] == "number" || kinds.is_some_and(|kinds| kinds.contains(&"number".into()))
}

#[tokio::test]
async fn every_number_of_the_api_has_its_n_and_its_interval() {
    let house = House::empty().await;
    let document = house.get("/api/v1/openapi.json").await.ok();
    let exempt: BTreeMap<&str, &str> = NO_RESULT.into_iter().collect();
    let mut used = BTreeSet::new();
    let (mut results, mut bare) = (0, Vec::new());
    for (name, properties) in objects(&document) {
        let has = |any: &[&str]| any.iter().any(|one| properties.contains_key(*one));
        let whole = has(&["n", "units", "pairs"])
            && (has(&["interval"]) || has(&["lower"]) && has(&["upper"]));
        for (property, schema) in properties.iter().filter(|(_, schema)| is_number(schema)) {
            let full = format!("{name}.{property}");
            let known = [full.as_str(), name]
                .into_iter()
                .find_map(|key| exempt.get_key_value(key));
            match known {
                _ if whole && !exempt.contains_key(full.as_str()) => results += 1,
                Some((key, _)) => {
                    used.insert(*key);
                }
                None => bare.push((full, schema["description"].clone())),
            }
        }
    }
    assert_eq!(bare, [], "numbers without n or interval");
    let unused: Vec<_> = exempt.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "on the list, but not there: {unused:?}");
    assert!(results > 20, "the walk found {results} numbers only");
}

/// From every answer down to every result there is a snapshot on the way.
#[tokio::test]
async fn every_result_of_the_api_has_its_snapshot() {
    let house = House::empty().await;
    let document = house.get("/api/v1/openapi.json").await.ok();
    let mut found = (0, Vec::new());
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in ["get", "post"] {
            let responses = methods[method]["responses"].as_object();
            for (status, response) in responses.into_iter().flatten() {
                if status.starts_with('2') {
                    let schema = &response["content"]["application/json"]["schema"];
                    descend(&document, schema, false, &mut vec![path], &mut found);
                }
            }
        }
    }
    assert_eq!(found.1, Vec::<String>::new(), "results without a snapshot");
    assert!(found.0 > 20, "the walk found {} results only", found.0);
}

/// Follows references, once each on a way; counts intervals, and notes those without a snapshot.
fn descend<'a>(
    document: &'a Value,
    schema: &'a Value,
    mut stamped: bool,
    way: &mut Vec<&'a str>,
    found: &mut (usize, Vec<String>),
) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        if name == "Interval" {
            found.0 += 1;
            if !stamped {
                found.1.push(way.join(" → "));
            }
        } else if !way.contains(&name) {
            way.push(name);
            let schema = &document["components"]["schemas"][name];
            descend(document, schema, stamped, way, found);
            way.pop();
        }
    }
    if let Some(properties) = schema["properties"].as_object() {
        stamped |= properties.contains_key("snapshot");
        for property in properties.values() {
            descend(document, property, stamped, way, found);
        }
    }
    descend_list(document, &schema["items"], stamped, way, found);
    for word in ["oneOf", "anyOf", "allOf"] {
        for part in schema[word].as_array().into_iter().flatten() {
            descend(document, part, stamped, way, found);
        }
    }
}

fn descend_list<'a>(
    document: &'a Value,
    items: &'a Value,
    stamped: bool,
    way: &mut Vec<&'a str>,
    found: &mut (usize, Vec<String>),
) {
    if !items.is_null() {
        descend(document, items, stamped, way, found);
    }
}
