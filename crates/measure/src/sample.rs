//! A sample as its design sees it: base-weighted totals by sampling unit and cell.
//!
//! Cells are the combinations of values of some attributes. The sampling unit of a row is what the
//! file named (`psu`, within its `stratum`), else its person, else the row.
//!
//! Invariant: rows that lack a value of one of the attributes are counted as left out, never put
//! in a cell of their own; rows without an answer are not in the sample.
//! Absent on purpose: calibration (`stats`).

use std::collections::{BTreeSet, HashMap, HashSet};

use arrow::array::Array;
use evenkeel_facts::attribute_column;
use evenkeel_foundation::{AttributeId, Foundation, IndicatorId};

use crate::error::MeasureError;
use crate::hashes::hash;
use crate::history::History;
use crate::leaf::WEIGHT;
use crate::measure::Measure;
use crate::question::Window;
use crate::rows::{RowFilter, Texts};
use crate::tally::{PartValue, RESPONDENT, real_columns, reals};
use crate::variables::{Variable, Variables};

const PSU: &str = "psu";
const STRATUM: &str = "stratum";
/// Sampling units of one sample.
const PSUS_MAX: usize = 4_000_000;

/// The answers to one indicator, by sampling unit and cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample {
    /// Values of the attributes, in the order asked for, of each cell with an answer.
    pub cells: Vec<SampleCell>,
    /// Totals of each sampling unit in each cell.
    pub totals: Vec<SampleTotal>,
    /// Answers.
    pub n: u64,
    /// People behind them.
    pub respondents: u64,
    /// Answers without a value of one of the attributes.
    pub left_out: u64,
    /// Tables and versions.
    pub snapshot: String,
}

/// Answers that share all values.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleCell {
    /// Values of the attributes.
    pub values: Vec<String>,
    /// Answers.
    pub n: u64,
    /// Σ of base weights.
    pub weight: f64,
    /// Σ of their squares.
    pub squares: f64,
    /// Smallest and largest base weight.
    pub range: (f64, f64),
}

/// One sampling unit in one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleTotal {
    /// Sampling unit, 0-based.
    pub psu: usize,
    /// Its stratum, 0-based.
    pub stratum: usize,
    /// Cell, 0-based.
    pub cell: usize,
    /// Σw.
    pub weight: f64,
    /// Σw·y.
    pub weighted_sum: f64,
}

