//! Products of several variables, in replicates: what the jackknife leaves out one by one.
//!
//! Replicates are the 64 buckets that rows carry. Below
//! [`CLUSTERS_FOR_BUCKETS_MIN`](evenkeel_stats::jackknife::CLUSTERS_FOR_BUCKETS_MIN) clusters they
//! are the clusters: sampling units where rows name them, else people, else rows.
//!
//! Invariant: listwise. The replicates merge to the products over all rows that have every
//! variable. A cluster is in one replicate only.
//! Absent on purpose: the statistics (`stats`) and what is too few to show (`compare`).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use evenkeel_foundation::{Foundation, InstrumentId};
use evenkeel_stats::CoMoments;
use evenkeel_stats::jackknife::CLUSTERS_FOR_BUCKETS_MIN;

use crate::cells::{self, Values};
use crate::error::MeasureError;
use crate::hashes::hash;
use crate::history::History;
use crate::items::ITEMS_MAX;
use crate::measure::Measure;
use crate::place::Placement;
use crate::question::Window;
use crate::roll_up::place_groups;
use crate::rows::{RowFilter, Texts};
use crate::scan::Source;
use crate::tally::{Count, JointPart, PartValue, RESPONDENT, Tally, real_columns};
use crate::variables::{Variable, Variables};

/// The replicate that a row belongs to, drawn when it came in.
const BUCKET: &str = "bucket";
/// Its sampling unit.
const PSU: &str = "psu";
/// Complete rows up to which people are looked at one by one.
const SINGLE_ROWS_MAX: u64 = 500_000;

/// What the replicates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replicates {
    /// Buckets of many clusters each.
    Buckets,
    /// One cluster each.
    Clusters,
}

/// Products in replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicateProducts {
    /// One for each replicate with a complete row, in the order of the variables.
    pub parts: Vec<CoMoments>,
    /// What a replicate is.
    pub replicates: Replicates,
    /// People behind the complete rows, or a number that they are no fewer than.
    pub respondents: u64,
    /// Tables and versions.
    pub snapshot: String,
}

impl ReplicateProducts {
    /// All replicates together, of `variables` variables.
    pub fn together(&self, variables: usize) -> CoMoments {
        let mut all = CoMoments::new(variables);
        for part in &self.parts {
            all.merge(part);
        }
        all
    }
}

impl Measure {
    /// Products of several variables of one instrument, in replicates; `window.by` says nothing
    /// here.
    pub async fn replicates(
        &self,
        foundation: &Foundation,
        history: &History,
        instrument: &InstrumentId,
        variables: &[Variable],
        window: &Window,
    ) -> Result<ReplicateProducts, MeasureError> {
        if variables.len() > ITEMS_MAX {
            return Err(MeasureError::WrongQuestion {
                found: format!("products of {} variables", variables.len()),
                allowed: format!("up to {ITEMS_MAX}"),
            });
        }
        let variables = Variables::of(foundation, instrument, variables)?;
        let table = variables.table();
        let sources = self.sources(BTreeSet::from([table.clone()])).await?;
        let mut products = ReplicateProducts {
            parts: Vec::new(),
            replicates: Replicates::Clusters,
            respondents: 0,
            snapshot: sources.label(),
        };
        let Some(source) = sources.get(&table) else {
            return Ok(products);
        };
        let buckets = self.buckets(source, &variables, history, window).await?;
        let n: u64 = buckets.iter().map(CoMoments::n).sum();
        if n <= SINGLE_ROWS_MAX {
            let clusters = self.clusters(source, &variables, history, window).await?;
            products.respondents = clusters.people.len() as u64 + clusters.alone;
            if let Some(parts) = clusters.parts() {
                products.parts = parts;
                return Ok(products);
            }
        } else {
            // Nobody is in two buckets, so that people are no fewer.
            let keyed = self.engine().is_keyed(source).await?;
            products.respondents = if keyed { buckets.len() as u64 } else { n };
        }
        products.replicates = Replicates::Buckets;
        products.parts = buckets;
        Ok(products)
    }

    /// By bucket, counted and kept as any other question.
    async fn buckets(
        &self,
        source: &Source,
        variables: &Variables<'_>,
        history: &History,
        window: &Window,
    ) -> Result<Vec<CoMoments>, MeasureError> {
        let window = Window {
            by: Vec::new(),
            ..window.clone()
        };
        let mut placement = Placement::new(history, &window)?;
        let mut plan = cells::plan_of(&window, &placement);
        plan.only.extend(variables.only.iter().cloned());
        plan.by.push(BUCKET.to_owned());
        plan.counts.push(Count::Joint {
            parts: variables.parts.clone(),
        });
        let merged = self.engine().count(source, &plan).await?;
        let symbols = self.engine().symbols();
        let placed = place_groups(&merged, &plan, &window, &mut placement, symbols);
        let Some(Tally::Joint(joint)) = merged.tallies().first() else {
            return Ok(Vec::new());
        };
        let mut buckets: Vec<(Values, CoMoments)> = placed
            .cells
            .into_iter()
            .map(|((_, _, bucket), groups)| {
                let mut whole = CoMoments::new(variables.parts.len());
                for group in groups.iter() {
                    whole.merge(&joint.co_moments(group));
                }
                (bucket, whole)
            })
            .filter(|(_, moments)| moments.n() > 0)
            .collect();
        buckets.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(buckets.into_iter().map(|(_, moments)| moments).collect())
    }

