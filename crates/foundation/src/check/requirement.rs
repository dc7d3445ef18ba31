//! Rules for requirements: what exists can be assessed.

use super::Checks;
use crate::ids::{ID_ALLOWED, is_slug};
use crate::object::ObjectKind;
use crate::requirement::{
    Address, Calibration, Checklist, Duration, Range, Requirement, Rubric, Weighing, Wording,
    WordingRules,
};

impl Checks<'_> {
    pub(super) fn requirement(&mut self, key: &str, requirement: &Requirement) {
        match requirement {
            Requirement::Duration(duration) => self.duration(key, duration),
            Requirement::Range(range) => self.range(key, range),
            Requirement::Checklist(checklist) => self.checklist(key, checklist),
            Requirement::Rubric(rubric) => self.rubric(key, rubric),
            Requirement::Wording(wording) => self.wording(key, wording),
            Requirement::Sequence(sequence) => {
                if sequence.steps.is_empty() {
                    let message = "a sequence has steps";
                    let key = format!("{key}.steps");
                    self.wrong(&key, message, "an empty list", "at least one step");
                }
            }
        }
    }

    fn duration(&mut self, key: &str, duration: &Duration) {
        if !(duration.within.is_finite() && duration.within >= 0.0) {
            let found = duration.within.to_string();
            let key = format!("{key}.within");
            self.wrong(&key, "not a length of time", &found, "0 seconds or more");
        }
        if let Some(calendar) = &duration.hours {
            let key = format!("{key}.hours");
            self.refers(&key, ObjectKind::Calendar, calendar.as_str());
        }
    }

    fn range(&mut self, key: &str, range: &Range) {
        if range.lower.is_none() && range.upper.is_none() {
            let message = "a range has a limit";
            self.wrong(key, message, "", "lower, upper or both");
        }
        let numbers = [range.lower, range.upper, range.nominal];
        if numbers.into_iter().flatten().any(|n| !n.is_finite()) {
            self.wrong(key, "a limit is not a number", "", "finite numbers");
            return;
        }
        if let (Some(lower), Some(upper)) = (range.lower, range.upper)
            && (lower > upper
                || (lower == upper && !(range.lower_inclusive && range.upper_inclusive)))
        {
            let message = "no number lies between these limits";
            let found = format!("{lower} to {upper}");
            self.wrong(
                &format!("{key}.lower"),
                message,
                &found,
                "lower below upper",
            );
            return;
        }
        if let Some(nominal) = range.nominal
            && !range.limits().contains(nominal)
        {
            let message = "what is aimed for lies outside the limits";
            let key = format!("{key}.nominal");
            self.wrong(&key, message, &nominal.to_string(), "a number between them");
        }
    }

    fn checklist(&mut self, key: &str, checklist: &Checklist) {
        let key = format!("{key}.items");
        let counting = |c: &&crate::requirement::ChecklistItem| c.counts_as != Weighing::Bonus;
        if !checklist.items.iter().any(|item| counting(&item)) {
            let message = "a checklist has a point that counts";
            self.wrong(&key, message, "", "at least one item that is not a bonus");
        }
        self.each_once(&key, checklist.items.iter().map(|item| item.id.as_str()));
        for (at, item) in checklist.items.iter().enumerate() {
            let key = format!("{key}[{}]", at + 1);
            self.text(&format!("{key}.title"), &item.title);
            if !is_slug(&item.id) {
                let found = format!("{:?}", item.id);
                self.wrong(&format!("{key}.id"), "not an id", &found, ID_ALLOWED);
            }
            let is_bonus = item.counts_as == Weighing::Bonus;
            let fits = if is_bonus {
                item.weight == 0.0
            } else {
                item.weight.is_finite() && item.weight > 0.0
            };
            if !fits {
                let (message, allowed) = if is_bonus {
                    ("a bonus never counts, so it has no weight", "no weight")
                } else {
                    ("a point that counts weighs something", "above 0")
                };
                let found = item.weight.to_string();
                self.wrong(&format!("{key}.weight"), message, &found, allowed);
            }
        }
    }

    fn rubric(&mut self, key: &str, rubric: &Rubric) {
        let scale = format!("{} to {}", rubric.min, rubric.max);
        if rubric.min >= rubric.max {
            let message = "the lowest score has to be below the highest";
            self.wrong(&format!("{key}.max"), message, &scale, "");
            return;
        }
        let on_scale = rubric.min..=rubric.max;
        if !on_scale.contains(&rubric.pass_from) {
            let found = rubric.pass_from.to_string();
            let key = format!("{key}.pass_from");
            self.wrong(&key, "not a score of the scale", &found, &scale);
        }
        if rubric.raters == 0 {
            self.wrong(
                &format!("{key}.raters"),
                "someone has to score",
                "0",
                "1 or more",
            );
        }
        if let Some(calibration) = &rubric.calibration {
            self.calibration(&format!("{key}.calibration"), rubric, calibration);
        }
        let key = format!("{key}.anchors");
        for (at, anchor) in rubric.anchors.iter().enumerate() {
            let key = format!("{key}[{}]", at + 1);
            self.text(&format!("{key}.title"), &anchor.title);
            let found = anchor.score.to_string();
            if !on_scale.contains(&anchor.score) {
                let key = format!("{key}.score");
                self.wrong(&key, "not a score of the scale", &found, &scale);
            }
            if rubric.anchors[..at].iter().any(|a| a.score == anchor.score) {
                let message = "two anchors have this score";
                self.wrong(&format!("{key}.score"), message, &found, "each score once");
            }
        }
        let has = |score| rubric.anchors.iter().any(|a| a.score == score);
        if !has(rubric.min) || !has(rubric.max) {
            let message = "both ends of the scale need an anchor";
            let allowed = format!("at least {} and {}", rubric.min, rubric.max);
            self.wrong(&key, message, "", &allowed);
        }
    }

    fn calibration(&mut self, key: &str, rubric: &Rubric, calibration: &Calibration) {
        let agreement = calibration.agreement_min;
        if !(agreement > 0.0 && agreement <= 1.0) {
            let key = format!("{key}.agreement_min");
            let found = agreement.to_string();
            self.wrong(&key, "not an agreement", &found, "more than 0, at most 1");
        }
        if calibration.subjects_min == 0 {
            let key = format!("{key}.subjects_min");
            self.wrong(&key, "nothing would be scored", "0", "1 or more");
        }
        if rubric.raters < 2 {
            let message = "one rater agrees with nobody";
            self.wrong(key, message, "raters = 1", "raters = 2 or more beside it");
        }
    }

    fn wording(&mut self, key: &str, wording: &Wording) {
        let foundation = self.foundation;
        let known = &foundation.organisation.languages;
        let key = format!("{key}.languages");
        if wording.languages.is_empty() {
            let message = "rules for at least one language are needed";
            self.wrong(
                &key,
                message,
                "",
                "a table such as [requirement.languages.nl]",
            );
        }
        for (language, rules) in &wording.languages {
            let key = format!("{key}.{language}");
            if !known.is_empty() && !known.contains(language) {
                let message = "the organisation does not work in this language";
                self.wrong(&key, message, language, &known.join(", "));
            }
            self.rules(&key, language, rules);
        }
    }

    fn rules(&mut self, key: &str, language: &str, rules: &WordingRules) {
        if *rules == WordingRules::default() {
            self.wrong(key, "there is no rule", "", "at least one rule");
        }
        if rules.address.is_some() && Address::words_of(language).is_none() {
            let message = format!("`{language}` has no formal and informal address");
            self.wrong(&format!("{key}.address"), &message, "", "nl, fr, de");
        }
        let base = language.split('-').next().unwrap_or(language);
        if let Some(rule) = rules.first_worded()
            && !WordingRules::WORDED.contains(&base)
        {
            let message = format!("the words of `{language}` are not known");
            let allowed = WordingRules::WORDED.join(", ");
            self.wrong(&format!("{key}.{rule}"), &message, "", &allowed);
        }
        for phrase in &rules.required {
            let is_also = |other: &String| other.to_lowercase() == phrase.to_lowercase();
            if rules.forbidden.iter().any(is_also) {
                let message = format!("`{phrase}` is required and forbidden");
                self.wrong(&format!("{key}.forbidden"), &message, "", "one of both");
            }
        }
        if let Some(ease) = rules.reading_ease_min
            && !(0.0..=100.0).contains(&ease)
        {
            let message = "not a reading ease";
            let key = format!("{key}.reading_ease_min");
            self.wrong(&key, message, &ease.to_string(), "0 to 100");
        }
    }
}
