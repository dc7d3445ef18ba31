//! The subset of `SurveyJS` JSON that an instrument may use.
//!
//! Purpose: read a definition into [`Item`]s and refuse what is outside the subset, naming the
//! element and the property. The subset stands as a table in `properties`.
//!
//! Invariant: what is read here can be rendered without a script and every answer to it can be
//! checked. Nested pages and panels do not nest items: an instrument's items are one flat list,
//! a matrix gives one item per row, named `NAME_ROW`.
//!
//! Absent on purpose: scripts, files, calculated values, several languages of choices' values.

mod elements;
mod expressions;
mod node;
mod properties;
mod scales;
mod source;

use std::collections::BTreeMap;

use serde_json::Value;

use super::Instrument;
use super::item::{Item, Scale};
use crate::ids::{InstrumentId, PartyId};
use crate::reading::Report;
use crate::text::Text;
use node::Node;
pub(crate) use source::Source;

/// A questionnaire while it is read.
struct Survey<'r> {
    source: &'r Source,
    report: &'r mut Report,
    /// `instrument.ID`.
    key: String,
    items: Vec<Item>,
    /// The key of the first question of each name.
    questions: BTreeMap<String, String>,
    /// Expressions, whose names can be judged when all questions are known.
    expressions: Vec<(Node, String)>,
}

impl Survey<'_> {
    /// Says that a value is wrong.
    fn wrong(&mut self, node: &Node, message: &str, found: &str, allowed: &str) {
        let place = self.source.place(&node.pointer);
        self.report.add(place, &node.key, message, found, allowed);
    }

    /// Remembers a place for the checks of the whole.
    fn remember(&mut self, key: &str, node: &Node) {
        let place = self.source.place(&node.pointer);
        self.report.places.record(key, place);
    }
}

/// Reads a definition. None when anything in it was wrong, which has been reported.
pub(crate) fn read(
    id: &InstrumentId,
    definition: Value,
    source: &Source,
    report: &mut Report,
) -> Option<Instrument> {
    let before = report.len();
    let mut survey = Survey {
        source,
        report,
        key: format!("instrument.{id}"),
        items: Vec::new(),
        questions: BTreeMap::new(),
        expressions: Vec::new(),
    };
    survey.report_doubles();
    let root = Node::root(&survey.key);
    let Some(fields) = definition.as_object() else {
        survey.wrong(&root, "an object is needed", "", "{ … }");
        return None;
    };
    survey.properties(&root, fields, "the survey", &[properties::SURVEY]);
    let party = survey.party(id, &root, fields.get("evenkeel"));
    survey.pages(&root, fields);
    survey.expressions();
    if survey.items.is_empty() && survey.report.len() == before {
        survey.wrong(
            &root,
            "the instrument asks nothing",
            "",
            "at least one question",
        );
    }
    let items = survey.items;
    let title = fields
        .get("title")
        .and_then(node::localised)
        .or_else(|| Text::plain(id.as_str()).ok());
    if report.len() > before {
        return None;
    }
    Some(Instrument {
        id: id.clone(),
        title: title?,
        party: party?,
        items,
        definition,
    })
}

impl Survey<'_> {
    /// The party in the object `evenkeel`.
    fn party(&mut self, id: &InstrumentId, root: &Node, value: Option<&Value>) -> Option<PartyId> {
        let allowed = r#""evenkeel": { "party": "ID" }"#;
        let node = root.child("evenkeel");
        let Some(value) = value else {
            self.wrong(
                root,
                "the object `evenkeel` is missing; it says who answers",
                "",
                allowed,
            );
            return None;
        };
        let Some(fields) = value.as_object() else {
            self.wrong(&node, "an object is needed", &node::shown(value), allowed);
            return None;
        };
        self.properties(&node, fields, "evenkeel", &[properties::EVENKEEL]);
        if let Some(Value::String(written)) = fields.get("id")
            && written != id.as_str()
        {
            let message = "the id is not the name of the file";
            self.wrong(
                &node.child("id"),
                message,
                &format!("{written:?}"),
                id.as_str(),
            );
        }
        let field = node.child("party");
        let key = format!("{}.party", self.key);
        self.remember(&key, &field);
        let Some(party) = fields.get("party") else {
            self.wrong(
                &field,
                "is missing; it says who answers",
                "",
                "the id of a party",
            );
            return None;
        };
        let party = PartyId::parse(party.as_str()?);
        if let Err(error) = &party {
            let found = format!("{:?}", error.found);
            self.wrong(&field, "not an id", &found, crate::ids::ID_ALLOWED);
        }
        party.ok()
    }

    /// Reports keys that a file gives twice; JSON readers silently keep the last.
    fn report_doubles(&mut self) {
        let source = self.source;
        for (pointer, place) in source.doubles() {
            let key = format!("{}{}", self.key, pointer.replace('/', "."));
            let message = "the property is written twice";
            self.report.add(place.clone(), &key, message, "", "once");
        }
    }
}