impl Measure {
    /// The sample behind an indicator over an item; `window.by` says nothing here.
    pub async fn sample(
        &self,
        foundation: &Foundation,
        history: &History,
        indicator: &IndicatorId,
        attributes: &[AttributeId],
        window: &Window,
    ) -> Result<Sample, MeasureError> {
        let of = foundation.indicator(indicator).and_then(|i| i.kind.item());
        let Some((instrument, _)) = of else {
            return Err(MeasureError::WrongQuestion {
                found: format!("weights of the answers to {indicator}"),
                allowed: "nps, top_box, mean or share of an item".to_owned(),
            });
        };
        let asked = [Variable::Indicator(indicator.clone())];
        let variables = Variables::of(foundation, instrument, &asked)?;
        let table = variables.table();
        let sources = self.sources(BTreeSet::from([table.clone()])).await?;
        let mut answer = Sample {
            snapshot: sources.label(),
            ..Sample::default()
        };
        let Some(source) = sources.get(&table) else {
            return Ok(answer);
        };
        let filter = RowFilter::new(history, window, variables.only.clone())?;
        let attributes: Vec<String> = attributes
            .iter()
            .map(|id| attribute_column(id.as_str()))
            .collect();
        let parts = variables.parts.clone();
        let mut more: Vec<(&str, bool)> = vec![
            (RESPONDENT, true),
            (PSU, true),
            (STRATUM, true),
            (WEIGHT, false),
        ];
        more.extend(attributes.iter().map(|column| (column.as_str(), true)));
        more.extend(parts.iter().map(|part| {
            let coded = matches!(&part.value, PartValue::Coded { coding, .. } if coding.is_text());
            (part.column.as_str(), coded)
        }));
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let take = move |drawn: &mut Drawn, batch: &arrow::array::RecordBatch| {
            let keep = filter.keep(batch)?;
            let values = real_columns(&parts, batch)?;
            let weights = reals(batch, WEIGHT)?;
            let (people, psus) = (Texts::of(batch, RESPONDENT)?, Texts::of(batch, PSU)?);
            let strata = Texts::of(batch, STRATUM)?;
            let words: Vec<Texts> = attributes
                .iter()
                .map(|column| Texts::of(batch, column))
                .collect::<Result<_, _>>()?;
            for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
                let weight = weights.as_ref().map_or(1.0, |weights| {
                    if weights.is_valid(row) {
                        weights.value(row)
                    } else {
                        0.0
                    }
                });
                let value = values[0][row];
                // A row of weight 0 stands for nobody, as everywhere.
                if !value.is_finite() || weight <= 0.0 {
                    continue;
                }
                let said: Option<Vec<&str>> = words.iter().map(|words| words.get(row)).collect();
                let Some(said) = said else {
                    drawn.left_out += 1;
                    continue;
                };
                let one = Answered {
                    person: people.get(row),
                    psu: psus.get(row),
                    stratum: strata.get(row).unwrap_or_default(),
                    weight,
                    value,
                };
                drawn.push(&said, &one)?;
            }
            Ok(())
        };
        let of_files = self.engine().fold(source, &columns, &hint, take).await?;
        let mut all = Drawn::default();
        for of_file in of_files {
            all.merge(of_file)?;
        }
        all.answer(&mut answer);
        Ok(answer)
    }
}

struct Answered<'a> {
    person: Option<&'a str>,
    psu: Option<&'a str>,
    stratum: &'a str,
    weight: f64,
    value: f64,
}

/// What was drawn, with cells and strata by their own numbers.
#[derive(Debug, Default)]
struct Drawn {
    cells: Vec<SampleCell>,
    /// Cells by their values, joined.
    cell_of: HashMap<String, usize>,
    /// Where values are joined, so that a row needs no text of its own.
    joined: String,
    strata: HashMap<String, usize>,
    people: HashSet<u64>,
    alone: u64,
    /// (Σw, Σwy) by sampling unit, stratum and cell.
    keyed: HashMap<(u64, usize, usize), (f64, f64)>,
    /// Rows that are a sampling unit of their own.
    rows: Vec<(usize, usize, f64, f64)>,
    left_out: u64,
}

impl Drawn {
    fn push(&mut self, values: &[&str], one: &Answered<'_>) -> Result<(), MeasureError> {
        let cell = self.cell(values);
        let of_cell = &mut self.cells[cell];
        add(
            of_cell,
            1,
            one.weight,
            one.weight * one.weight,
            (one.weight, one.weight),
        );
        let stratum = self.stratum(one.stratum);
        let person = one.person.map(|key| hash(key.as_bytes()));
        match person {
            Some(person) => {
                self.people.insert(person);
            }
            None => self.alone += 1,
        }
        let key = one.psu.map(|psu| hash(psu.as_bytes())).or(person);
        let (weight, sum) = (one.weight, one.weight * one.value);
        match key {
            Some(key) => {
                let total = self.keyed.entry((key, stratum, cell)).or_default();
                total.0 += weight;
                total.1 += sum;
            }
            None => self.rows.push((stratum, cell, weight, sum)),
        }
        if self.keyed.len() + self.rows.len() > PSUS_MAX {
            return Err(MeasureError::TooManyGroups { allowed: PSUS_MAX });
        }
        Ok(())
    }

