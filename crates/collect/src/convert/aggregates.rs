//! Rows of `aggregates`: the numbers of a unit and period.
//!
//! Invariant: a number that cannot be (shares that add up to 130 %, more deviations than looks, a
//! mean outside the scale) is a fault. For one subject, unit, party, period and segment a file says
//! one thing: a second row is a fault, unless the mapping adds them up. Sums are written at the end
//! of the file; they hold one entry a subject, unit and period.

use std::collections::{BTreeMap, HashMap};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use evenkeel_facts::aggregates_schema;
use evenkeel_foundation::{Instrument, Item, Period, Scale};

use super::figures::{About, AnswerName, FigureRows, Figures};
use super::rows::{Missing, Rows};
use super::units::{UnitPlaces, Units};
use super::words::{Places, Words};
use crate::agreed::Agreed;
use crate::hash::RowHash;
use crate::mapping::{AggregateRule, ColumnName, Form, ItemName, Mapping, Pick, Subject};
use crate::source::{RawBatch, Section};

/// How far the sum of published shares may be from 1, per answer: they are rounded, at worst to
/// whole percents.
const SHARE_ROUNDING: f64 = 0.006;

/// Turns rows into aggregates.
#[derive(Debug)]
pub(crate) struct Aggregates<'m> {
    mapping: &'m Mapping,
    agreed: &'m Agreed,
    pub schema: SchemaRef,
    rules: Vec<Rule<'m>>,
    party: Option<(&'m Pick, Words)>,
    segment: Option<(&'m str, &'m Pick, Words)>,
    /// What was said already → the line that said it.
    said: HashMap<u128, u64>,
    sums: BTreeMap<SumKey, (About, Figures, Vec<AnswerName>)>,
    import_id: String,
}

#[derive(Debug)]
struct Rule<'m> {
    rule: &'m AggregateRule,
    field: String,
    missing: Missing,
}

/// The order in which sums are written: rules, units, periods, then the rest.
type SumKey = (usize, String, Period, u128);

/// What one batch says.
pub(crate) struct AggregateRows {
    /// Per rule, per row.
    figures: Vec<Vec<Option<Figures>>>,
    parties: Option<Places>,
    segments: Option<Places>,
}

impl AggregateRows {
    /// Whether a row has any number.
    pub(crate) fn has_values(&self, row: usize) -> bool {
        self.figures.iter().any(|figures| figures[row].is_some())
    }
}

impl<'m> Aggregates<'m> {
    pub(crate) fn new(mapping: &'m Mapping, agreed: &'m Agreed, import_id: &str) -> Self {
        let everywhere = &mapping.missing;
        let words = |field: &str, pick: &Pick, values: Vec<String>| match pick {
            Pick::Constant(_) => {
                Words::closed(field, values, true, BTreeMap::new(), Missing::default())
            }
            Pick::Column(pick) => {
                let missing = Missing::new(everywhere, &pick.missing);
                Words::closed(field, values, true, pick.map.clone(), missing)
            }
        };
        let parties = agreed
            .foundation
            .parties
            .keys()
            .map(|id| id.as_str().to_owned());
        let segment = mapping.attributes.first().and_then(|rule| {
            let attribute = agreed.foundation.attribute(&rule.id.value)?;
            let values = attribute.values.iter().map(|value| value.id.clone());
            let field = format!("attributes.{}", attribute.id);
            Some((
                attribute.id.as_str(),
                &rule.pick,
                words(&field, &rule.pick, values.collect()),
            ))
        });
        let rules = mapping.aggregates.iter().map(|rule| Rule {
            rule,
            field: field_of(&rule.subject.value),
            missing: Missing::new(everywhere, &rule.missing),
        });
        Self {
            schema: aggregates_schema(),
            rules: rules.collect(),
            party: mapping
                .party
                .as_ref()
                .map(|pick| (pick, words("party", pick, parties.collect()))),
            segment,
            said: HashMap::new(),
            sums: BTreeMap::new(),
            import_id: import_id.to_owned(),
            mapping,
            agreed,
        }
    }

    /// Reads the numbers of a batch.
    pub(crate) fn read(&mut self, rows: &mut Rows<'_>) -> AggregateRows {
        let section = &rows.batch.section;
        let mut figures = Vec::with_capacity(self.rules.len());
        for rule in &self.rules {
            let item = self.item_of(rule.rule, section).map(|(_, item)| item);
            figures.push(rule.read(rows, item));
        }
        let mut places = |picked: Option<(&'m Pick, &mut Words)>| match picked {
            None => None,
            Some((Pick::Constant(constant), words)) => {
                Some(vec![
                    words.place(&constant.value).ok().flatten();
                    rows.len()
                ])
            }
            Some((Pick::Column(pick), words)) => Some(words.column(rows, pick)),
        };
        let parties = places(self.party.as_mut().map(|(pick, words)| (*pick, words)));
        let segments = places(self.segment.as_mut().map(|(_, pick, words)| (*pick, words)));
        AggregateRows {
            figures,
            parties,
            segments,
        }
    }

