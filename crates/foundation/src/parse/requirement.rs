//! The `[requirement]` of a standard: its shape. What the values have to satisfy is checked later,
//! for objects from the registry too.

use std::collections::BTreeMap;

use super::duration::{DURATION_ALLOWED, duration_seconds, working_days};
use super::organisation::TEXT_ALLOWED;
use super::standards::share;
use crate::calendar::Calendar;
use crate::ids::{CalendarId, ID_ALLOWED};
use crate::proportion::Proportion;
use crate::reading::{Cursor, Fields, Report, one_of};
use crate::requirement::{
    Address, Anchor, Calibration, Censored, Checklist, ChecklistItem, Courtesy, Duration, Range,
    Requirement, Rubric, Sequence, Weighing, Wording, WordingRules,
};

/// The calendars that requirements name.
pub(super) type Calendars = BTreeMap<CalendarId, Calendar>;

/// The reader of one kind.
type Reader = fn(&Fields<'_>, &Calendars, &mut Report) -> Option<Requirement>;

const KINDS: [(&str, Reader); 6] = [
    ("duration", duration),
    ("range", range),
    ("checklist", checklist),
    ("rubric", rubric),
    ("wording", wording),
    ("sequence", sequence),
];

pub(super) fn requirement(
    cursor: &Cursor<'_>,
    calendars: &Calendars,
    report: &mut Report,
) -> Option<Requirement> {
    let fields = cursor.table(report)?;
    let allowed = one_of(Requirement::EVERY);
    let kind = fields.need(report, "kind", &allowed)?;
    let read = kind.word(report, &KINDS)?;
    read(&fields, calendars, report)
}

fn duration(
    fields: &Fields<'_>,
    calendars: &Calendars,
    report: &mut Report,
) -> Option<Requirement> {
    const OPEN: [(&str, Censored); 2] = [
        ("fail_past_limit", Censored::FailPastLimit),
        ("leave_out", Censored::LeaveOut),
    ];
    let allowed = [
        "kind",
        "within",
        "inclusive",
        "clock_from",
        "clock_to",
        "open",
        "hours",
    ];
    fields.only(report, &allowed);
    let hours = fields.optional(report, "hours", Cursor::id);
    let calendar = hours.as_ref().ok().and_then(Option::as_ref);
    let within = fields.need(report, "within", DURATION_ALLOWED);
    let within = within.and_then(|c| within_seconds(&c, calendar, calendars, report));
    let inclusive = fields.or(report, "inclusive", true, Cursor::boolean);
    let clock_from = fields.optional(report, "clock_from", Cursor::string);
    let clock_to = fields.optional(report, "clock_to", Cursor::string);
    let open = fields.or(report, "open", Censored::default(), |c, r| c.word(r, &OPEN));
    Some(Requirement::Duration(Duration {
        within: within?,
        inclusive: inclusive?,
        clock_from: clock_from.ok()?.map(str::to_owned),
        clock_to: clock_to.ok()?.map(str::to_owned),
        open: open?,
        hours: hours.ok()?,
    }))
}

/// `4h`, or `2 working days` of the calendar that the requirement names. What is stored is
/// seconds either way, so that two ways to write one promise are one promise.
fn within_seconds(
    cursor: &Cursor<'_>,
    calendar: Option<&CalendarId>,
    calendars: &Calendars,
    report: &mut Report,
) -> Option<f64> {
    let written = cursor.value().as_str();
    let Some(days) = written.and_then(working_days) else {
        let seconds = written.and_then(duration_seconds);
        if seconds.is_none() {
            cursor.wrong(report, "a duration is needed", DURATION_ALLOWED);
        }
        return seconds;
    };
    let Some(id) = calendar else {
        let message = "working days are those of a calendar";
        cursor.wrong(report, message, "hours = the id of a calendar beside it");
        return None;
    };
    let Some(calendar) = calendars.get(id) else {
        // That there is no such calendar is reported by the checks; 0 stands in until then.
        return Some(0.0);
    };
    let Some(day) = calendar.working_day_seconds() else {
        let message = format!("the days of the calendar `{id}` are not equally long");
        let allowed = r#"hours such as "8h", or working_day = "8h" in the calendar"#;
        cursor.wrong(report, &message, allowed);
        return None;
    };
    Some(days * day)
}

fn range(fields: &Fields<'_>, _: &Calendars, report: &mut Report) -> Option<Requirement> {
    fields.only(
        report,
        &[
            "kind",
            "lower",
            "lower_inclusive",
            "upper",
            "upper_inclusive",
            "nominal",
            "unit_of_measure",
        ],
    );
    let lower = fields.optional(report, "lower", Cursor::number);
    let lower_inclusive = fields.or(report, "lower_inclusive", true, Cursor::boolean);
    let upper = fields.optional(report, "upper", Cursor::number);
    let upper_inclusive = fields.or(report, "upper_inclusive", true, Cursor::boolean);
    let nominal = fields.optional(report, "nominal", Cursor::number);
    let unit = fields.need(report, "unit_of_measure", r#"a text such as "°C""#);
    let unit = unit.and_then(|c| c.string(report));
    Some(Requirement::Range(Range {
        lower: lower.ok()?,
        lower_inclusive: lower_inclusive?,
        upper: upper.ok()?,
        upper_inclusive: upper_inclusive?,
        nominal: nominal.ok()?,
        unit_of_measure: unit?.to_owned(),
    }))
}

fn checklist(fields: &Fields<'_>, _: &Calendars, report: &mut Report) -> Option<Requirement> {
    fields.only(report, &["kind", "pass_at", "items"]);
    let pass_at = fields.or(report, "pass_at", Proportion::ONE, share);
    let items = fields.need(
        report,
        "items",
        "a list of { id, title, counts_as, weight }",
    );
    let items = items.and_then(|c| each(&c, report, checklist_item));
    Some(Requirement::Checklist(Checklist {
        pass_at: pass_at?,
        items: items?,
    }))
}

fn checklist_item(cursor: &Cursor<'_>, report: &mut Report) -> Option<ChecklistItem> {
    const COUNTS_AS: [(&str, Weighing); 3] = [
        ("required", Weighing::Required),
        ("auto_fail", Weighing::AutoFail),
        ("bonus", Weighing::Bonus),
    ];
    let fields = cursor.table(report)?;
    fields.only(report, &["id", "title", "counts_as", "weight"]);
    let id = fields.need(report, "id", ID_ALLOWED);
    let id = id.and_then(|c| c.string(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    let counts_as = fields.or(report, "counts_as", Weighing::Required, |c, r| {
        c.word(r, &COUNTS_AS)
    })?;
    let default = if counts_as == Weighing::Bonus {
        0.0
    } else {
        1.0
    };
    let weight = fields.or(report, "weight", default, Cursor::number);
    Some(ChecklistItem {
        id: id?.to_owned(),
        title: title?,
        counts_as,
        weight: weight?,
    })
}

fn rubric(fields: &Fields<'_>, _: &Calendars, report: &mut Report) -> Option<Requirement> {
    let allowed = [
        "kind",
        "min",
        "max",
        "pass_from",
        "raters",
        "anchors",
        "calibration",
    ];
    fields.only(report, &allowed);
    let min = fields.optional(report, "min", Cursor::score);
    let max = fields.optional(report, "max", Cursor::score);
    let pass_from = fields.need(report, "pass_from", "a score of the scale");
    let pass_from = pass_from.and_then(|c| c.score(report));
    let raters = fields.or(report, "raters", 1, |c, r| c.count(r, 1));
    let anchors = fields.need(report, "anchors", "a list of { score, title }");
    let anchors = anchors.and_then(|c| each(&c, report, anchor));
    let calibration = fields.optional(report, "calibration", calibration);
    let mut anchors = anchors?;
    if anchors.is_empty() {
        let message = "a rubric has anchors";
        fields
            .cursor()
            .wrong(report, message, "at least two { score, title }");
        return None;
    }
    anchors.sort_by_key(|anchor| anchor.score);
    // Both ends need an anchor, so the anchors say the scale unless it is given.
    let ends = (anchors.first()?.score, anchors.last()?.score);
    Some(Requirement::Rubric(Rubric {
        min: min.ok()?.unwrap_or(ends.0),
        max: max.ok()?.unwrap_or(ends.1),
        pass_from: pass_from?,
        raters: raters?,
        anchors,
        calibration: calibration.ok()?,
    }))
}

fn calibration(cursor: &Cursor<'_>, report: &mut Report) -> Option<Calibration> {
    let fields = cursor.table(report)?;
    fields.only(report, &["agreement_min", "subjects_min"]);
    let default = Calibration::AGREEMENT_MIN;
    let agreement_min = fields.or(report, "agreement_min", default, Cursor::number);
    let default = Calibration::SUBJECTS_MIN;
    let subjects_min = fields.or(report, "subjects_min", default, |c, r| c.count(r, 1));
    Some(Calibration {
        agreement_min: agreement_min?,
        subjects_min: subjects_min?,
    })
}

fn anchor(cursor: &Cursor<'_>, report: &mut Report) -> Option<Anchor> {
    let fields = cursor.table(report)?;
    fields.only(report, &["score", "title"]);
    let score = fields.need(report, "score", "a score of the scale");
    let score = score.and_then(|c| c.score(report));
    let title = fields.need(report, "title", TEXT_ALLOWED);
    let title = title.and_then(|c| c.text(report));
    Some(Anchor {
        score: score?,
        title: title?,
    })
}

fn wording(fields: &Fields<'_>, _: &Calendars, report: &mut Report) -> Option<Requirement> {
    fields.only(report, &["kind", "languages"]);
    let languages = fields.need(report, "languages", "a table [requirement.languages.nl]");
    let languages = languages.and_then(|c| c.table(report))?;
    let mut rules = BTreeMap::new();
    let names = languages.names();
    for name in &names {
        let field = languages.get(report, name)?;
        if let Some(read) = wording_rules(&field, name, report) {
            rules.insert((*name).to_owned(), read);
        }
    }
    (rules.len() == names.len()).then_some(Requirement::Wording(Wording { languages: rules }))
}

fn wording_rules(cursor: &Cursor<'_>, language: &str, report: &mut Report) -> Option<WordingRules> {
    let fields = cursor.table(report)?;
    fields.only(
        report,
        &[
            "address",
            "greeting",
            "any_greeting",
            "closing",
            "any_closing",
            "apology",
            "gratitude",
            "please",
            "please_first",
            "required",
            "forbidden",
            "sentence_words_max",
            "reading_ease_min",
        ],
    );
    let address = fields.optional(report, "address", |c, r| address(c, language, r));
    let greeting = fields.or(report, "greeting", Vec::new(), Cursor::strings);
    let closing = fields.or(report, "closing", Vec::new(), Cursor::strings);
    let any_greeting = fields.or(report, "any_greeting", false, Cursor::boolean);
    let any_closing = fields.or(report, "any_closing", false, Cursor::boolean);
    let mut courtesy = |name: &str| fields.optional(report, name, |c, r| c.word(r, &COURTESIES));
    let [apology, gratitude] = [courtesy("apology"), courtesy("gratitude")];
    let [please, please_first] = [courtesy("please"), courtesy("please_first")];
    let required = fields.or(report, "required", Vec::new(), Cursor::strings);
    let forbidden = fields.or(report, "forbidden", Vec::new(), Cursor::strings);
    let sentence = fields.optional(report, "sentence_words_max", |c, r| c.count(r, 1));
    let ease = fields.optional(report, "reading_ease_min", Cursor::number);
    Some(WordingRules {
        address: address.ok()?,
        greeting: greeting?,
        any_greeting: any_greeting?,
        closing: closing?,
        any_closing: any_closing?,
        apology: apology.ok()?,
        gratitude: gratitude.ok()?,
        please: please.ok()?,
        please_first: please_first.ok()?,
        required: required?,
        forbidden: forbidden?,
        sentence_words_max: sentence.ok()?,
        reading_ease_min: ease.ok()?,
    })
}

const COURTESIES: [(&str, Courtesy); 2] = [
    ("required", Courtesy::Required),
    ("forbidden", Courtesy::Forbidden),
];

/// `u` or `je` in Dutch, and so on.
fn address(cursor: &Cursor<'_>, language: &str, report: &mut Report) -> Option<Address> {
    let Some((formal, informal)) = Address::words_of(language) else {
        let message = format!("`{language}` has no formal and informal address");
        cursor.wrong(report, &message, "an address in nl, fr or de");
        return None;
    };
    let words = [(formal, Address::Formal), (informal, Address::Informal)];
    cursor.word(report, &words)
}

fn sequence(fields: &Fields<'_>, _: &Calendars, report: &mut Report) -> Option<Requirement> {
    fields.only(report, &["kind", "steps"]);
    let steps = fields.need(report, "steps", r#"a list such as ["bun", "sauce"]"#)?;
    let steps = steps.strings(report)?;
    Some(Requirement::Sequence(Sequence { steps }))
}

/// Reads every element of a list before it gives up.
fn each<'d, T>(
    cursor: &Cursor<'d>,
    report: &mut Report,
    read: fn(&Cursor<'d>, &mut Report) -> Option<T>,
) -> Option<Vec<T>> {
    let elements = cursor.list(report)?;
    let values: Vec<Option<T>> = elements.iter().map(|c| read(c, report)).collect();
    values.into_iter().collect()
}
