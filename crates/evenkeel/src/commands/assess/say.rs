//! Judgements in words.
//!
//! Invariant: a finding in a text is shown in the text, with the word between brackets; a step is
//! named as the standard names it. Every sentence comes from the catalogue.

use evenkeel_assess::sequence::{Explanation, explain};
use evenkeel_assess::{Deviation, Observed, Unknown};
use evenkeel_foundation::requirement::Checklist;
use evenkeel_foundation::{Requirement, Standard};

use super::outcome::{Judged, Outcome, Raters};
use crate::words::Words;

/// How many characters of the text are shown on each side of a finding.
const AROUND: usize = 30;

/// Makes sentences about one standard.
pub struct Say<'w> {
    words: &'w Words,
    standard: &'w Standard,
}

impl<'w> Say<'w> {
    pub fn new(words: &'w Words, standard: &'w Standard) -> Self {
        Self { words, standard }
    }

    pub fn language(&self) -> &'static str {
        self.words.language()
    }

    fn say(&self, key: &str, values: &[(&str, String)]) -> String {
        self.words.say(&format!("assess-{key}"), values)
    }

    /// Everything, line by line.
    pub fn lines(&self, outcome: &Outcome) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(Raters(raters)) = &outcome.raters {
            let alpha = raters.alpha_ordinal.value();
            let agreement = raters.agreement.value();
            let shown = |value: Option<f64>, digits| {
                value.map_or_else(|| "–".to_owned(), |value| self.words.number(value, digits))
            };
            let values = [
                ("subjects", raters.subjects.to_string()),
                ("alpha", shown(alpha, 3)),
                (
                    "agreement",
                    agreement.map_or_else(|| "–".to_owned(), |a| self.words.percent(a)),
                ),
            ];
            lines.push(self.say("raters", &values));
        }
        for judged in &outcome.judged {
            lines.extend(self.one(judged));
        }
        lines.extend(self.summary(outcome));
        lines
    }

    fn one(&self, judged: &Judged) -> Vec<String> {
        let verdict = match judged.assessment.kept {
            Some(true) => "kept",
            Some(false) => "not-kept",
            None => "cannot-tell",
        };
        let mut verdict = self.say(verdict, &[]);
        if let Some(unknown) = &judged.assessment.unknown {
            verdict = format!("{verdict}: {}", self.unknown(unknown));
        }
        let first = match judged.line {
            Some(line) => {
                let place = self.say("line", &[("line", line.to_string())]);
                format!("{place}: {verdict}")
            }
            None => verdict,
        };
        let findings = self.findings(judged).into_iter();
        let extras = judged.assessment.extras.iter();
        let extras = extras.map(|extra| self.say("extra", &[("extra", self.extra(extra))]));
        let below = findings.chain(extras).map(|text| format!("    {text}"));
        std::iter::once(first).chain(below).collect()
    }

    /// How an observation deviated, in words.
    pub fn findings(&self, judged: &Judged) -> Vec<String> {
        let deviations = &judged.assessment.deviations;
        if let (Requirement::Sequence(sequence), Some(Observed::Steps(steps))) =
            (&self.standard.requirement, &judged.observed)
        {
            let said = explain(sequence, steps, &self.standard.latitude);
            return said.iter().map(|one| self.step(one)).collect();
        }
        let text = match &judged.observed {
            Some(Observed::Text { text, .. }) => Some(text.as_str()),
            _ => None,
        };
        deviations
            .iter()
            .map(|deviation| {
                let said = self.deviation(deviation);
                match text.zip(deviation.span()) {
                    Some((text, span)) => format!("{said}: {}", shown(text, span)),
                    None => said,
                }
            })
            .collect()
    }

    fn step(&self, explanation: &Explanation) -> String {
        match explanation {
            Explanation::Forgotten { step, .. } => {
                self.say("step-forgotten", &[("step", step.clone())])
            }
            Explanation::Instead { done, required, .. } => {
                let values = [("done", done.clone()), ("required", required.clone())];
                self.say("step-instead", &values)
            }
            Explanation::Times {
                step,
                done,
                required,
            } => {
                let values = [
                    ("step", step.clone()),
                    ("done", done.to_string()),
                    ("required", required.to_string()),
                ];
                self.say("step-times", &values)
            }
            Explanation::Moved { step, .. } => self.say("step-moved", &[("step", step.clone())]),
            Explanation::Added { step, .. } => self.say("step-added", &[("step", step.clone())]),
            Explanation::Swapped { first, second, .. } => {
                let values = [("first", first.clone()), ("second", second.clone())];
                self.say("step-swapped", &values)
            }
        }
    }

    fn deviation(&self, deviation: &Deviation) -> String {
        let number = |value: f64| self.words.number(value, 2);
        let values: Vec<(&str, String)> = match deviation {
            Deviation::OverTime { by_seconds } | Deviation::StillOpen { by_seconds } => {
                vec![("by", self.time(*by_seconds))]
            }
            Deviation::TooLow { by } | Deviation::TooHigh { by } => {
                vec![("by", number(*by)), ("unit", self.unit_of_measure())]
            }
            Deviation::ItemMissed { item, .. } => vec![("item", self.item(item))],
            Deviation::ShareTooLow { share, pass_at } => vec![
                ("share", self.words.percent(*share)),
                ("pass", self.words.percent(*pass_at)),
            ],
            Deviation::ScoreTooLow { score, pass_from } => {
                vec![("score", number(*score)), ("pass", number(*pass_from))]
            }
            Deviation::PhraseMissing { phrase } | Deviation::PhraseForbidden { phrase, .. } => {
                vec![("phrase", phrase.clone())]
            }
            Deviation::WrongAddress { word, wanted, .. } => {
                vec![("word", word.clone()), ("wanted", wanted.clone())]
            }
            Deviation::SentenceTooLong { words, max, .. } => {
                vec![("words", words.to_string()), ("max", max.to_string())]
            }
            Deviation::HardToRead { ease, min } => {
                vec![
                    ("ease", self.words.number(*ease, 0)),
                    ("min", self.words.number(*min, 0)),
                ]
            }
            Deviation::StepMissing { step, .. } => vec![("step", step.clone())],
            Deviation::StepAdded { step, .. } => vec![("step", step.clone())],
            Deviation::StepsSwapped { first, second, .. } => {
                vec![("first", first.clone()), ("second", second.clone())]
            }
            Deviation::GreetingMissing
            | Deviation::ClosingMissing
            | Deviation::ApologyMissing
            | Deviation::GratitudeMissing => Vec::new(),
        };
        let key = match deviation {
            Deviation::ItemMissed {
                auto_fail: true, ..
            } => "item_missed-auto_fail",
            Deviation::StepMissing { .. } => "step-forgotten",
            Deviation::StepAdded { .. } => "step-added",
            Deviation::StepsSwapped { .. } => "step-swapped",
            other => other.kind(),
        };
        self.say(key, &values)
    }

    fn unknown(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::StillOpen => self.say("unknown-still_open", &[]),
            Unknown::LeftOut => self.say("unknown-left_out", &[]),
            Unknown::NothingApplies => self.say("unknown-nothing_applies", &[]),
            Unknown::TooFewRaters { raters, needed } => {
                let values = [
                    ("raters", raters.to_string()),
                    ("needed", needed.to_string()),
                ];
                self.say("unknown-too_few_raters", &values)
            }
            Unknown::NotCalibrated {
                subjects,
                subjects_min,
            } => {
                let values = [
                    ("subjects", subjects.to_string()),
                    ("min", subjects_min.to_string()),
                ];
                self.say("unknown-not_calibrated", &values)
            }
            Unknown::AgreementTooLow {
                agreement,
                agreement_min,
            } => {
                let shown = agreement.map_or_else(|| "–".to_owned(), |a| self.words.number(a, 3));
                let values = [
                    ("alpha", shown),
                    ("min", self.words.number(*agreement_min, 3)),
                ];
                self.say("unknown-agreement_too_low", &values)
            }
            Unknown::NoRules { language } => {
                self.say("unknown-no_rules", &[("language", language.clone())])
            }
            Unknown::NoWords => self.say("unknown-no_words", &[]),
            Unknown::AddressNotKnown => self.say("unknown-address_not_known", &[]),
        }
    }

    fn summary(&self, outcome: &Outcome) -> Vec<String> {
        let mut lines = vec![String::new()];
        let n = outcome.kept() + outcome.deviated();
        match outcome.share() {
            Some((share, lower, upper)) => {
                let values = [
                    ("kept", outcome.kept().to_string()),
                    ("n", n.to_string()),
                    ("share", self.words.percent(share)),
                    ("lower", self.words.percent(lower)),
                    ("upper", self.words.percent(upper)),
                ];
                lines.push(self.say("summary", &values));
            }
            None => lines.push(self.say("summary-none", &[])),
        }
        if outcome.unknown() > 0 {
            lines.push(self.say(
                "summary-unknown",
                &[("count", outcome.unknown().to_string())],
            ));
        }
        let by_kind = outcome.by_kind();
        if !by_kind.is_empty() {
            lines.push(self.say("summary-deviations", &[]));
            for (kind, count) in by_kind {
                lines.push(format!(
                    "  {count:>6}  {}",
                    self.say(&format!("kind-{kind}"), &[])
                ));
            }
        }
        let extras = outcome.extras();
        if !extras.is_empty() {
            lines.push(self.say("summary-extras", &[]));
            for (extra, count) in extras {
                lines.push(format!("  {count:>6}  {}", self.extra(extra)));
            }
        }
        lines
    }

    fn unit_of_measure(&self) -> String {
        match &self.standard.requirement {
            Requirement::Range(range) => range.unit_of_measure.clone(),
            _ => String::new(),
        }
    }

    fn checklist(&self) -> Option<&Checklist> {
        match &self.standard.requirement {
            Requirement::Checklist(checklist) => Some(checklist),
            _ => None,
        }
    }

    /// A point's title.
    fn item(&self, id: &str) -> String {
        let items = self.checklist().into_iter().flat_map(|list| &list.items);
        let mut found = items.filter(|item| item.id == id);
        found.next().map_or_else(
            || id.to_owned(),
            |item| item.title.get(self.language()).to_owned(),
        )
    }

    /// An extra in words: a bonus point is known by its id.
    fn extra(&self, extra: &str) -> String {
        self.item(extra)
    }

    /// A length of time in the two largest units that say something.
    fn time(&self, seconds: f64) -> String {
        let seconds = seconds.round().max(0.0) as u64;
        let parts = [
            (seconds / 86_400, "d"),
            (seconds % 86_400 / 3600, "h"),
            (seconds % 3600 / 60, "min"),
            (seconds % 60, "s"),
        ];
        let said = parts.iter().filter(|(count, _)| *count > 0).take(2);
        let said: Vec<String> = said
            .map(|(count, unit)| format!("{count} {unit}"))
            .collect();
        if said.is_empty() {
            "0 s".to_owned()
        } else {
            said.join(" ")
        }
    }
}

/// A span in its text: `… Kan u bellen? [Je] weet wel …`. Long spans are shown by their ends.
fn shown(text: &str, (start, end): (usize, usize)) -> String {
    let chars: Vec<char> = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let slice = |from: usize, to: usize| -> String {
        chars
            .get(from.min(chars.len())..to.min(chars.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(chars.len());
    let inside = if end - start > 2 * AROUND {
        format!(
            "{} … {}",
            slice(start, start + AROUND),
            slice(end - AROUND, end)
        )
    } else {
        slice(start, end)
    };
    let before = if from > 0 { "…" } else { "" };
    let after = if to < chars.len() { "…" } else { "" };
    format!(
        "{before}{}[{inside}]{}{after}",
        slice(from, start),
        slice(end, to)
    )
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_finding_in_its_text() {
        assert_eq!(shown("Één\nje 🍔", (4, 6)), "Één [je] 🍔");
        let long = "woord ".repeat(40);
        let found = shown(&long, (60, 180));
        assert!(
            found.starts_with('…') && found.ends_with('…') && found.contains(" … "),
            "{found}"
        );
    }
}
