//! What changes inside one object.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// The way to it: `requirement.items[clean].weight`.
    pub path: String,
    /// What it was; None if it is new.
    pub before: Option<Value>,
    /// What it would be; None if it goes.
    pub after: Option<Value>,
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = super::shown(self.before.as_ref());
        let after = super::shown(self.after.as_ref());
        write!(f, "{}: {before} → {after}", self.path)
    }
}

/// The names by which the elements of a list are known to people, best first.
const NAMES: [&str; 6] = ["id", "name", "value", "score", "party", "unit"];

/// The fields in which two values differ, in the order of the new one; what goes comes last.
pub fn changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(
    path: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<FieldChange>,
) {
    match (before, after) {
        (Some(a), Some(b)) if a == b => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let inner = |name: &str| match path {
                "" => name.to_owned(),
                path => format!("{path}.{name}"),
            };
            for name in union(a, b) {
                compare(&inner(name), a.get(name), b.get(name), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => lists(path, a, b, found),
        (before, after) => found.push(FieldChange {
            path: path.to_owned(),
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}

/// Elements that have names are compared by name; any other list is one value.
fn lists(path: &str, before: &[Value], after: &[Value], found: &mut Vec<FieldChange>) {
    let keyed = NAMES.into_iter().find_map(|name| {
        let a = by_name(before, name)?;
        Some((a, by_name(after, name)?))
    });
    let Some((a, b)) = keyed else {
        found.push(FieldChange {
            path: path.to_owned(),
            before: Some(Value::Array(before.to_vec())),
            after: Some(Value::Array(after.to_vec())),
        });
        return;
    };
    for name in union(&a, &b) {
        compare(&format!("{path}[{name}]"), a.get(name), b.get(name), found);
    }
    // The order counts too: it is what people see. `union` begins with the new order.
    let kept = |list: &Map<String, Value>, other: &Map<String, Value>| -> Vec<Value> {
        let names = list.keys().filter(|name| other.contains_key(*name));
        names.map(|name| Value::from(name.as_str())).collect()
    };
    let (order_before, order_after) = (kept(&a, &b), kept(&b, &a));
    if order_before != order_after {
        found.push(FieldChange {
            path: format!("{path} (order)"),
            before: Some(Value::Array(order_before)),
            after: Some(Value::Array(order_after)),
        });
    }
}

/// The elements of a list by their names; None unless each has one of its own.
fn by_name(list: &[Value], name: &str) -> Option<Map<String, Value>> {
    let mut named = Map::new();
    for element in list {
        let key = match element.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        if named.insert(key, element.clone()).is_some() {
            return None;
        }
    }
    Some(named)
}

/// The names of both, those of `b` first.
fn union<'m>(a: &'m Map<String, Value>, b: &'m Map<String, Value>) -> Vec<&'m str> {
    let gone = a.keys().filter(|name| !b.contains_key(*name));
    b.keys().chain(gone).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(before: &Value, after: &Value) -> Vec<String> {
        let found = changes(before, after);
        found.into_iter().map(|change| change.path).collect()
    }

    #[test]
    fn named_elements_are_compared_by_name() {
        let before = json!({"items": [{"id": "a", "weight": 1}, {"id": "b", "weight": 1}]});
        let after = json!({"items": [{"id": "b", "weight": 2}, {"id": "c", "weight": 1}]});
        assert_eq!(
            paths(&before, &after),
            ["items[b].weight", "items[c]", "items[a]"]
        );
    }

    #[test]
    fn a_new_order_is_a_change() {
        let before = json!([{"id": "a"}, {"id": "b"}]);
        let after = json!([{"id": "b"}, {"id": "a"}]);
        assert_eq!(paths(&before, &after), [" (order)"]);
        assert_eq!(paths(&before, &before), Vec::<String>::new());
    }

    #[test]
    fn plain_lists_are_one_value() {
        let before = json!({"steps": ["bun", "patty"]});
        let after = json!({"steps": ["bun", "sauce", "patty"]});
        assert_eq!(paths(&before, &after), ["steps"]);
    }
}