    fn cell(&mut self, values: &[&str]) -> usize {
        self.joined.clear();
        for value in values {
            self.joined.push_str(value);
            // No value has it: values are slugs.
            self.joined.push('\0');
        }
        if let Some(&cell) = self.cell_of.get(&self.joined) {
            return cell;
        }
        self.cells.push(SampleCell {
            values: values.iter().map(|&value| value.to_owned()).collect(),
            n: 0,
            weight: 0.0,
            squares: 0.0,
            range: (f64::INFINITY, 0.0),
        });
        self.cell_of
            .insert(self.joined.clone(), self.cells.len() - 1);
        self.cells.len() - 1
    }

    fn stratum(&mut self, name: &str) -> usize {
        if let Some(&stratum) = self.strata.get(name) {
            return stratum;
        }
        let next = self.strata.len();
        self.strata.insert(name.to_owned(), next);
        next
    }

    fn merge(&mut self, other: Self) -> Result<(), MeasureError> {
        let cells: Vec<usize> = other
            .cells
            .iter()
            .map(|from| {
                let values: Vec<&str> = from.values.iter().map(String::as_str).collect();
                let cell = self.cell(&values);
                let into = &mut self.cells[cell];
                add(into, from.n, from.weight, from.squares, from.range);
                cell
            })
            .collect();
        let mut strata = vec![0; other.strata.len()];
        for (name, place) in &other.strata {
            strata[*place] = self.stratum(name);
        }
        for ((key, stratum, cell), (weight, sum)) in other.keyed {
            let key = (key, strata[stratum], cells[cell]);
            let total = self.keyed.entry(key).or_default();
            total.0 += weight;
            total.1 += sum;
        }
        let rows = other.rows.into_iter();
        self.rows
            .extend(rows.map(|(stratum, cell, w, s)| (strata[stratum], cells[cell], w, s)));
        self.people.extend(other.people);
        self.alone += other.alone;
        self.left_out += other.left_out;
        if self.keyed.len() + self.rows.len() > PSUS_MAX {
            return Err(MeasureError::TooManyGroups { allowed: PSUS_MAX });
        }
        Ok(())
    }

    fn answer(self, answer: &mut Sample) {
        answer.n = self.cells.iter().map(|cell| cell.n).sum();
        answer.respondents = self.people.len() as u64 + self.alone;
        answer.left_out = self.left_out;
        // Cells in order of their values, units in order of their number: the same every time.
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by(|&a, &b| self.cells[a].values.cmp(&self.cells[b].values));
        let mut place_of = vec![0; order.len()];
        for (place, &cell) in order.iter().enumerate() {
            place_of[cell] = place;
        }
        answer.cells = order.iter().map(|&cell| self.cells[cell].clone()).collect();
        let mut keyed: Vec<_> = self.keyed.into_iter().collect();
        keyed.sort_unstable_by_key(|((key, stratum, cell), _)| (*stratum, *key, *cell));
        let mut psu = 0;
        let mut last = None;
        for ((key, stratum, cell), (weight, weighted_sum)) in keyed {
            if last.is_some_and(|last| last != (stratum, key)) {
                psu += 1;
            }
            last = Some((stratum, key));
            answer.totals.push(SampleTotal {
                psu,
                stratum,
                cell: place_of[cell],
                weight,
                weighted_sum,
            });
        }
        let first = if last.is_some() { psu + 1 } else { 0 };
        let alone = self.rows.into_iter().enumerate();
        answer
            .totals
            .extend(
                alone.map(|(row, (stratum, cell, weight, weighted_sum))| SampleTotal {
                    psu: first + row,
                    stratum,
                    cell: place_of[cell],
                    weight,
                    weighted_sum,
                }),
            );
    }
}

fn add(into: &mut SampleCell, n: u64, weight: f64, squares: f64, range: (f64, f64)) {
    into.n += n;
    into.weight += weight;
    into.squares += squares;
    into.range = (into.range.0.min(range.0), into.range.1.max(range.1));
}
