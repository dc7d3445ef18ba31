//! Survey designs and weighting.

use std::collections::BTreeMap;

use evenkeel_stats::WeightedMoments;
use evenkeel_stats::design::{Design, DesignEstimate, Psu, design_effect, kish};
use evenkeel_stats::weighting::{Calibrated, Cell, PsuCell, rake};
use serde_json::{Map, Value, json};

use crate::areas::nps::limits;
use crate::case::{Case, Table};

/// Rows of a sample with their PSU and stratum.
struct Sample {
    psu: Vec<usize>,
    psus: usize,
    stratum: Vec<usize>,
    weight: Vec<f64>,
    population: Vec<f64>,
    table: Table,
}

impl Sample {
    fn of(table: Table, psu: Option<&str>, stratum: Option<&str>) -> Self {
        let rows = table.numbers("pw").len();
        let index = |column: Option<&str>| match column {
            None => (0..rows).collect(),
            Some(column) => places(table.text(column)),
        };
        let psu = index(psu);
        let stratum = stratum.map_or(vec![0; rows], |s| places(table.text(s)));
        let fpc = table.numbers("fpc");
        let mut population = vec![0.0; stratum.iter().max().unwrap() + 1];
        for (place, size) in stratum.iter().zip(&fpc) {
            population[*place] = *size;
        }
        Self {
            psus: psu.iter().max().unwrap() + 1,
            psu,
            stratum,
            weight: table.numbers("pw"),
            population,
            table,
        }
    }

    /// A design with the weighted totals of several variables.
    fn design(&self, columns: &[&dyn Fn(usize) -> f64], fpc: bool) -> Design {
        let mut psus: Vec<Psu> = (0..self.psus)
            .map(|_| Psu {
                stratum: 0,
                totals: vec![0.0; columns.len()],
            })
            .collect();
        for (row, &place) in self.psu.iter().enumerate() {
            psus[place].stratum = self.stratum[row];
            for (total, column) in psus[place].totals.iter_mut().zip(columns) {
                *total += self.weight[row] * column(row);
            }
        }
        Design::new(psus, fpc.then(|| self.population.clone()))
    }
}

pub fn places(texts: &[String]) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    texts
        .iter()
        .map(|text| {
            let next = known.len();
            *known.entry(text).or_insert(next)
        })
        .collect()
}

fn plain(estimate: &DesignEstimate) -> Value {
    json!({ "est": estimate.value, "se": estimate.standard_error })
}

pub fn taylor(case: &Case) -> Value {
    let strat = Sample::of(case.csv("apistrat"), None, Some("stype"));
    let clus = Sample::of(case.csv("apiclus1"), Some("dnum"), None);
    let mut answer = Map::new();
    for (name, sample, fpc) in [
        ("strat_fpc", &strat, true),
        ("strat_nofpc", &strat, false),
        ("clus1_fpc", &clus, true),
        ("clus1_nofpc", &clus, false),
    ] {
        answer.insert(name.to_owned(), describe(sample, fpc));
    }
    let sum: f64 = strat.weight.iter().sum();
    let squares: f64 = strat.weight.iter().map(|w| w * w).sum();
    let (effective, deff) = kish(strat.weight.len() as u64, sum, squares).unwrap();
    answer.insert("kish_neff_strat".to_owned(), effective.into());
    answer.insert("kish_deff_strat".to_owned(), deff.into());
    answer.into()
}

fn describe(sample: &Sample, fpc: bool) -> Value {
    let api00 = sample.table.numbers("api00");
    let enroll = sample.table.numbers("enroll");
    let students = sample.table.numbers("api.stu");
    let stype = sample.table.text("stype").to_vec();
    let wide = sample.table.text("sch.wide").to_vec();
    let one = |_: usize| 1.0;
    let mean_where = |inside: &dyn Fn(usize) -> bool, y: &dyn Fn(usize) -> f64| {
        let n = |row: usize| f64::from(u8::from(inside(row)));
        let total = |row: usize| if inside(row) { y(row) } else { 0.0 };
        sample.design(&[&n, &total], fpc).ratio(1, 0).unwrap()
    };
    let mean = mean_where(&|_| true, &|i| api00[i]);
    let mut moments = WeightedMoments::default();
    for (y, w) in api00.iter().zip(&sample.weight) {
        moments.push(*y, *w);
    }
    let variance = moments.population_variance().unwrap();
    let deff = design_effect(&mean, variance, moments.n(), moments.sum_w()).unwrap();
    let interval = mean.interval(0.95).unwrap();
    let by_type: Vec<DesignEstimate> = ["E", "H", "M"]
        .iter()
        .map(|kind| mean_where(&|i| stype[i] == *kind, &|i| api00[i]))
        .collect();
    let share = mean_where(&|_| true, &|i| f64::from(u8::from(api00[i] >= 700.0)));
    json!({
        "mean_api00": {
            "est": mean.value,
            "se": mean.standard_error,
            "deff": deff,
            "df": mean.df,
            "ci_t1": limits(&Ok(interval))[0],
            "ci_t2": interval.upper,
        },
        "total_enroll": plain(&sample.design(&[&|i| enroll[i]], fpc).total(0).unwrap()),
        "ratio_apistu_enroll": plain(
            &sample.design(&[&|i| students[i], &|i| enroll[i], &one], fpc).ratio(0, 1).unwrap()
        ),
        "mean_api00_by_stype": {
            "stype": ["E", "H", "M"],
            "est": by_type.iter().map(|e| e.value).collect::<Vec<_>>(),
            "se": by_type.iter().map(|e| e.standard_error).collect::<Vec<_>>(),
        },
        "share_api00_ge700": plain(&share),
        "domain_schwide_yes_mean": plain(&mean_where(&|i| wide[i] == "Yes", &|i| api00[i])),
    })
}

