//! From a question's properties to its scale.

use serde_json::{Map, Value};

use super::node::{Node, localised, shown};
use super::properties::{Properties, Shape};
use super::{Scale, Survey};
use crate::text::Text;

/// The lowest and the highest answer that a rating may have.
const RATING: std::ops::RangeInclusive<i64> = -1_000..=1_000;

const CHOICE: Properties = &[("value", Shape::Inner), ("text", Shape::Localised)];

const IMAGE: Properties = &[("imageLink", Shape::Plain)];

const ROW: Properties = &[("measures", Shape::Plain)];

/// A choice, column or row of a list.
struct Choice<'v> {
    value: String,
    /// The value as a whole number, if it is one.
    number: Option<i64>,
    title: Option<Text>,
    measures: Option<&'v str>,
    node: Node,
}

impl Survey<'_> {
    /// The scale of a question that is no matrix.
    pub(super) fn scale(
        &mut self,
        node: &Node,
        fields: &Map<String, Value>,
        kind: &str,
    ) -> Option<Scale> {
        match kind {
            "rating" => self.rating(node, fields),
            "boolean" => Some(Scale::Boolean),
            "comment" => Some(Scale::Comment),
            "text" => self.text(node, fields),
            "checkbox" => self
                .values(node, fields, &[CHOICE])
                .map(|values| Scale::Choices { values }),
            "ranking" => self
                .values(node, fields, &[CHOICE])
                .map(|values| Scale::Ranking { values }),
            "imagepicker" => {
                let values = self.values(node, fields, &[CHOICE, IMAGE])?;
                let several = fields.get("multiSelect").and_then(Value::as_bool);
                Some(if several == Some(true) {
                    Scale::Choices { values }
                } else {
                    Scale::Choice { values }
                })
            }
            // What is left of the subset: radiogroup and dropdown.
            _ => self
                .values(node, fields, &[CHOICE])
                .map(|values| Scale::Choice { values }),
        }
    }

    /// `rateValues`, or `rateMin` to `rateMax`, or `rateCount` answers from `rateMin`.
    fn rating(&mut self, node: &Node, fields: &Map<String, Value>) -> Option<Scale> {
        if let Some(values) = fields.get("rateValues") {
            let node = node.child("rateValues");
            let choices = self.choices(&node, values, &[CHOICE])?;
            let scale = rating_of(&choices);
            if scale.is_none() {
                let allowed = "consecutive whole numbers";
                self.wrong(
                    &node,
                    "the values form no rating",
                    &listed(&choices),
                    allowed,
                );
            }
            return scale;
        }
        let step = self.whole(node, fields, "rateStep", 1)?;
        if step != 1 {
            let node = node.child("rateStep");
            self.wrong(&node, "the step of a rating is 1", &step.to_string(), "1");
        }
        let min = self.whole(node, fields, "rateMin", 1)?;
        let max = match fields.get("rateCount") {
            Some(_) if !fields.contains_key("rateMax") => {
                min + self.whole(node, fields, "rateCount", 5)? - 1
            }
            _ => self.whole(node, fields, "rateMax", 5)?,
        };
        if min >= max || !RATING.contains(&min) || !RATING.contains(&max) {
            let message = "the lowest answer has to be below the highest";
            let found = format!("{min} to {max}");
            self.wrong(node, message, &found, "-1000 to 1000");
            return None;
        }
        Some(Scale::Rating {
            min: min as i32,
            max: max as i32,
        })
    }

    fn whole(
        &mut self,
        node: &Node,
        fields: &Map<String, Value>,
        name: &str,
        default: i64,
    ) -> Option<i64> {
        let Some(value) = fields.get(name) else {
            return Some(default);
        };
        let number = value.as_i64().filter(|n| RATING.contains(n));
        if number.is_none() {
            let message = "a whole number is needed";
            self.wrong(&node.child(name), message, &shown(value), "-1000 to 1000");
        }
        number
    }

    fn text(&mut self, node: &Node, fields: &Map<String, Value>) -> Option<Scale> {
        if fields.get("inputType").and_then(Value::as_str) != Some("number") {
            return Some(Scale::Text);
        }
        let mut bound = |name: &str| {
            let Some(value) = fields.get(name) else {
                return Some(None);
            };
            if value.as_f64().is_none() {
                let message = "the bound of a number is a number";
                self.wrong(&node.child(name), message, &shown(value), "a number");
            }
            value.as_f64().map(Some)
        };
        let (min, max) = (bound("min"), bound("max"));
        let (min, max) = (min?, max?);
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            let message = "`min` is above `max`";
            self.wrong(&node.child("min"), message, "", "");
            return None;
        }
        Some(Scale::Number { min, max })
    }

    /// One item per row, all on the scale of the columns.
    pub(super) fn matrix(
        &mut self,
        node: &Node,
        fields: &Map<String, Value>,
        name: &str,
        title: Option<&Text>,
    ) {
        if fields.contains_key("measures") {
            let message = "the rows of a matrix measure, not the matrix";
            self.wrong(&node.child("measures"), message, "", "on the rows");
        }
        let missing = Value::Null;
        let columns = fields.get("columns").unwrap_or(&missing);
        let columns = self.choices(&node.child("columns"), columns, &[CHOICE]);
        let rows = fields.get("rows").unwrap_or(&missing);
        let rows = self.choices(&node.child("rows"), rows, &[CHOICE, ROW]);
        let (Some(columns), Some(rows)) = (columns, rows) else {
            return;
        };
        let scale = rating_of(&columns).unwrap_or_else(|| Scale::Choice {
            values: columns.into_iter().map(|column| column.value).collect(),
        });
        for row in rows {
            let id = format!("{name}_{}", row.value);
            let title = row.title.or_else(|| title.cloned());
            self.item(&row.node, &id, title, Some(scale.clone()), row.measures);
        }
    }

    fn values(
        &mut self,
        node: &Node,
        fields: &Map<String, Value>,
        tables: &[Properties],
    ) -> Option<Vec<String>> {
        let missing = Value::Null;
        let choices = fields.get("choices").unwrap_or(&missing);
        let choices = self.choices(&node.child("choices"), choices, tables)?;
        Some(choices.into_iter().map(|choice| choice.value).collect())
    }

    /// A list of `"value"`, numbers or `{ "value": …, "text": … }`, without doubles.
    fn choices<'v>(
        &mut self,
        node: &Node,
        value: &'v Value,
        tables: &[Properties],
    ) -> Option<Vec<Choice<'v>>> {
        let allowed = r#"a list of values or { "value": …, "text": … }"#;
        let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
            let found = match value {
                Value::Null => String::new(),
                Value::Array(_) => "an empty list".to_owned(),
                other => shown(other),
            };
            self.wrong(node, "choices are needed", &found, allowed);
            return None;
        };
        let mut choices: Vec<Choice<'v>> = Vec::new();
        let mut good = true;
        for (index, element) in list.iter().enumerate() {
            let Some(choice) = self.choice(node.element(index), element, tables) else {
                good = false;
                continue;
            };
            if choices.iter().any(|known| known.value == choice.value) {
                let message = format!("the value `{}` comes twice", choice.value);
                self.wrong(&choice.node, &message, "", "each value once");
                good = false;
            }
            choices.push(choice);
        }
        good.then_some(choices)
    }

    fn choice<'v>(
        &mut self,
        node: Node,
        element: &'v Value,
        tables: &[Properties],
    ) -> Option<Choice<'v>> {
        let (value, title, measures) = match element {
            Value::Object(fields) => {
                self.properties(&node, fields, "a choice", tables);
                let title = fields.get("text").and_then(localised);
                let measures = fields.get("measures").and_then(Value::as_str);
                (fields.get("value").unwrap_or(&Value::Null), title, measures)
            }
            simple => (simple, None, None),
        };
        let text = match value {
            Value::String(text) if !text.trim().is_empty() => text.clone(),
            Value::Number(number) => number.to_string(),
            other => {
                let message = "a choice needs a value";
                let found = shown(other);
                self.wrong(&node, message, &found, "a text or a number");
                return None;
            }
        };
        Some(Choice {
            title: title.or_else(|| Text::plain(&text).ok()),
            value: text,
            number: value.as_i64(),
            measures,
            node,
        })
    }
}

/// Consecutive whole numbers, rising or falling, are a rating.
fn rating_of(choices: &[Choice<'_>]) -> Option<Scale> {
    let mut numbers: Vec<i64> = choices.iter().map(|c| c.number).collect::<Option<_>>()?;
    if numbers.first() > numbers.last() {
        numbers.reverse();
    }
    let (min, max) = (*numbers.first()?, *numbers.last()?);
    let is_rating = numbers.len() > 1
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && RATING.contains(&min)
        && RATING.contains(&max);
    is_rating.then_some(Scale::Rating {
        min: min as i32,
        max: max as i32,
    })
}

fn listed(choices: &[Choice<'_>]) -> String {
    let values: Vec<&str> = choices.iter().map(|c| c.value.as_str()).collect();
    values.join(", ")
}
