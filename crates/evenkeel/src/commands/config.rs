//! `evenkeel config`: the effective configuration with its sources, secrets hidden.

use crate::config::{Flags, explain};
use crate::print::{Table, print_json};

pub fn run(flags: &Flags, json: bool) -> anyhow::Result<()> {
    let settings = explain(flags)?;
    if json {
        return print_json(&settings);
    }
    let mut table = Table::new(["setting", "value", "from"]);
    for setting in settings {
        table.row([setting.name.to_owned(), setting.value, setting.source]);
    }
    table.print();
    Ok(())
}
