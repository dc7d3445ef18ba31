//! How each kind of requirement is written.

use super::toml::{Writer, duration, number, string, table, text};
use crate::proportion::Proportion;
use crate::requirement::{
    Censored, Checklist, ChecklistItem, Requirement, Rubric, Weighing, Wording, WordingRules,
};

pub(super) fn requirement(writer: &mut Writer, requirement: &Requirement) {
    writer.table("[requirement]");
    writer.field("kind", &string(requirement.as_str()));
    match requirement {
        Requirement::Duration(d) => {
            writer.field("within", &duration(d.within));
            unless(writer, "inclusive", d.inclusive);
            writer.optional("clock_from", d.clock_from.as_deref().map(string));
            writer.optional("clock_to", d.clock_to.as_deref().map(string));
            if d.open == Censored::LeaveOut {
                writer.field("open", &string("leave_out"));
            }
            let hours = d.hours.as_ref();
            writer.optional("hours", hours.map(|id| string(id.as_str())));
        }
        Requirement::Range(r) => {
            writer.optional("lower", r.lower.map(number));
            unless(writer, "lower_inclusive", r.lower_inclusive);
            writer.optional("upper", r.upper.map(number));
            unless(writer, "upper_inclusive", r.upper_inclusive);
            writer.optional("nominal", r.nominal.map(number));
            writer.field("unit_of_measure", &string(&r.unit_of_measure));
        }
        Requirement::Checklist(c) => checklist(writer, c),
        Requirement::Rubric(r) => rubric(writer, r),
        Requirement::Wording(w) => wording(writer, w),
        Requirement::Sequence(s) => writer.strings("steps", &s.steps),
    }
}

/// Writes what is true by default only where it is not.
fn unless(writer: &mut Writer, key: &str, value: bool) {
    if !value {
        writer.field(key, "false");
    }
}

fn checklist(writer: &mut Writer, checklist: &Checklist) {
    if checklist.pass_at != Proportion::ONE {
        writer.field("pass_at", &number(checklist.pass_at.get()));
    }
    let items: Vec<String> = checklist.items.iter().map(checklist_item).collect();
    writer.lines("items", &items);
}

fn checklist_item(item: &ChecklistItem) -> String {
    let mut fields = vec![("id", string(&item.id)), ("title", text(&item.title))];
    match item.counts_as {
        Weighing::Required => {}
        Weighing::AutoFail => fields.push(("counts_as", string("auto_fail"))),
        Weighing::Bonus => fields.push(("counts_as", string("bonus"))),
    }
    if item.counts_as != Weighing::Bonus && item.weight != 1.0 {
        fields.push(("weight", number(item.weight)));
    }
    table(fields)
}

fn rubric(writer: &mut Writer, rubric: &Rubric) {
    writer.field("min", &rubric.min.to_string());
    writer.field("max", &rubric.max.to_string());
    writer.field("pass_from", &rubric.pass_from.to_string());
    writer.field("raters", &rubric.raters.to_string());
    let anchors: Vec<String> = rubric
        .anchors
        .iter()
        .map(|anchor| {
            let score = anchor.score.to_string();
            table([("score", score), ("title", text(&anchor.title))])
        })
        .collect();
    writer.lines("anchors", &anchors);
    let calibration = rubric.calibration.map(|calibration| {
        table([
            ("agreement_min", number(calibration.agreement_min)),
            ("subjects_min", calibration.subjects_min.to_string()),
        ])
    });
    writer.optional("calibration", calibration);
}

fn wording(writer: &mut Writer, wording: &Wording) {
    for (language, rules) in &wording.languages {
        writer.table(&format!("[requirement.languages.{language}]"));
        wording_rules(writer, language, rules);
    }
}

fn wording_rules(writer: &mut Writer, language: &str, rules: &WordingRules) {
    let address = rules.address.and_then(|address| address.word_in(language));
    let address = address.map(string);
    writer.optional("address", address);
    writer.strings_if_any("greeting", &rules.greeting);
    writer.flag("any_greeting", rules.any_greeting);
    writer.strings_if_any("closing", &rules.closing);
    writer.flag("any_closing", rules.any_closing);
    for (name, courtesy) in [
        ("apology", rules.apology),
        ("gratitude", rules.gratitude),
        ("please", rules.please),
        ("please_first", rules.please_first),
    ] {
        writer.optional(name, courtesy.map(|courtesy| string(courtesy.as_str())));
    }
    writer.strings_if_any("required", &rules.required);
    writer.strings_if_any("forbidden", &rules.forbidden);
    let words = rules.sentence_words_max.map(|words| words.to_string());
    writer.optional("sentence_words_max", words);
    writer.optional("reading_ease_min", rules.reading_ease_min.map(number));
}