pub fn raking(case: &Case) -> Value {
    let table = case.only_csv();
    let margins = case.input["margins"].as_object().unwrap();
    let names: Vec<&String> = margins.keys().collect();
    let categories: Vec<Vec<String>> = margins
        .values()
        .map(|m| m.as_object().unwrap().keys().cloned().collect())
        .collect();
    let wanted: Vec<Vec<f64>> = margins
        .values()
        .map(|m| {
            m.as_object()
                .unwrap()
                .values()
                .map(|v| v.as_f64().unwrap())
                .collect()
        })
        .collect();
    let answer = Sampled::of(&table, &names, &categories);
    let factors = rake(&answer.cells, &wanted).unwrap();
    let base = table.numbers("pw")[0];
    let by_cell: Map<String, Value> = answer
        .cells
        .iter()
        .zip(&factors)
        .map(|(cell, factor)| {
            let name: Vec<&str> = cell
                .categories
                .iter()
                .zip(&categories)
                .map(|(c, m)| m[*c].as_str())
                .collect();
            (name.join("/"), json!(base * factor))
        })
        .collect();
    let mut raked = WeightedMoments::default();
    for (row, &cell) in answer.cell_of_row.iter().enumerate() {
        raked.push(table.numbers("api00")[row], base * factors[cell]);
    }
    let (effective, deff) = kish(raked.n(), raked.sum_w(), raked.sum_w2()).unwrap();
    let (smallest, largest) = raked.weight_range().unwrap();
    let mean = answer.estimate(&table.numbers("api00"), &factors, What::Mean);
    let total = answer.estimate(&table.numbers("enroll"), &factors, What::Total);
    // Post-stratified by the first margin alone.
    let post = Sampled::of(&table, &names[..1], &categories[..1]);
    let post_factors = rake(&post.cells, &wanted[..1]).unwrap();
    json!({
        "raked_weight_by_cell": by_cell,
        "base_weight": base,
        "raked_mean_api00": plain(&mean),
        "raked_mean_api00_calibrate_raking": plain(&mean),
        "raked_total_enroll": plain(&total),
        "poststrat_mean_api00": plain(
            &post.estimate(&table.numbers("api00"), &post_factors, What::Mean)
        ),
        "poststrat_total_enroll": plain(
            &post.estimate(&table.numbers("enroll"), &post_factors, What::Total)
        ),
        "kish_neff_raked": effective,
        "kish_deff_raked": deff,
        "weight_range_ratio": largest / smallest,
    })
}

#[derive(Clone, Copy)]
enum What {
    Mean,
    Total,
}

/// A cluster sample by cells of margins.
struct Sampled {
    psu: Vec<usize>,
    weight: Vec<f64>,
    cell_of_row: Vec<usize>,
    cells: Vec<Cell>,
    sizes: Vec<usize>,
}

impl Sampled {
    fn of(table: &Table, names: &[&String], categories: &[Vec<String>]) -> Self {
        let weight = table.numbers("pw");
        let mut cells: Vec<Cell> = Vec::new();
        let mut cell_of_row = Vec::new();
        for (row, w) in weight.iter().enumerate() {
            let own: Vec<usize> = names
                .iter()
                .zip(categories)
                .map(|(name, all)| {
                    all.iter()
                        .position(|c| *c == table.text(name)[row])
                        .unwrap()
                })
                .collect();
            let place = cells
                .iter()
                .position(|c| c.categories == own)
                .unwrap_or(cells.len());
            if place == cells.len() {
                cells.push(Cell {
                    categories: own,
                    weight: 0.0,
                });
            }
            cells[place].weight += w;
            cell_of_row.push(place);
        }
        Self {
            psu: places(table.text("dnum")),
            weight,
            cell_of_row,
            cells,
            sizes: categories.iter().map(Vec::len).collect(),
        }
    }

    fn estimate(&self, y: &[f64], factors: &[f64], what: What) -> DesignEstimate {
        let mut totals: BTreeMap<(usize, usize), PsuCell> = BTreeMap::new();
        for (row, w) in self.weight.iter().enumerate() {
            let (psu, cell) = (self.psu[row], self.cell_of_row[row]);
            let total = totals.entry((psu, cell)).or_insert(PsuCell {
                psu,
                stratum: 0,
                cell,
                weight: 0.0,
                weighted_sum: 0.0,
            });
            total.weight += w;
            total.weighted_sum += w * y[row];
        }
        let totals: Vec<PsuCell> = totals.into_values().collect();
        let sample = Calibrated {
            cells: &self.cells,
            categories: &self.sizes,
            factors,
            totals: &totals,
        };
        match what {
            What::Mean => sample.mean(),
            What::Total => sample.total(),
        }
        .unwrap()
    }
}
