//! Small cells.

use evenkeel_stats::disclosure::{Table, differencing};
use serde_json::{Value, json};

use crate::case::{Case, counts};

pub fn suppression(case: &Case) -> Value {
    let minimum = case.input["min_n"].as_u64().unwrap();
    let tables: Vec<Value> = case.input["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rows| {
            let rows: Vec<Vec<u64>> = rows.as_array().unwrap().iter().map(counts).collect();
            let columns = rows[0].len();
            let table = Table::new(rows).unwrap();
            let primary = table.primary(minimum);
            // The note of the case: any solution that satisfies the safety rule is right.
            let hidden = table.hide(minimum);
            assert!(
                table.is_safe(&hidden, minimum),
                "{}: {hidden:?} is not safe",
                case.id
            );
            let intervals: Vec<[u64; 2]> = table
                .places()
                .map(|cell| table.attacker_interval(&primary, cell).into())
                .collect();
            json!({
                "primary_cells_row_col_0based": primary,
                "attacker_intervals_primary_only": intervals.chunks(columns).collect::<Vec<_>>(),
                "primary_only_safe": table.is_safe(&primary, minimum),
            })
        })
        .collect();
    let nested: Vec<Value> = case.input["differencing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            let of = |i: usize| {
                (
                    pair[i]["n"].as_u64().unwrap(),
                    pair[i]["sum"].as_f64().unwrap(),
                )
            };
            let result = differencing(of(0), of(1), minimum);
            json!({
                "n_difference": result.n,
                "blocked": result.blocked,
                "recoverable_sum": result.sum,
            })
        })
        .collect();
    json!({ "tables": tables, "differencing": nested })
}
