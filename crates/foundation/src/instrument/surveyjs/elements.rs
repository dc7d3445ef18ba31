//! Pages, panels and questions.

use serde_json::{Map, Value};

use super::node::{Node, localised, shown};
use super::properties::{self, HTML, PAGE, PANEL, QUESTION};
use super::{Item, Scale, Survey};
use crate::ids::{ID_ALLOWED, ItemId, MirrorId};
use crate::text::Text;

/// How deep panels may lie in panels.
const DEPTH_MAX: usize = 8;

const MEASURES: &str = "nps, enps, csat, ces, happiness, mirror:ID";

const VALIDATORS: [(&str, properties::Properties); 6] = {
    use properties::Shape::{Boolean, Expression, Localised, Number, Plain, Whole};
    [
        (
            "numeric",
            &[
                ("type", Plain),
                ("text", Localised),
                ("minValue", Number),
                ("maxValue", Number),
            ],
        ),
        (
            "text",
            &[
                ("type", Plain),
                ("text", Localised),
                ("minLength", Whole),
                ("maxLength", Whole),
                ("allowDigits", Boolean),
            ],
        ),
        (
            "answercount",
            &[
                ("type", Plain),
                ("text", Localised),
                ("minCount", Whole),
                ("maxCount", Whole),
            ],
        ),
        (
            "regex",
            &[("type", Plain), ("text", Localised), ("regex", Plain)],
        ),
        ("email", &[("type", Plain), ("text", Localised)]),
        (
            "expression",
            &[
                ("type", Plain),
                ("text", Localised),
                ("expression", Expression),
            ],
        ),
    ]
};

