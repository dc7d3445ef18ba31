//! The subset as a table: which element may have which property, and of which shape.

use serde_json::{Map, Value};

use super::Survey;
use super::node::{Node, localised, shown};
use crate::reading::{nearest, one_of};

/// What a property's value looks like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// A text in one or more languages.
    Localised,
    /// Any text.
    Plain,
    /// `true` or `false`.
    Boolean,
    /// A whole number, 0 or more.
    Whole,
    /// A number.
    Number,
    /// A number or a text, such as a date.
    Bound,
    /// One of these words.
    Words(&'static [&'static str]),
    /// An expression over other answers.
    Expression,
    /// Read by the element itself.
    Inner,
}

/// Properties with their shapes.
pub(super) type Properties = &'static [(&'static str, Shape)];

use Shape::{Boolean, Bound, Expression, Inner, Localised, Number, Plain, Whole, Words};

pub(super) const SURVEY: Properties = &[
    ("title", Localised),
    ("description", Localised),
    ("locale", Plain),
    ("pages", Inner),
    ("elements", Inner),
    ("completedHtml", Localised),
    ("completeText", Localised),
    ("pageNextText", Localised),
    ("pagePrevText", Localised),
    ("showProgressBar", Inner),
    ("showQuestionNumbers", Inner),
    ("evenkeel", Inner),
];

pub(super) const EVENKEEL: Properties = &[("party", Plain), ("id", Plain)];

pub(super) const PAGE: Properties = &[
    ("name", Plain),
    ("title", Localised),
    ("description", Localised),
    ("visibleIf", Expression),
    ("elements", Inner),
];

pub(super) const PANEL: Properties = &[
    ("type", Plain),
    ("name", Plain),
    ("title", Localised),
    ("description", Localised),
    ("visibleIf", Expression),
    ("elements", Inner),
];

/// What every question may have.
pub(super) const QUESTION: Properties = &[
    ("type", Plain),
    ("name", Plain),
    ("title", Localised),
    ("description", Localised),
    ("visibleIf", Expression),
    ("isRequired", Boolean),
    ("requiredIf", Expression),
    ("requiredErrorText", Localised),
    ("validators", Inner),
    ("measures", Plain),
];

const ORDERS: Shape = Words(&["none", "asc", "desc", "random"]);

const INPUTS: Shape = Words(&[
    "text",
    "number",
    "date",
    "datetime-local",
    "time",
    "month",
    "week",
    "email",
    "tel",
    "url",
]);

/// Each type of question with what it may have besides.
const TYPES: [(&str, Properties); 11] = [
    (
        "rating",
        &[
            ("rateMin", Inner),
            ("rateMax", Inner),
            ("rateStep", Inner),
            ("rateCount", Inner),
            ("rateValues", Inner),
            ("autoGenerate", Boolean),
            ("rateType", Words(&["labels", "stars", "smileys"])),
            ("displayMode", Words(&["auto", "buttons", "dropdown"])),
            ("minRateDescription", Localised),
            ("maxRateDescription", Localised),
        ],
    ),
    (
        "radiogroup",
        &[("choices", Inner), ("choicesOrder", ORDERS)],
    ),
    (
        "dropdown",
        &[
            ("choices", Inner),
            ("choicesOrder", ORDERS),
            ("placeholder", Localised),
        ],
    ),
    (
        "checkbox",
        &[
            ("choices", Inner),
            ("choicesOrder", ORDERS),
            ("minSelectedChoices", Whole),
            ("maxSelectedChoices", Whole),
        ],
    ),
    (
        "boolean",
        &[("labelTrue", Localised), ("labelFalse", Localised)],
    ),
    (
        "text",
        &[
            ("inputType", INPUTS),
            ("min", Bound),
            ("max", Bound),
            ("step", Number),
            ("maxLength", Whole),
            ("placeholder", Localised),
        ],
    ),
    (
        "comment",
        &[
            ("rows", Whole),
            ("maxLength", Whole),
            ("autoGrow", Boolean),
            ("placeholder", Localised),
        ],
    ),
    (
        "matrix",
        &[
            ("columns", Inner),
            ("rows", Inner),
            ("isAllRowRequired", Boolean),
            ("eachRowRequired", Boolean),
        ],
    ),
    ("ranking", &[("choices", Inner), ("choicesOrder", ORDERS)]),
    (
        "imagepicker",
        &[
            ("choices", Inner),
            ("choicesOrder", ORDERS),
            ("multiSelect", Boolean),
            ("showLabel", Boolean),
            ("imageFit", Words(&["none", "contain", "cover", "fill"])),
        ],
    ),
    ("html", &[("html", Localised)]),
];

/// What an `html` element may have of [`QUESTION`]: it has no answer.
pub(super) const HTML: Properties = &[("type", Plain), ("name", Plain), ("visibleIf", Expression)];

/// The types of elements, for messages.
pub(super) fn types() -> String {
    one_of(TYPES.iter().map(|(name, _)| *name).chain(["panel"]))
}

/// What a question of this type may have besides [`QUESTION`].
pub(super) fn of_type(name: &str) -> Option<Properties> {
    let found = TYPES.iter().find(|(known, _)| *known == name);
    found.map(|(_, properties)| *properties)
}

/// The type that was probably meant.
pub(super) fn nearest_type(name: &str) -> Option<&'static str> {
    nearest(name, TYPES.iter().map(|(known, _)| *known).chain(["panel"]))
}

impl Survey<'_> {
    /// Checks every property of an object against the tables that allow it.
    pub(super) fn properties(
        &mut self,
        node: &Node,
        fields: &Map<String, Value>,
        element: &str,
        tables: &[Properties],
    ) {
        let known = || tables.iter().flat_map(|table| table.iter());
        for (name, value) in fields {
            let child = node.child(name);
            if let Some((_, shape)) = known().find(|(property, _)| property == name) {
                self.shape(&child, value, *shape);
                continue;
            }
            let names = || known().map(|(property, _)| *property);
            let hint = nearest(name, names())
                .map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
            let message = format!("{element}: property `{name}` is outside the subset{hint}");
            self.wrong(&child, &message, &shown(value), &one_of(names()));
        }
    }

    fn shape(&mut self, node: &Node, value: &Value, shape: Shape) {
        let allowed = match shape {
            Localised if localised(value).is_some() => return,
            Localised => r#""text" or { "en": "text", "nl": "tekst" }, not empty"#.to_owned(),
            Plain if value.as_str().is_some_and(|t| !t.is_empty()) => return,
            Plain => "a text".to_owned(),
            Boolean if value.is_boolean() => return,
            Boolean => "true, false".to_owned(),
            Whole if value.is_u64() => return,
            Whole => "a whole number, 0 or more".to_owned(),
            Number if value.is_number() => return,
            Number => "a number".to_owned(),
            Bound if value.is_number() || value.is_string() => return,
            Bound => "a number or a text such as \"2026-01-01\"".to_owned(),
            Words(words) if value.as_str().is_some_and(|t| words.contains(&t)) => return,
            Words(words) => one_of(words.iter().copied()),
            Expression => {
                if let Some(expression) = value.as_str() {
                    let expression = expression.to_owned();
                    self.expressions.push((node.clone(), expression));
                    return;
                }
                "an expression such as \"{nps} <= 6\"".to_owned()
            }
            Inner => return,
        };
        self.wrong(node, "the value does not fit", &shown(value), &allowed);
    }
}
