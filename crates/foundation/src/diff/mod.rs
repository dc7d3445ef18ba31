//! Plans: what would change between two foundations.
//!
//! Invariant: a plan is empty exactly when nothing would change. Every change names the object,
//! its owner and, field by field, what it was and what it would be. Units that an import met are
//! never retired by a plan: the files do not know them.
//!
//! Absent on purpose: applying it, which is the registry's, in one transaction.

mod fields;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

pub use fields::{FieldChange, changes as field_changes};

use crate::foundation::Foundation;
use crate::ids::TeamId;
use crate::object::{Object, ObjectKind};
use crate::problem::Problem;
use crate::unit::Origin;

/// What happens to an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// It is new.
    Added,
    /// It gets a new version.
    Changed {
        /// What changes in it, in the order of its fields.
        fields: Vec<FieldChange>,
    },
    /// It is not offered any more; its versions and facts stay.
    Retired,
}

/// What happens to one object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What it is.
    pub kind: ObjectKind,
    /// Its id.
    pub id: String,
    /// Whom to ask: the team that owns it now, for a new object the team that would own it.
    pub owner: Option<TeamId>,
    /// What happens to it.
    #[serde(flatten)]
    pub action: Action,
}

/// What would change.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Plan {
    /// The changes, in order of kind and id.
    pub changes: Vec<Change>,
    /// Why it cannot be applied: changes that would break what is already stored. A plan with
    /// problems is shown and refused.
    pub problems: Vec<Problem>,
}

impl Plan {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares what is agreed now with what would be.
pub fn plan(current: &Foundation, next: &Foundation) -> Plan {
    let before = by_key(current.objects());
    let mut after = by_key(next.objects());
    let mut changes = Vec::new();
    for (key, old) in before {
        match after.remove(&key) {
            Some(new) => {
                let fields = fields::changes(&old.content, &new.content);
                if !fields.is_empty() {
                    changes.push(change(old, Action::Changed { fields }));
                }
            }
            None if is_imported_unit(current, &old) => {}
            None => changes.push(change(old, Action::Retired)),
        }
    }
    changes.extend(after.into_values().map(|new| change(new, Action::Added)));
    changes.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    Plan {
        changes,
        problems: changed_scales(current, next),
    }
}

fn by_key(objects: Vec<Object>) -> BTreeMap<(ObjectKind, String), Object> {
    objects
        .into_iter()
        .map(|object| ((object.kind, object.id.clone()), object))
        .collect()
}

fn change(object: Object, action: Action) -> Change {
    Change {
        kind: object.kind,
        id: object.id,
        owner: object.owner,
        action,
    }
}

fn is_imported_unit(current: &Foundation, object: &Object) -> bool {
    object.kind == ObjectKind::Unit
        && current
            .units
            .get(object.id.as_str())
            .is_some_and(|unit| unit.origin == Origin::Import)
}

/// Items whose scale would change. Stored answers are bound to the scale on which they were given.
fn changed_scales(current: &Foundation, next: &Foundation) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, old) in &current.instruments {
        let Some(new) = next.instruments.get(id) else {
            continue;
        };
        for item in &old.items {
            let Some(now) = new.item(item.id.as_str()) else {
                continue;
            };
            if now.scale.can_follow(&item.scale) {
                continue;
            }
            problems.push(Problem {
                file: format!("instruments/{id}.json"),
                line: None,
                column: None,
                key: format!("instrument.{id}.{}", item.id),
                message: "an item keeps its scale for ever; a changed scale is a new item"
                    .to_owned(),
                found: now.scale.to_string(),
                allowed: format!("{}, or a new item", item.scale),
            });
        }
    }
    problems
}

impl fmt::Display for Plan {
    /// A plan for people: a line an object, a line a field.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "Nothing would change.");
        }
        for change in &self.changes {
            let (sign, word) = match change.action {
                Action::Added => ('+', "add"),
                Action::Changed { .. } => ('~', "change"),
                Action::Retired => ('-', "retire"),
            };
            write!(f, "{sign} {word} {} {}", change.kind, change.id)?;
            match &change.owner {
                Some(owner) => writeln!(f, " (owner: {owner})")?,
                None => writeln!(f)?,
            }
            if let Action::Changed { fields } = &change.action {
                for field in fields {
                    writeln!(f, "    {field}")?;
                }
            }
        }
        for problem in &self.problems {
            writeln!(f, "! {problem}")?;
        }
        Ok(())
    }
}

/// A value for a plan: as JSON, on one line.
fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