impl Survey<'_> {
    /// Reads `pages`, or `elements` of a survey of one page.
    pub(super) fn pages(&mut self, root: &Node, fields: &Map<String, Value>) {
        match (fields.get("pages"), fields.get("elements")) {
            (Some(_), Some(_)) => {
                let message = "a survey has pages or elements, not both";
                self.wrong(&root.child("elements"), message, "", "");
            }
            (None, None) => {
                self.wrong(root, "the survey has no pages", "", "pages or elements");
            }
            (None, Some(elements)) => self.elements(&root.child("elements"), elements, 0),
            (Some(pages), None) => {
                let node = root.child("pages");
                let Some(pages) = self.list(&node, pages) else {
                    return;
                };
                for (index, page) in pages.iter().enumerate() {
                    let node = node.element(index);
                    if let Some(fields) = self.object(&node, page) {
                        self.properties(&node, fields, "a page", &[PAGE]);
                        if let Some(elements) = fields.get("elements") {
                            self.elements(&node.child("elements"), elements, 0);
                        }
                    }
                }
            }
        }
    }

    fn elements(&mut self, node: &Node, elements: &Value, depth: usize) {
        let Some(elements) = self.list(node, elements) else {
            return;
        };
        for (index, element) in elements.iter().enumerate() {
            let node = node.element(index);
            let Some(fields) = self.object(&node, element) else {
                continue;
            };
            match fields.get("type").and_then(Value::as_str) {
                Some("panel") if depth < DEPTH_MAX => {
                    self.properties(&node, fields, "a panel", &[PANEL]);
                    if let Some(elements) = fields.get("elements") {
                        self.elements(&node.child("elements"), elements, depth + 1);
                    }
                }
                Some("panel") => {
                    let message = format!("panels lie more than {DEPTH_MAX} deep");
                    self.wrong(&node, &message, "", "");
                }
                Some(kind) => self.element(&node, fields, kind),
                None => {
                    let node = node.child("type");
                    self.wrong(&node, "is missing", "", &properties::types());
                }
            }
        }
    }

    /// Reads one question, or an `html` element.
    fn element(&mut self, node: &Node, fields: &Map<String, Value>, kind: &str) {
        let name = fields.get("name").and_then(Value::as_str);
        let node = match name {
            Some(name) => node.clone().keyed(format!("{}.{name}", self.key)),
            None => node.clone(),
        };
        let called = format!("element `{}` ({kind})", name.unwrap_or("without name"));
        let Some(own) = properties::of_type(kind) else {
            let near = properties::nearest_type(kind);
            let hint = near.map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            let message = format!("{called}: type `{kind}` is outside the subset{hint}");
            let found = format!("{kind:?}");
            self.wrong(&node.child("type"), &message, &found, &properties::types());
            return;
        };
        if kind == "html" {
            self.properties(&node, fields, &called, &[HTML, own]);
            return;
        }
        self.properties(&node, fields, &called, &[QUESTION, own]);
        self.validators(&node, fields, &called);
        let Some(name) = name else {
            self.wrong(
                &node.child("name"),
                "is missing; it is the item's id",
                "",
                ID_ALLOWED,
            );
            return;
        };
        if let Some(first) = self.questions.get(name) {
            let first = self.report.places.find(first).and_then(|place| place.line);
            let line = first.map_or(String::new(), |line| format!(", first in line {line}"));
            let message = format!("two questions are called `{name}`{line}");
            self.wrong(&node, &message, "", "one question of each name");
            return;
        }
        self.questions.insert(name.to_owned(), node.key.clone());
        let key = node.key.clone();
        self.remember(&key, &node);
        let title = fields.get("title").and_then(localised);
        if kind == "matrix" {
            self.matrix(&node, fields, name, title.as_ref());
            return;
        }
        let measures = fields.get("measures").and_then(Value::as_str);
        let scale = self.scale(&node, fields, kind);
        self.item(&node, name, title, scale, measures);
    }

    /// Adds an item.
    pub(super) fn item(
        &mut self,
        node: &Node,
        id: &str,
        title: Option<Text>,
        scale: Option<Scale>,
        measures: Option<&str>,
    ) {
        let Ok(item) = ItemId::parse(id) else {
            let message = "the name is the item's id, but it is not one";
            self.wrong(&node.child("name"), message, &format!("{id:?}"), ID_ALLOWED);
            return;
        };
        if self.items.iter().any(|known| known.id == item) {
            let message = format!("two items would have the id `{id}`");
            self.wrong(node, &message, "", "one item of each id");
            return;
        }
        let Some(scale) = scale else {
            return;
        };
        if let Some(measures) = measures {
            self.measures(node, measures, &scale);
        }
        let key = format!("{}.{id}", self.key);
        self.remember(&key, node);
        // SurveyJS too shows the name of a question that has no title.
        let title = title.or_else(|| Text::plain(id).ok());
        if let Some(title) = title {
            self.items.push(Item {
                id: item,
                title,
                scale,
                measures: measures.map(str::to_owned),
            });
        }
    }

    /// Checks that what an item measures goes with its scale.
    fn measures(&mut self, node: &Node, measures: &str, scale: &Scale) {
        let node = node.child("measures");
        let found = format!("{measures:?}");
        let fits = match measures {
            "nps" | "enps" => *scale == Scale::Rating { min: 0, max: 10 },
            "csat" | "ces" | "happiness" => matches!(scale, Scale::Rating { .. }),
            other => {
                let mirror = other.strip_prefix("mirror:");
                if mirror.is_none_or(|id| MirrorId::parse(id).is_err()) {
                    self.wrong(&node, "unknown measure", &found, MEASURES);
                }
                true
            }
        };
        if !fits {
            let needed = match measures {
                "nps" | "enps" => "a rating from 0 to 10",
                _ => "a rating",
            };
            let message = format!("`{measures}` needs {needed}, but the item is {scale}");
            self.wrong(&node, &message, &found, needed);
        }
    }

    fn validators(&mut self, node: &Node, fields: &Map<String, Value>, called: &str) {
        let Some(validators) = fields.get("validators") else {
            return;
        };
        let node = node.child("validators");
        let Some(validators) = self.list(&node, validators) else {
            return;
        };
        for (index, validator) in validators.iter().enumerate() {
            let node = node.element(index);
            let Some(fields) = self.object(&node, validator) else {
                continue;
            };
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or("");
            if let Some((name, own)) = VALIDATORS.iter().find(|(name, _)| *name == kind) {
                let called = format!("{called}, validator `{name}`");
                self.properties(&node, fields, &called, &[*own]);
            } else {
                let message = format!("{called}: validator `{kind}` is outside the subset");
                let allowed = VALIDATORS.map(|(name, _)| name).join(", ");
                self.wrong(&node, &message, &format!("{kind:?}"), &allowed);
            }
        }
    }

    /// The elements of a list; that it is none is reported.
    pub(super) fn list<'v>(&mut self, node: &Node, value: &'v Value) -> Option<&'v Vec<Value>> {
        if !value.is_array() {
            self.wrong(node, "a list is needed", &shown(value), "[ … ]");
        }
        value.as_array()
    }

    /// The properties of an object; that it is none is reported.
    pub(super) fn object<'v>(
        &mut self,
        node: &Node,
        value: &'v Value,
    ) -> Option<&'v Map<String, Value>> {
        if !value.is_object() {
            self.wrong(node, "an object is needed", &shown(value), "{ … }");
        }
        value.as_object()
    }
}