    /// What makes a row the same as another where the mapping names no key: sheet, unit, period,
    /// party and segment.
    pub(crate) fn row_key(
        &self,
        read: &AggregateRows,
        row: usize,
        section: &Section,
        unit: &str,
        period: Period,
    ) -> u128 {
        let mut hash = RowHash::new();
        hash.cell(section.sheet.as_deref().unwrap_or("").as_bytes());
        said_cells(&mut hash, read, row, unit, period);
        hash.finish()
    }

    /// Says which rows say again what was said. Only rows that are right so far are looked at.
    pub(crate) fn check_said(
        &mut self,
        rows: &mut Rows<'_>,
        read: &AggregateRows,
        units: &Units<'_>,
        places: &UnitPlaces,
        periods: &[Option<Period>],
        keep: &mut [bool],
    ) {
        for row in 0..rows.len() {
            let (true, Some(unit), Some(period)) = (keep[row], places[row], periods[row]) else {
                continue;
            };
            let mut own: Vec<u128> = Vec::new();
            let mut said_on = None;
            for (at, rule) in self.rules.iter().enumerate() {
                if rule.rule.sum || read.figures[at][row].is_none() {
                    continue;
                }
                let key = self.key(at, read, row, &rows.batch.section, units.id(unit), period);
                said_on = said_on.or_else(|| self.said.get(&key).map(|line| (*line, at)));
                own.push(key);
            }
            if let Some((line, at)) = said_on {
                keep[row] = false;
                let field = self.rules[at].field.clone();
                let message = format!("line {line} says this already");
                let found = format!("unit {}, period {period}", units.id(unit));
                rows.fault(
                    row,
                    None,
                    &field,
                    &message,
                    &found,
                    "one row a unit and period; or combine = \"sum\"",
                );
                continue;
            }
            let line = rows.batch.lines[row];
            self.said.extend(own.into_iter().map(|key| (key, line)));
        }
    }

    /// A hash of what one rule says of one row.
    fn key(
        &self,
        rule: usize,
        read: &AggregateRows,
        row: usize,
        section: &Section,
        unit: &str,
        period: Period,
    ) -> u128 {
        let mut hash = RowHash::new();
        let sheet = match self.rules[rule].rule.subject.value {
            Subject::Sheet => section.sheet.as_deref().unwrap_or(""),
            _ => "",
        };
        hash.cell(&rule.to_le_bytes());
        hash.cell(sheet.as_bytes());
        said_cells(&mut hash, read, row, unit, period);
        hash.finish()
    }

    /// The batch of the rows that are kept; what is added up waits for the end. Rows of the file
    /// before `skip_before` are staged already; sums need them all the same.
    #[allow(clippy::too_many_arguments)] // everything that was read of one batch
    pub(crate) fn finish(
        &mut self,
        batch: &RawBatch,
        read: &AggregateRows,
        units: &Units<'_>,
        places: &UnitPlaces,
        periods: &[Option<Period>],
        keep: &[bool],
        skip_before: u64,
        received_at: i64,
    ) -> Result<RecordBatch, arrow::error::ArrowError> {
        let section = batch.section.as_ref();
        let mut table = FigureRows::default();
        for at in 0..self.rules.len() {
            let answers = self.answer_names(at, section);
            for (row, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
                let (Some(figures), Some(unit), Some(period)) =
                    (&read.figures[at][row], places[row], periods[row])
                else {
                    continue;
                };
                let about = self.about(at, read, row, section, units.id(unit), period);
                if !self.rules[at].rule.sum {
                    if batch.rows[row] >= skip_before {
                        table.add(&about, figures, &answers);
                    }
                    continue;
                }
                let key = self.key(at, read, row, section, units.id(unit), period);
                let key = (at, about.unit.clone(), period, key);
                match self.sums.get_mut(&key) {
                    Some((_, sum, _)) => sum.add(figures),
                    None => {
                        self.sums
                            .insert(key, (about, figures.clone(), answers.clone()));
                    }
                }
            }
        }
        table.finish(&self.schema, &self.import_id, received_at)
    }

