//! `[[aggregate]]`: numbers per unit and period from elsewhere.
//!
//! Invariant: the form follows from the keys that are given, and exactly one form is. Every form
//! but a covariate's `value` carries its n.

use evenkeel_foundation::{CovariateId, IdError, InstrumentId, ItemId, PartyId, StandardId};

use super::pick::{self, ColumnName};
use super::reader::{Located, Table};

/// An item, with its instrument where `[instrument]` does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemName {
    /// The instrument.
    pub instrument: Option<InstrumentId>,
    /// The item.
    pub item: ItemId,
}

/// What a number is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An item of an instrument.
    Item(ItemName),
    /// The item that `[sheet_items]` gives the sheet.
    Sheet,
    /// A standard: how often it was kept.
    Standard(StandardId),
    /// A figure with numerator and denominator, such as absence.
    Figure(String),
    /// A number without n.
    Covariate(CovariateId),
    /// How many were asked and how many answered.
    Invitations(InstrumentId),
}

/// The columns of one form.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Mean, n and where known the standard deviation.
    Mean {
        /// The mean.
        mean: ColumnName,
        /// How many answers.
        n: ColumnName,
        /// The standard deviation of answers.
        sd: Option<ColumnName>,
    },
    /// The share of each answer, and n.
    Shares {
        /// Answer → column.
        answers: Vec<(String, ColumnName)>,
        /// How many answers.
        n: ColumnName,
        /// Whether shares without a percent sign are percentages.
        percent: bool,
    },
    /// The number of each answer.
    Counts {
        /// Answer → column.
        answers: Vec<(String, ColumnName)>,
    },
    /// How many looks, and how many of them kept or deviated (standards).
    Kept {
        /// How many looks.
        total: ColumnName,
        /// How many deviated or were kept.
        part: ColumnName,
        /// Whether `part` counts those that were kept.
        part_is_kept: bool,
    },
    /// Numerator and denominator.
    Rate {
        /// The numerator; for invitations those who answered.
        numerator: ColumnName,
        /// The denominator; for invitations those who were asked.
        denominator: ColumnName,
    },
    /// A number without n.
    Value {
        /// The number.
        value: ColumnName,
        /// Its weight among units.
        weight: Option<ColumnName>,
    },
}

impl Form {
    /// The word in the table.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Mean { .. } => "mean",
            Self::Shares { .. } => "shares",
            Self::Counts { .. } | Self::Kept { .. } => "counts",
            Self::Rate { .. } => "rate",
            Self::Value { .. } => "value",
        }
    }
}

/// One number of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateRule {
    /// What it is about.
    pub subject: Located<Subject>,
    /// Whose it is; `[party]`, then that of the instrument if none.
    pub party: Option<Located<PartyId>>,
    /// Its columns.
    pub form: Form,
    /// Texts that mean "no value" here, besides those that mean it everywhere.
    pub missing: Vec<String>,
    /// Whether several rows of one unit and period are added up; otherwise a second one is wrong.
    pub sum: bool,
    /// Means and values are multiplied by this first …
    pub scale_factor: f64,
    /// … and then this is added.
    pub offset: f64,
}

pub(super) fn read(table: Table<'_>) -> Option<AggregateRule> {
    let subject = subject(&table);
    let form = form(&table, subject.as_ref().map(|s| &s.value));
    let party = id(&table, "party", PartyId::parse);
    let missing = pick::missing(&table);
    let sum = table.word("combine", &[("sum", true)]).unwrap_or(false);
    let addable = matches!(
        form,
        Some(Form::Counts { .. } | Form::Kept { .. } | Form::Rate { .. }) | None
    );
    if sum && !addable {
        table.problem(
            "combine",
            "only counts can be added up",
            "sum",
            "counts, total, numerator and denominator",
        );
    }
    let scale_factor = table.number("scale_factor").unwrap_or(1.0);
    let offset = table.number("offset").unwrap_or(0.0);
    table.finish();
    Some(AggregateRule {
        subject: subject?,
        party,
        form: form?,
        missing,
        sum,
        scale_factor,
        offset,
    })
}

pub(super) fn id<T>(
    table: &Table<'_>,
    name: &'static str,
    parse: impl Fn(&str) -> Result<T, IdError>,
) -> Option<Located<T>> {
    let text = table.text(name)?;
    match parse(&text.value) {
        Ok(id) => Some(text.with(id)),
        Err(error) => {
            table.problem(name, error.to_string(), "", "");
            None
        }
    }
}

const SUBJECTS: &str = "item:ITEM, item:INSTRUMENT/ITEM, sheet, standard:ID, figure:ID, covariate:ID, invitations:INSTRUMENT";

fn subject(table: &Table<'_>) -> Option<Located<Subject>> {
    let Some(text) = table.text("subject") else {
        if !table.has("subject") {
            table.problem("subject", "this is needed", "", SUBJECTS);
        }
        return None;
    };
    let (kind, name) = text.value.split_once(':').unwrap_or((&text.value, ""));
    let parsed = match (kind, name) {
        ("sheet", "") => Ok(Subject::Sheet),
        ("item", name) => item_name(name).map(Subject::Item),
        ("standard", name) => StandardId::parse(name).map(Subject::Standard),
        ("figure", name) => evenkeel_foundation::IndicatorId::parse(name)
            .map(|id| Subject::Figure(id.as_str().to_owned())),
        ("covariate", name) => CovariateId::parse(name).map(Subject::Covariate),
        ("invitations", name) => InstrumentId::parse(name).map(Subject::Invitations),
        _ => {
            table.problem(
                "subject",
                "a number cannot be about this",
                &text.value,
                SUBJECTS,
            );
            return None;
        }
    };
    match parsed {
        Ok(subject) => Some(text.with(subject)),
        Err(error) => {
            table.problem("subject", error.to_string(), &text.value, SUBJECTS);
            None
        }
    }
}

