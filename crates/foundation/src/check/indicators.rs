//! Rules for indicators: a kind fits what it counts.

use super::Checks;
use crate::ids::{ID_ALLOWED, IndicatorId, InstrumentId, ItemId, StandardId, is_slug};
use crate::indicator::{Indicator, IndicatorKind};
use crate::instrument::{Instrument, Scale};
use crate::object::ObjectKind;
use crate::party::Side;
use crate::reading::{nearest, one_of};

/// How deep composites are followed; circles are reported on their own.
const DEPTH_MAX: u8 = 16;

impl Checks<'_> {
    pub(super) fn indicators(&mut self) {
        let foundation = self.foundation;
        for indicator in foundation.indicators.values() {
            let key = format!("indicator.{}", indicator.id);
            self.not_of_the_pulse(&key, indicator.id.as_str());
            self.text(&format!("{key}.title"), &indicator.title);
            self.kind(&key, indicator);
            self.party_of(&key, indicator);
            if let (Some(target), Some((min, max))) = (indicator.target, self.span(&indicator.kind))
                && !(min..=max).contains(&target)
            {
                let message = "no value of this indicator can reach the target";
                let allowed = format!("{min} to {max}");
                let key = format!("{key}.target");
                self.wrong(&key, message, &target.to_string(), &allowed);
            }
        }
    }

    fn kind(&mut self, key: &str, indicator: &Indicator) {
        if let Some((instrument, item)) = indicator.kind.item() {
            self.refers(
                &format!("{key}.instrument"),
                ObjectKind::Instrument,
                instrument.as_str(),
            );
            self.counted(key, &indicator.kind, instrument, item);
        }
        match &indicator.kind {
            IndicatorKind::Rate { figure } if !is_slug(figure) => {
                let found = format!("{figure:?}");
                self.wrong(&format!("{key}.figure"), "not an id", &found, ID_ALLOWED);
            }
            IndicatorKind::Composite { of } => self.composite(key, indicator, of),
            IndicatorKind::Conformance { standard } => {
                let key = format!("{key}.standard");
                self.refers(&key, ObjectKind::Standard, standard.as_str());
            }
            IndicatorKind::WithinTarget { standard } => self.within(key, standard),
            _ => {}
        }
    }

    /// The item is there; suggests the nearest.
    pub(super) fn item_of(&mut self, key: &str, instrument: &Instrument, item: &str) {
        if instrument.item(item).is_some() {
            return;
        }
        let names = || instrument.items.iter().map(|item| item.id.as_str());
        let hint = nearest(item, names())
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!(
            "the instrument `{}` has no item `{item}`{hint}",
            instrument.id
        );
        self.wrong(key, &message, &format!("{item:?}"), &one_of(names()));
    }

    /// The item's scale can be counted in this way.
    fn counted(
        &mut self,
        key: &str,
        kind: &IndicatorKind,
        instrument: &InstrumentId,
        item: &ItemId,
    ) {
        let foundation = self.foundation;
        let Some(instrument) = foundation.instrument(instrument) else {
            return;
        };
        self.item_of(&format!("{key}.item"), instrument, item.as_str());
        let Some(item) = instrument.item(item.as_str()) else {
            return;
        };
        let scale = &item.scale;
        let (fits, needed) = match kind {
            IndicatorKind::Nps { .. } => (
                *scale == Scale::Rating { min: 0, max: 10 },
                "a rating from 0 to 10",
            ),
            IndicatorKind::TopBox { .. } => (matches!(scale, Scale::Rating { .. }), "a rating"),
            IndicatorKind::Mean { .. } => (
                matches!(scale, Scale::Rating { .. } | Scale::Number { .. }),
                "a rating or a number",
            ),
            _ => (
                !matches!(
                    scale,
                    Scale::Number { .. } | Scale::Text | Scale::Comment | Scale::Ranking { .. }
                ),
                "a rating, a choice, choices or yes and no",
            ),
        };
        if !fits {
            let message = format!("`{}` cannot count `{}`", kind.as_str(), item.id);
            self.wrong(&format!("{key}.item"), &message, &scale.to_string(), needed);
            return;
        }
        match (kind, scale) {
            (IndicatorKind::TopBox { from, .. }, Scale::Rating { min, max })
                if !(*min + 1..=*max).contains(from) =>
            {
                let message = "from here on every answer or none would count";
                let allowed = format!("{} to {max}", min + 1);
                self.wrong(&format!("{key}.from"), message, &from.to_string(), &allowed);
            }
            (IndicatorKind::Share { values, .. }, _) => self.values(key, values, scale),
            _ => {}
        }
    }

    /// The answers that a share counts are answers of the item.
    fn values(&mut self, key: &str, values: &[String], scale: &Scale) {
        let key = format!("{key}.values");
        let answers: Vec<String> = match scale {
            Scale::Rating { min, max } => (*min..=*max).map(|n| n.to_string()).collect(),
            Scale::Choice { values } | Scale::Choices { values } => values.clone(),
            Scale::Boolean => vec!["true".to_owned(), "false".to_owned()],
            _ => return,
        };
        self.each_once(&key, values.iter().map(String::as_str));
        if values.is_empty() {
            let message = "a share counts at least one answer";
            self.wrong(
                &key,
                message,
                "an empty list",
                &one_of(answers.iter().map(String::as_str)),
            );
        }
        for (at, value) in values.iter().enumerate() {
            if !answers.contains(value) {
                let names = || answers.iter().map(String::as_str);
                let hint = nearest(value, names())
                    .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let message = format!("no answer of the item{hint}");
                let key = format!("{key}[{}]", at + 1);
                self.wrong(&key, &message, &format!("{value:?}"), &one_of(names()));
            }
        }
    }

    fn within(&mut self, key: &str, standard: &StandardId) {
        let key = format!("{key}.standard");
        self.refers(&key, ObjectKind::Standard, standard.as_str());
        let found = self.foundation.standard(standard);
        let Some(requirement) = found.map(|s| &s.requirement) else {
            return;
        };
        if requirement.limits().is_none() {
            let message = format!("the standard `{standard}` has no limits for a number");
            let found = requirement.as_str();
            self.wrong(
                &key,
                &message,
                found,
                "a standard of kind duration or range",
            );
        }
    }

    /// Parts are indicators of one party, on one scale, in one direction. They may be composites
    /// themselves, as an index of indices is, but not of the whole.
    fn composite(&mut self, key: &str, indicator: &Indicator, of: &[IndicatorId]) {
        let key = format!("{key}.of");
        self.each_once(&key, of.iter().map(IndicatorId::as_str));
        if of.len() < 2 {
            let found = of.len().to_string();
            self.wrong(
                &key,
                "a composite has parts",
                &found,
                "two or more indicators",
            );
        }
        if let Some(around) = self.circle(indicator) {
            let message = format!("a composite of itself: {}", around.join(" → "));
            self.wrong(&key, &message, "", "parts that do not contain the whole");
            return;
        }
        let mut first: Option<&Indicator> = None;
        for (at, id) in of.iter().enumerate() {
            let key = format!("{key}[{}]", at + 1);
            self.refers(&key, ObjectKind::Indicator, id.as_str());
            let Some(part) = self.foundation.indicator(id) else {
                continue;
            };
            let found = format!("{:?}", id.as_str());
            let Some(first) = first else {
                first = Some(part);
                continue;
            };
            if part.party != first.party {
                let message = format!("`{id}` is not of the party of `{}`", first.id);
                self.wrong(&key, &message, &found, "parts of one party");
            }
            if self.span(&part.kind) != self.span(&first.kind) {
                let message = format!("`{id}` is not on the scale of `{}`", first.id);
                self.wrong(&key, &message, &found, "parts on one scale");
            }
            if part.direction != indicator.direction {
                let message = format!("`{id}` does not point in the direction of the whole");
                self.wrong(&key, &message, &found, "parts of one direction");
            }
        }
    }

    /// The way from a composite through its parts back to itself.
    fn circle(&self, whole: &Indicator) -> Option<Vec<String>> {
        let mut ways: Vec<Vec<&IndicatorId>> = vec![vec![&whole.id]];
        let mut seen: Vec<&IndicatorId> = Vec::new();
        while let Some(way) = ways.pop() {
            let last = way.last().and_then(|id| self.foundation.indicator(id));
            let Some(IndicatorKind::Composite { of }) = last.map(|part| &part.kind) else {
                continue;
            };
            for part in of {
                let mut longer = way.clone();
                longer.push(part);
                if *part == whole.id {
                    return Some(longer.into_iter().map(ToString::to_string).collect());
                }
                if !seen.contains(&part) {
                    seen.push(part);
                    ways.push(longer);
                }
            }
        }
        None
    }

    /// The party exists, is that of what is counted, and is not shown below its minimum.
    fn party_of(&mut self, key: &str, indicator: &Indicator) {
        let foundation = self.foundation;
        if let Some(party) = &indicator.party {
            self.refers(&format!("{key}.party"), ObjectKind::Party, party.as_str());
        }
        let source = match &indicator.kind {
            IndicatorKind::Composite { of } => of
                .first()
                .and_then(|id| foundation.indicator(id))
                .and_then(|part| Some((part.id.as_str(), part.party.as_ref()?))),
            kind => kind
                .item()
                .and_then(|(id, _)| foundation.instrument(id))
                .map(|instrument| (instrument.id.as_str(), &instrument.party)),
        };
        if let (Some(own), Some((id, party))) = (&indicator.party, source)
            && own != party
        {
            let message = format!("`{id}` is of the party `{party}`");
            let found = format!("{:?}", own.as_str());
            let key = format!("{key}.party");
            self.wrong(&key, &message, &found, party.as_str());
        }
        let party = indicator.party.as_ref().and_then(|id| foundation.party(id));
        let Some(party) = party.filter(|party| party.side == Side::Internal) else {
            return;
        };
        if indicator.minimum_n < party.minimum_n {
            let message = format!(
                "results of the party `{}` are not shown for so few people",
                party.id
            );
            let found = indicator.minimum_n.to_string();
            let allowed = format!("{} or more", party.minimum_n);
            self.wrong(&format!("{key}.minimum_n"), &message, &found, &allowed);
        }
    }

    /// The smallest and the largest value that an indicator can take; None where unknown or open.
    fn span(&self, kind: &IndicatorKind) -> Option<(f64, f64)> {
        self.span_within(kind, DEPTH_MAX)
    }

    fn span_within(&self, kind: &IndicatorKind, depth: u8) -> Option<(f64, f64)> {
        match kind {
            IndicatorKind::Nps { .. } => Some((-1.0, 1.0)),
            IndicatorKind::TopBox { .. }
            | IndicatorKind::Share { .. }
            | IndicatorKind::Conformance { .. }
            | IndicatorKind::WithinTarget { .. } => Some((0.0, 1.0)),
            // A figure may count per head: ten sick days a person.
            IndicatorKind::Rate { .. } => None,
            IndicatorKind::Mean { instrument, item } => {
                match &self.foundation.item(instrument, item)?.scale {
                    Scale::Rating { min, max } => Some((f64::from(*min), f64::from(*max))),
                    Scale::Number { min, max } => (*min).zip(*max),
                    _ => None,
                }
            }
            IndicatorKind::Composite { of } => {
                let part = self.foundation.indicator(of.first()?)?;
                self.span_within(&part.kind, depth.checked_sub(1)?)
            }
        }
    }
}