    /// What was added up, at the end of the file.
    pub(crate) fn take_sums(
        &mut self,
        received_at: i64,
    ) -> Result<Option<RecordBatch>, arrow::error::ArrowError> {
        if self.sums.is_empty() {
            return Ok(None);
        }
        let mut table = FigureRows::default();
        for (about, figures, answers) in std::mem::take(&mut self.sums).into_values() {
            table.add(&about, &figures, &answers);
        }
        table
            .finish(&self.schema, &self.import_id, received_at)
            .map(Some)
    }

    fn about(
        &self,
        at: usize,
        read: &AggregateRows,
        row: usize,
        section: &Section,
        unit: &str,
        period: Period,
    ) -> About {
        let rule = self.rules[at].rule;
        let named = |places: &Option<Places>, words: &Words| {
            let place = places.as_ref().and_then(|places| places[row]);
            place.map(|place| words.value(place).to_owned())
        };
        let (kind, instrument, subject) = match &rule.subject.value {
            Subject::Item(_) | Subject::Sheet => {
                let (instrument, item) = self
                    .item_of(rule, section)
                    .map_or((None, String::new()), |(i, item)| {
                        (Some(i), item.id.to_string())
                    });
                ("item", instrument, item)
            }
            Subject::Standard(id) => ("standard", None, id.to_string()),
            Subject::Figure(id) => ("figure", None, id.clone()),
            Subject::Covariate(id) => ("covariate", None, id.to_string()),
            Subject::Invitations(id) => {
                let instrument = self.agreed.foundation.instrument(id);
                ("invitations", instrument, id.to_string())
            }
        };
        let of_rule = rule.party.as_ref().map(|party| party.value.to_string());
        let of_mapping = || {
            self.party
                .as_ref()
                .and_then(|(_, words)| named(&read.parties, words))
        };
        let of_instrument = || instrument.map(|instrument| instrument.party.to_string());
        let segment = self.segment.as_ref();
        let value = segment.and_then(|(_, _, words)| named(&read.segments, words));
        About {
            subject_kind: kind,
            subject,
            party: of_rule.or_else(of_mapping).or_else(of_instrument),
            instrument: instrument.map(|instrument| instrument.id.to_string()),
            unit: unit.to_owned(),
            period,
            attribute: value
                .as_ref()
                .and(segment.map(|(id, _, _)| (*id).to_owned())),
            attribute_value: value,
        }
    }

    /// The item of a rule in a section.
    fn item_of(
        &self,
        rule: &AggregateRule,
        section: &Section,
    ) -> Option<(&'m Instrument, &'m Item)> {
        let name: &ItemName = match &rule.subject.value {
            Subject::Item(name) => name,
            Subject::Sheet => &self.mapping.item_of_sheet(section.sheet.as_deref()?)?.value,
            _ => return None,
        };
        let id =
            name.instrument
                .as_ref()
                .or(self.mapping.instrument.as_ref().map(|id| &id.value))?;
        let instrument = self.agreed.foundation.instrument(id)?;
        Some((instrument, instrument.item(name.item.as_str())?))
    }

    fn answer_names(&self, at: usize, section: &Section) -> Vec<AnswerName> {
        let rule = self.rules[at].rule;
        let (Form::Shares { answers, .. } | Form::Counts { answers }) = &rule.form else {
            return Vec::new();
        };
        let scale = self.item_of(rule, section).map(|(_, item)| &item.scale);
        let name = |answer: &String| match scale {
            Some(Scale::Rating { .. }) => AnswerName {
                answer: answer.parse().ok(),
                label: None,
            },
            Some(Scale::Boolean) => AnswerName {
                answer: Some(i32::from(answer == "true")),
                label: Some(answer.clone()),
            },
            _ => AnswerName {
                answer: None,
                label: Some(answer.clone()),
            },
        };
        answers.iter().map(|(answer, _)| name(answer)).collect()
    }
}

fn said_cells(hash: &mut RowHash, read: &AggregateRows, row: usize, unit: &str, period: Period) {
    hash.cell(unit.as_bytes());
    hash.cell(period.label().as_bytes());
    for places in [&read.parties, &read.segments] {
        let place = places.as_ref().and_then(|places| places[row]).unwrap_or(-1);
        hash.cell(&place.to_le_bytes());
    }
}

fn field_of(subject: &Subject) -> String {
    match subject {
        Subject::Item(name) => format!("item:{}", name.item),
        Subject::Sheet => "item of the sheet".to_owned(),
        Subject::Standard(id) => format!("standard:{id}"),
        Subject::Figure(id) => format!("figure:{id}"),
        Subject::Covariate(id) => format!("covariate:{id}"),
        Subject::Invitations(id) => format!("invitations:{id}"),
    }
}

