//! A mapping against a foundation: does everything it names exist, and fit?
//!
//! Invariant: when this finds nothing, every id in the mapping is in the foundation and every
//! value in a map may be stored, so that what is left to go wrong is in the file.

use evenkeel_foundation::{
    Foundation, Instrument, InstrumentId, Item, Requirement, Scale, Standard, StandardId,
};

use super::{
    AggregateRule, Form, IdFrom, ItemColumns, ItemName, Located, Mapping, ObservationRule, Pick,
    StandardRule, Subject, Transform, UnknownUnit,
};
use crate::suggest::{did_you_mean, listed};
use evenkeel_foundation::Problem;

impl Mapping {
    /// Compares the mapping with a foundation; all problems are returned.
    pub fn check(&self, foundation: &Foundation) -> Vec<Problem> {
        let mut check = Check {
            mapping: self,
            foundation,
            problems: Vec::new(),
        };
        check.unit();
        check.shared();
        check.items();
        for rule in &self.aggregates {
            check.aggregate(rule);
        }
        if let Some(rule) = &self.observation {
            check.observation(rule);
        }
        check.problems.sort_by_key(|p| p.line);
        check.problems
    }
}

struct Check<'a> {
    mapping: &'a Mapping,
    foundation: &'a Foundation,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn say<T>(
        &mut self,
        at: &Located<T>,
        message: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        let problem = self
            .mapping
            .problem_at(&at.key, at.line, message, found, allowed);
        self.problems.push(problem);
    }

    /// Says that something does not exist, unless it does.
    fn exists<'w>(
        &mut self,
        what: &str,
        at: &Located<()>,
        id: &str,
        known: impl Iterator<Item = &'w str> + Clone,
    ) -> bool {
        if known.clone().any(|known| known == id) {
            return true;
        }
        let hint = did_you_mean(id, known.clone());
        let mut allowed = listed(known, 20);
        if allowed.is_empty() {
            "none: the foundation has none yet".clone_into(&mut allowed);
        }
        self.say(
            at,
            format!("the foundation has no such {what}{hint}"),
            id,
            allowed,
        );
        false
    }

    fn instrument(&mut self, id: &Located<InstrumentId>) -> Option<&'a Instrument> {
        let known = self.foundation.instruments.keys().map(InstrumentId::as_str);
        self.exists("instrument", &id.with(()), id.value.as_str(), known);
        self.foundation.instrument(&id.value)
    }

    fn unit(&mut self) {
        let rule = &self.mapping.unit;
        if let Pick::Constant(unit) = &rule.pick
            && !matches!(rule.unknown, UnknownUnit::Create(_))
        {
            let known = self
                .foundation
                .units
                .keys()
                .map(evenkeel_foundation::UnitId::as_str);
            let id = match rule.transform {
                Transform::Slug => evenkeel_foundation::slugify(&unit.value),
                Transform::None => unit.value.clone(),
            };
            self.exists("unit", &unit.with(()), &id, known);
        }
        let UnknownUnit::Create(creation) = &rule.unknown else {
            return;
        };
        let levels = &self.foundation.organisation.levels;
        let known = levels.iter().map(|level| level.id.as_str());
        if let Some(level) = &creation.level {
            self.exists(
                "level",
                &level.with(()),
                level.value.as_str(),
                known.clone(),
            );
        }
        let Some(parent) = &creation.parent else {
            return;
        };
        if let Some(level) = &parent.level {
            self.exists("level", &level.with(()), level.value.as_str(), known);
        }
        if let Some(grandparent) = &parent.parent {
            let known = self
                .foundation
                .units
                .keys()
                .map(evenkeel_foundation::UnitId::as_str);
            self.exists("unit", &grandparent.with(()), &grandparent.value, known);
        }
        if let IdFrom::Pick(Pick::Constant(constant)) = &parent.id {
            let known = self
                .foundation
                .units
                .keys()
                .map(evenkeel_foundation::UnitId::as_str);
            self.exists("unit", &constant.with(()), &constant.value, known);
        }
    }

    /// What the kinds have in common.
    fn shared(&mut self) {
        let parties = || {
            self.foundation
                .parties
                .keys()
                .map(evenkeel_foundation::PartyId::as_str)
        };
        if let Some(pick) = &self.mapping.party {
            for (id, at) in said_values(pick) {
                self.exists("party", &at, &id, parties());
            }
        }
        for rule in &self.mapping.attributes {
            let known = self
                .foundation
                .attributes
                .keys()
                .map(evenkeel_foundation::AttributeId::as_str);
            self.exists(
                "attribute",
                &rule.id.with(()),
                rule.id.value.as_str(),
                known,
            );
            if let Some(attribute) = self.foundation.attribute(&rule.id.value) {
                let known = attribute.values.iter().map(|value| value.id.as_str());
                for (value, at) in said_values(&rule.pick) {
                    self.exists("value of this attribute", &at, &value, known.clone());
                }
            }
        }
        if let Some(Pick::Constant(weight)) = &self.mapping.weight
            && !weight
                .value
                .parse::<f64>()
                .is_ok_and(|w| w > 0.0 && w.is_finite())
        {
            self.say(
                weight,
                "this is no weight",
                &weight.value,
                "a number above 0",
            );
        }
    }

    fn items(&mut self) {
        let Some(id) = &self.mapping.instrument else {
            return;
        };
        let Some(instrument) = self.instrument(id) else {
            return;
        };
        // People's own answers are protected whatever the foundation says of their party.
        if !self.mapping.items.is_empty()
            && self
                .foundation
                .party(&instrument.party)
                .is_some_and(|party| party.published)
        {
            self.say(
                id,
                format!(
                    "`{}` is a published party, without protection of small groups",
                    instrument.party
                ),
                "responses of people",
                "aggregates only",
            );
        }
        for rule in &self.mapping.items {
            let Some(item) = self.item(instrument, &rule.id.with(rule.id.value.as_str())) else {
                continue;
            };
            let several = matches!(item.scale, Scale::Choices { .. } | Scale::Ranking { .. });
            match &rule.columns {
                ItemColumns::One { split: Some(_), .. } if !several => {
                    self.say(
                        &rule.id,
                        "an answer on this scale is one value",
                        "split",
                        item.scale.to_string(),
                    );
                }
                ItemColumns::PerValue(_) if !several => {
                    self.say(
                        &rule.id,
                        "an answer on this scale has one column",
                        "columns",
                        item.scale.to_string(),
                    );
                }
                ItemColumns::PerValue(columns) => {
                    for (value, column) in columns {
                        self.answer(item, value, &at(column));
                    }
                }
                ItemColumns::One { .. } => {}
            }
            for value in rule.map.values() {
                self.answer(item, value, &rule.id.with(()));
            }
            let scaled = rule.scale_factor != 1.0 || rule.offset != 0.0;
            if scaled && !matches!(item.scale, Scale::Rating { .. } | Scale::Number { .. }) {
                self.say(
                    &rule.id,
                    "only numbers can be scaled",
                    "scale_factor or offset",
                    item.scale.to_string(),
                );
            }
        }
    }

    fn item(&mut self, instrument: &'a Instrument, id: &Located<&str>) -> Option<&'a Item> {
        let known = instrument.items.iter().map(|item| item.id.as_str());
        self.exists(
            &format!("item in {}", instrument.id),
            &id.with(()),
            id.value,
            known,
        );
        instrument.item(id.value)
    }

    /// Whether `value` may be stored for `item`.
    fn answer(&mut self, item: &Item, value: &str, at: &Located<()>) {
        let fits = match &item.scale {
            Scale::Rating { min, max } => value
                .parse::<i32>()
                .is_ok_and(|v| (*min..=*max).contains(&v)),
            Scale::Choice { values } | Scale::Choices { values } | Scale::Ranking { values } => {
                values.iter().any(|known| known == value)
            }
            Scale::Boolean => matches!(value, "true" | "false"),
            Scale::Number { min, max } => value
                .parse::<f64>()
                .is_ok_and(|v| min.is_none_or(|min| v >= min) && max.is_none_or(|max| v <= max)),
            Scale::Text | Scale::Comment => true,
        };
        if !fits {
            let message = format!("this is no answer to {}", item.id);
            self.say(at, message, value, item.scale.to_string());
        }
    }

    fn aggregate(&mut self, rule: &AggregateRule) {
        if let Some(party) = &rule.party {
            let known = self
                .foundation
                .parties
                .keys()
                .map(evenkeel_foundation::PartyId::as_str);
            self.exists("party", &party.with(()), party.value.as_str(), known);
        }
        let subject = rule.subject.with(());
        match &rule.subject.value {
            Subject::Item(name) => self.aggregated_item(rule, &rule.subject.with(name)),
            Subject::Sheet => {
                for (_, name) in &self.mapping.sheet_items {
                    self.aggregated_item(rule, &name.with(&name.value));
                }
            }
            Subject::Standard(id) => {
                self.standard(&rule.subject.with(id));
            }
            Subject::Figure(id) => {
                let figures = self
                    .foundation
                    .indicators
                    .values()
                    .filter_map(|i| match &i.kind {
                        evenkeel_foundation::IndicatorKind::Rate { figure } => {
                            Some(figure.as_str())
                        }
                        _ => None,
                    });
                self.exists(
                    "figure (an indicator of kind rate names it)",
                    &subject,
                    id,
                    figures,
                );
            }
            Subject::Covariate(id) => {
                let known = self
                    .foundation
                    .covariates
                    .keys()
                    .map(evenkeel_foundation::CovariateId::as_str);
                self.exists("covariate", &subject, id.as_str(), known);
            }
            Subject::Invitations(id) => {
                self.instrument(&rule.subject.with(id.clone()));
            }
        }
    }

    fn aggregated_item(&mut self, rule: &AggregateRule, name: &Located<&ItemName>) {
        let named = name
            .value
            .instrument
            .as_ref()
            .map(|id| name.with(id.clone()));
        let Some(id) = named.or_else(|| self.mapping.instrument.clone()) else {
            self.say(
                name,
                "an item belongs to an instrument",
                name.value.item.as_str(),
                "item:INSTRUMENT/ITEM, or [instrument]",
            );
            return;
        };
        let Some(instrument) = self.instrument(&id) else {
            return;
        };
        if let Some(item) = self.item(instrument, &name.with(name.value.item.as_str())) {
            self.form_of_item(rule, item);
        }
    }

    fn form_of_item(&mut self, rule: &AggregateRule, item: &Item) {
        let numeric = matches!(item.scale, Scale::Rating { .. } | Scale::Number { .. });
        let counted = matches!(
            item.scale,
            Scale::Rating { .. } | Scale::Choice { .. } | Scale::Choices { .. } | Scale::Boolean
        );
        match &rule.form {
            Form::Mean { .. } if !numeric => {
                self.say(
                    &rule.subject,
                    "answers on this scale have no mean",
                    item.id.as_str(),
                    item.scale.to_string(),
                );
            }
            Form::Shares { .. } | Form::Counts { .. } if !counted => {
                self.say(
                    &rule.subject,
                    "answers on this scale are not counted one by one",
                    item.id.as_str(),
                    item.scale.to_string(),
                );
            }
            Form::Shares { answers, .. } | Form::Counts { answers } => {
                for (answer, column) in answers {
                    self.answer(item, answer, &at(column));
                }
            }
            _ => {}
        }
    }

    fn standard(&mut self, id: &Located<&StandardId>) {
        let known = self.foundation.standards.keys().map(StandardId::as_str);
        self.exists("standard", &id.with(()), id.value.as_str(), known);
    }

    fn observation(&mut self, rule: &ObservationRule) {
        let constant = match &rule.standard {
            StandardRule::Constant(id) => {
                self.standard(&id.with(&id.value));
                self.foundation
                    .standard(&id.value)
                    .map(|s| (id.with(()), s))
            }
            StandardRule::Column { column, map } => {
                let known = self.foundation.standards.keys().map(StandardId::as_str);
                for id in map.values() {
                    self.exists("standard", &at(column), id, known.clone());
                }
                None
            }
        };
        let Some((place, standard)) = constant else {
            return;
        };
        self.seen(rule, &place, standard);
        if rule.open_for.is_some() && !matches!(standard.requirement, Requirement::Duration(_)) {
            let message = format!("a {} cannot be open", standard.requirement.as_str());
            self.say(&place, message, "open_for", "no open_for");
        }
        if rule.unit_of_value.is_some() && !matches!(standard.requirement, Requirement::Duration(_))
        {
            let message = format!(
                "a {} has its own unit of measure",
                standard.requirement.as_str()
            );
            self.say(&place, message, "unit_of_value", "no unit_of_value");
        }
    }

    /// What the mapping reads is what the standard's kind is judged from.
    fn seen(&mut self, rule: &ObservationRule, place: &Located<()>, standard: &Standard) {
        let requirement = &standard.requirement;
        let wanted = seen_keys(requirement);
        let read = [
            ("value", rule.value.is_some()),
            ("from", rule.seen.from.is_some()),
            ("open_for", rule.open_for.is_some()),
            ("items", !rule.seen.items.is_empty()),
            ("ticked", rule.seen.ticked.is_some()),
            ("text", rule.seen.text.is_some()),
            ("steps", rule.seen.steps.is_some()),
        ];
        let read: Vec<&str> = read
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(key, _)| key)
            .collect();
        if rule.kept.is_none() && !read.iter().any(|key| wanted.contains(key)) {
            let message = format!("a {} is not judged by this", requirement.as_str());
            let allowed = format!("{}, or kept", wanted.join(", "));
            self.say(place, message, read.join(", "), allowed);
        }
        if let Requirement::Checklist(checklist) = requirement {
            let known = || checklist.items.iter().map(|item| item.id.as_str());
            for (item, column) in &rule.seen.items {
                self.exists("point of this checklist", &at(column), item, known());
            }
        }
    }
}

/// The keys that say what a kind of requirement is judged from.
pub(crate) fn seen_keys(requirement: &Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Duration(_) => &["value", "from", "open_for"],
        Requirement::Range(_) | Requirement::Rubric(_) => &["value"],
        Requirement::Checklist(_) => &["items", "ticked"],
        Requirement::Wording(_) => &["text"],
        Requirement::Sequence(_) => &["steps"],
    }
}

/// A column as a place in the mapping.
fn at(column: &super::ColumnName) -> Located<()> {
    Located {
        value: (),
        key: column.key.clone(),
        line: column.line,
    }
}

/// The values that a mapping itself says: its constant, or what its map leads to.
fn said_values(pick: &Pick) -> Vec<(String, Located<()>)> {
    match pick {
        Pick::Constant(constant) => vec![(constant.value.clone(), constant.with(()))],
        Pick::Column(column) => {
            let values = column.map.values();
            values
                .map(|value| (value.clone(), at(&column.column)))
                .collect()
        }
    }
}