fn item_name(text: &str) -> Result<ItemName, IdError> {
    let (instrument, item) = match text.split_once('/') {
        Some((instrument, item)) => (Some(InstrumentId::parse(instrument)?), item),
        None => (None, text),
    };
    Ok(ItemName {
        instrument,
        item: ItemId::parse(item)?,
    })
}

/// `[sheet_items] Q2 = "item:fevs/encouraged"`, or only the item.
pub(super) fn sheet_items(table: &Table<'_>) -> Vec<(String, Located<ItemName>)> {
    let mut sheets = Vec::new();
    for (sheet, item) in table.free_scalars() {
        match item_name(item.value.strip_prefix("item:").unwrap_or(&item.value)) {
            Ok(name) => sheets.push((sheet, item.with(name))),
            Err(error) => table.problem(&sheet, error.to_string(), "", "item:INSTRUMENT/ITEM"),
        }
    }
    sheets
}

/// The keys that decide the form.
const FORMS: [&str; 6] = ["mean", "shares", "counts", "total", "numerator", "value"];

fn form(table: &Table<'_>, subject: Option<&Subject>) -> Option<Form> {
    let given: Vec<&str> = FORMS.into_iter().filter(|key| table.has(key)).collect();
    let column = |name| pick::column(table, name);
    let needed = |name: &'static str, why: &str| {
        let found = pick::column(table, name);
        if found.is_none() && !table.has(name) {
            table.problem(
                name,
                format!("this is needed: {why}"),
                "",
                "a column of the file",
            );
        }
        found
    };
    let (n, sd, weight) = (column("n"), column("sd"), column("weight"));
    let (deviated, kept) = (column("deviated"), column("kept"));
    let percent = table.flag("percent");
    let denominator = column("denominator");
    let form = match given.as_slice() {
        ["mean"] => Some(Form::Mean {
            mean: column("mean")?,
            n: n.or_else(|| needed("n", "a mean without n is a covariate"))?,
            sd,
        }),
        ["shares"] => Some(Form::Shares {
            answers: answers(table, "shares"),
            n: n.or_else(|| needed("n", "shares without n have no interval"))?,
            percent: percent.unwrap_or(false),
        }),
        ["counts"] => Some(Form::Counts {
            answers: answers(table, "counts"),
        }),
        ["total"] => {
            let total = column("total")?;
            match (deviated, kept) {
                (Some(part), None) => Some(Form::Kept {
                    total,
                    part,
                    part_is_kept: false,
                }),
                (None, Some(part)) => Some(Form::Kept {
                    total,
                    part,
                    part_is_kept: true,
                }),
                _ => {
                    table.problem(
                        "total",
                        "a total needs its part",
                        "",
                        "deviated or kept, one of them",
                    );
                    None
                }
            }
        }
        ["numerator"] => Some(Form::Rate {
            numerator: column("numerator")?,
            denominator: denominator
                .or_else(|| needed("denominator", "a numerator alone says nothing"))?,
        }),
        ["value"] => Some(Form::Value {
            value: column("value")?,
            weight,
        }),
        [] => {
            table.problem("", "this has no numbers", "", FORMS.join(", "));
            None
        }
        several => {
            table.problem(
                "",
                "these are the keys of different forms",
                several.join(", "),
                "one form",
            );
            None
        }
    }?;
    fits(table, &form, subject?).then_some(form)
}

fn answers(table: &Table<'_>, name: &'static str) -> Vec<(String, ColumnName)> {
    let Some(answers) = table.table(name) else {
        return Vec::new();
    };
    let entries = answers.free_texts();
    if entries.is_empty() {
        table.problem(name, "no answer is named", "", "{ \"5\" = \"column\", … }");
    }
    entries
        .into_iter()
        .map(|(answer, texts)| (answer, texts.into()))
        .collect()
}

/// Whether this subject can have numbers of this form.
fn fits(table: &Table<'_>, form: &Form, subject: &Subject) -> bool {
    let allowed = match subject {
        Subject::Item(_) | Subject::Sheet => "mean + n, shares + n, counts",
        Subject::Standard(_) => "total + deviated, total + kept",
        Subject::Figure(_) | Subject::Invitations(_) => "numerator + denominator",
        Subject::Covariate(_) => "value",
    };
    let fit = matches!(
        (subject, form),
        (
            Subject::Item(_) | Subject::Sheet,
            Form::Mean { .. } | Form::Shares { .. } | Form::Counts { .. }
        ) | (Subject::Standard(_), Form::Kept { .. })
            | (
                Subject::Figure(_) | Subject::Invitations(_),
                Form::Rate { .. }
            )
            | (Subject::Covariate(_), Form::Value { .. })
    );
    if !fit {
        table.problem(
            "subject",
            "this subject has numbers of another form",
            form.as_str(),
            allowed,
        );
    }
    fit
}