impl Rule<'_> {
    fn numbers(&self, rows: &mut Rows<'_>, column: &ColumnName, percent: bool) -> Vec<Option<f64>> {
        rows.numbers(column, &self.field, &self.missing, percent)
    }

    fn fault(
        &self,
        rows: &mut Rows<'_>,
        row: usize,
        column: &ColumnName,
        message: &str,
        found: f64,
        allowed: &str,
    ) {
        let (_, name, _) = rows.column(column);
        rows.fault(
            row,
            Some(name),
            &self.field,
            message,
            &found.to_string(),
            allowed,
        );
    }

    /// Whole numbers from 0 on.
    fn counts(&self, rows: &mut Rows<'_>, column: &ColumnName) -> Vec<Option<f64>> {
        let numbers = self.numbers(rows, column, false);
        for (row, number) in numbers.iter().enumerate() {
            if let Some(n) = number.filter(|n| *n < 0.0 || n.fract() != 0.0) {
                self.fault(
                    rows,
                    row,
                    column,
                    "this is no count",
                    n,
                    "a whole number from 0 on",
                );
            }
        }
        numbers
    }

    fn read(&self, rows: &mut Rows<'_>, item: Option<&Item>) -> Vec<Option<Figures>> {
        match &self.rule.form {
            Form::Mean { mean, n, sd } => self.means(rows, mean, n, sd.as_ref(), item),
            Form::Shares {
                answers,
                n,
                percent,
            } => self.shares(rows, answers, n, *percent),
            Form::Counts { answers } => {
                let columns: Vec<_> = answers
                    .iter()
                    .map(|(_, column)| self.counts(rows, column))
                    .collect();
                (0..rows.len())
                    .map(|row| {
                        columns.iter().any(|column| column[row].is_some()).then(|| {
                            let counts: Vec<f64> =
                                columns.iter().map(|c| c[row].unwrap_or(0.0)).collect();
                            let n = counts.iter().sum::<f64>() as i64;
                            Figures::Answers {
                                counts,
                                n,
                                from_shares: false,
                            }
                        })
                    })
                    .collect()
            }
            Form::Kept {
                total,
                part,
                part_is_kept,
            } => self.kept(rows, total, part, *part_is_kept),
            Form::Rate {
                numerator,
                denominator,
            } => self.rates(rows, numerator, denominator),
            Form::Value { value, weight } => {
                let values = self.numbers(rows, value, false);
                let weights = weight
                    .as_ref()
                    .map(|weight| self.numbers(rows, weight, false));
                let scaled = |value: f64| value * self.rule.scale_factor + self.rule.offset;
                let figures = values.into_iter().enumerate().map(|(row, value)| {
                    let weight = weights.as_ref().and_then(|weights| weights[row]);
                    value.map(|value| Figures::Value {
                        value: scaled(value),
                        weight,
                    })
                });
                figures.collect()
            }
        }
    }

    fn means(
        &self,
        rows: &mut Rows<'_>,
        mean: &ColumnName,
        n: &ColumnName,
        sd: Option<&ColumnName>,
        item: Option<&Item>,
    ) -> Vec<Option<Figures>> {
        let means = self.numbers(rows, mean, false);
        let ns = self.counts(rows, n);
        let sds = sd.map(|sd| (sd, self.numbers(rows, sd, false)));
        let (lowest, highest, scale) = match item.map(|item| &item.scale) {
            Some(scale @ Scale::Rating { min, max }) => {
                (f64::from(*min), f64::from(*max), scale.to_string())
            }
            Some(scale @ Scale::Number { min, max }) => (
                min.unwrap_or(f64::NEG_INFINITY),
                max.unwrap_or(f64::INFINITY),
                scale.to_string(),
            ),
            _ => (f64::NEG_INFINITY, f64::INFINITY, String::new()),
        };
        let mut figures = Vec::with_capacity(means.len());
        for (row, value) in means.into_iter().enumerate() {
            let Some(value) = value else {
                figures.push(None);
                continue;
            };
            let value = value * self.rule.scale_factor + self.rule.offset;
            if value < lowest || value > highest {
                self.fault(
                    rows,
                    row,
                    mean,
                    "this mean lies outside the scale",
                    value,
                    &scale,
                );
            }
            let count = ns[row].filter(|n| *n >= 1.0);
            if count.is_none() && !rows.is_bad(row) {
                self.fault(
                    rows,
                    row,
                    n,
                    "a mean needs its n",
                    ns[row].unwrap_or(0.0),
                    "a whole number from 1 on",
                );
            }
            let sd = sds
                .as_ref()
                .and_then(|(column, sds)| sds[row].map(|sd| (column, sd)));
            if let Some((column, sd)) = sd.filter(|(_, sd)| *sd < 0.0) {
                self.fault(
                    rows,
                    row,
                    column,
                    "this is no standard deviation",
                    sd,
                    "a number from 0 on",
                );
            }
            figures.push(count.map(|n| Figures::Mean {
                mean: value,
                n: n as i64,
                sd: sd.map(|(_, sd)| sd * self.rule.scale_factor.abs()),
            }));
        }
        figures
    }

    fn shares(
        &self,
        rows: &mut Rows<'_>,
        answers: &[(String, ColumnName)],
        n: &ColumnName,
        percent: bool,
    ) -> Vec<Option<Figures>> {
        let columns: Vec<_> = answers
            .iter()
            .map(|(_, column)| self.numbers(rows, column, percent))
            .collect();
        let ns = self.counts(rows, n);
        let tolerance = SHARE_ROUNDING * answers.len() as f64;
        let mut figures = Vec::with_capacity(ns.len());
        for (row, n_said) in ns.iter().enumerate() {
            if columns.iter().all(|column| column[row].is_none()) || rows.is_bad(row) {
                figures.push(None);
                continue;
            }
            let shares: Vec<f64> = columns
                .iter()
                .map(|column| column[row].unwrap_or(0.0))
                .collect();
            let total: f64 = shares.iter().sum();
            if (total - 1.0).abs() > tolerance
                || shares.iter().any(|share| !(0.0..=1.0).contains(share))
            {
                let allowed =
                    "shares of one question, 1 in sum; percent = true for 26.2 without a sign";
                self.fault(
                    rows,
                    row,
                    &answers[0].1,
                    "these shares do not add up to 1",
                    total,
                    allowed,
                );
            }
            let Some(count) = n_said.filter(|n| *n >= 1.0) else {
                self.fault(
                    rows,
                    row,
                    n,
                    "shares need their n",
                    n_said.unwrap_or(0.0),
                    "a whole number from 1 on",
                );
                figures.push(None);
                continue;
            };
            figures.push(Some(Figures::Answers {
                counts: shares.iter().map(|share| share * count).collect(),
                n: count as i64,
                from_shares: true,
            }));
        }
        figures
    }

    fn kept(
        &self,
        rows: &mut Rows<'_>,
        total: &ColumnName,
        part: &ColumnName,
        part_is_kept: bool,
    ) -> Vec<Option<Figures>> {
        let totals = self.counts(rows, total);
        let parts = self.counts(rows, part);
        let mut figures = Vec::with_capacity(totals.len());
        for (row, pair) in totals.into_iter().zip(parts).enumerate() {
            figures.push(match pair {
                (Some(all), Some(some)) if some > all => {
                    let allowed = format!("at most {all}");
                    self.fault(
                        rows,
                        row,
                        part,
                        "the part is larger than the total",
                        some,
                        &allowed,
                    );
                    None
                }
                (Some(all), Some(some)) if all > 0.0 => {
                    let (kept, deviated) = if part_is_kept {
                        (some, all - some)
                    } else {
                        (all - some, some)
                    };
                    Some(Figures::Kept { kept, deviated })
                }
                (Some(all), None) if all > 0.0 && !rows.is_bad(row) => {
                    self.fault(
                        rows,
                        row,
                        part,
                        "a total needs its part",
                        all,
                        "a whole number from 0 on",
                    );
                    None
                }
                _ => None,
            });
        }
        figures
    }

    fn rates(
        &self,
        rows: &mut Rows<'_>,
        numerator: &ColumnName,
        denominator: &ColumnName,
    ) -> Vec<Option<Figures>> {
        let numerators = self.numbers(rows, numerator, false);
        let denominators = self.numbers(rows, denominator, false);
        let mut figures = Vec::with_capacity(numerators.len());
        for (row, pair) in numerators.into_iter().zip(denominators).enumerate() {
            figures.push(match pair {
                (Some(over), Some(under)) if over < 0.0 || under < 0.0 => {
                    let (column, number) = if over < 0.0 {
                        (numerator, over)
                    } else {
                        (denominator, under)
                    };
                    self.fault(
                        rows,
                        row,
                        column,
                        "this is no part of a rate",
                        number,
                        "a number from 0 on",
                    );
                    None
                }
                (Some(over), Some(under)) if under > 0.0 => {
                    if over > under && matches!(self.rule.subject.value, Subject::Invitations(_)) {
                        rows.warn(&format!("{}: more answered than were asked", self.field));
                    }
                    Some(Figures::Rate {
                        numerator: over,
                        denominator: under,
                    })
                }
                _ => None,
            });
        }
        figures
    }
}