    async fn clusters(
        &self,
        source: &Source,
        variables: &Variables<'_>,
        history: &History,
        window: &Window,
    ) -> Result<Singles, MeasureError> {
        let filter = RowFilter::new(history, window, variables.only.clone())?;
        let mut more: Vec<(&str, bool)> = vec![(RESPONDENT, true), (PSU, true)];
        more.extend(variables.parts.iter().map(|part| {
            let coded = matches!(&part.value, PartValue::Coded { coding, .. } if coding.is_text());
            (part.column.as_str(), coded)
        }));
        let columns = filter.columns(&source.snapshot.schema, &more);
        let hint = filter.hint();
        let parts: Arc<[JointPart]> = Arc::from(variables.parts.clone());
        let of_files = self
            .engine()
            .fold(
                source,
                &columns,
                &hint,
                move |singles: &mut Singles, batch| {
                    let keep = filter.keep(batch)?;
                    let values = real_columns(&parts, batch)?;
                    let (people, psus) = (Texts::of(batch, RESPONDENT)?, Texts::of(batch, PSU)?);
                    let mut row_values = vec![0.0; values.len()];
                    for row in (0..batch.num_rows()).filter(|&row| keep[row]) {
                        let mut complete = true;
                        for (value, column) in row_values.iter_mut().zip(&values) {
                            *value = column[row];
                            complete &= value.is_finite();
                        }
                        if complete {
                            singles.push(people.get(row), psus.get(row), &row_values);
                        }
                    }
                    Ok(())
                },
            )
            .await?;
        let mut all = Singles::default();
        for of_file in of_files {
            all.merge(of_file);
        }
        Ok(all)
    }
}

/// Complete rows by cluster, until there are too many clusters for that.
#[derive(Debug, Default)]
struct Singles {
    /// Hashes of people.
    people: std::collections::HashSet<u64>,
    /// Rows that do not say whose they are.
    alone: u64,
    clusters: HashMap<u64, CoMoments>,
    /// Rows that are a cluster of their own.
    rows: Vec<CoMoments>,
    many: bool,
}

impl Singles {
    fn push(&mut self, person: Option<&str>, psu: Option<&str>, values: &[f64]) {
        let person = person.map(|key| hash(key.as_bytes()));
        match person {
            Some(person) => {
                self.people.insert(person);
            }
            None => self.alone += 1,
        }
        if self.many {
            return;
        }
        // A sampling unit may have the name of a person's hash only by chance.
        let key = psu.map(|psu| hash(psu.as_bytes())).or(person);
        if let Some(key) = key {
            let of_cluster = self.clusters.entry(key);
            of_cluster
                .or_insert_with(|| CoMoments::new(values.len()))
                .push(values);
        } else {
            let mut own = CoMoments::new(values.len());
            own.push(values);
            self.rows.push(own);
        }
        self.count();
    }

    fn merge(&mut self, other: Self) {
        self.people.extend(other.people);
        self.alone += other.alone;
        self.many |= other.many;
        if self.many {
            self.count();
            return;
        }
        for (key, moments) in other.clusters {
            match self.clusters.get_mut(&key) {
                Some(into) => {
                    into.merge(&moments);
                }
                None => {
                    self.clusters.insert(key, moments);
                }
            }
        }
        self.rows.extend(other.rows);
        self.count();
    }

    fn count(&mut self) {
        let clusters = (self.clusters.len() + self.rows.len()) as u64;
        self.many |= clusters >= CLUSTERS_FOR_BUCKETS_MIN;
        if self.many {
            self.clusters = HashMap::new();
            self.rows = Vec::new();
        }
    }

    /// The clusters in a fixed order; `None` when there are so many that buckets will do.
    fn parts(self) -> Option<Vec<CoMoments>> {
        if self.many {
            return None;
        }
        let mut keyed: Vec<(u64, CoMoments)> = self.clusters.into_iter().collect();
        keyed.sort_unstable_by_key(|(key, _)| *key);
        let keyed = keyed.into_iter().map(|(_, moments)| moments);
        Some(keyed.chain(self.rows).collect())
    }
}
