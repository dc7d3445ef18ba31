//! Every column that a mapping names.
//!
//! Invariant: what is not listed here is not read from the file, so each rule that names a column
//! appears in this one walk.

use super::{
    AggregateRule, ColumnName, Form, IdFrom, ItemColumns, KeyRule, Mapping, ObservationRule,
    PeriodRule, Pick, StandardRule, TimeSource, UnknownUnit,
};

impl Mapping {
    /// The columns, in no particular order; a column that is named twice appears twice.
    pub(crate) fn columns(&self) -> Vec<&ColumnName> {
        let mut columns: Vec<&ColumnName> = Vec::new();
        of_pick(Some(&self.unit.pick), &mut columns);
        if let UnknownUnit::Create(creation) = &self.unit.unknown {
            columns.extend(&creation.name_column);
            match creation.parent.as_ref().map(|parent| &parent.id) {
                Some(IdFrom::Pick(pick)) => of_pick(Some(pick), &mut columns),
                Some(IdFrom::Prefix(prefix)) => columns.push(&prefix.column),
                None => {}
            }
        }
        let picks = [
            &self.party,
            &self.wave,
            &self.campaign,
            &self.channel,
            &self.language,
            &self.weight,
            &self.psu,
            &self.stratum,
        ];
        for pick in picks {
            of_pick(pick.as_ref(), &mut columns);
        }
        for rule in &self.attributes {
            of_pick(Some(&rule.pick), &mut columns);
        }
        if let Some(PeriodRule::Column { column, .. }) = &self.period {
            columns.push(column);
        }
        if let Some(TimeSource::Column { column, .. }) = self.time.as_ref().map(|time| &time.source)
        {
            columns.push(column);
        }
        columns.extend(&self.respondent);
        for rule in &self.items {
            match &rule.columns {
                ItemColumns::One { column, .. } => columns.push(column),
                ItemColumns::PerValue(values) => {
                    columns.extend(values.iter().map(|(_, column)| column));
                }
            }
        }
        for rule in &self.aggregates {
            of_aggregate(rule, &mut columns);
        }
        if let Some(rule) = &self.observation {
            of_observation(rule, &mut columns);
        }
        columns.extend(self.keep.iter().map(|filter| &filter.column));
        if let Some(rule) = &self.duplicates {
            columns.extend(rule.key.iter().map(|part| &part.column));
        }
        columns
    }
}

fn of_pick<'m>(pick: Option<&'m Pick>, columns: &mut Vec<&'m ColumnName>) {
    if let Some(Pick::Column(pick)) = pick {
        columns.push(&pick.column);
    }
}

fn of_aggregate<'m>(rule: &'m AggregateRule, columns: &mut Vec<&'m ColumnName>) {
    match &rule.form {
        Form::Mean { mean, n, sd } => {
            columns.extend([mean, n]);
            columns.extend(sd);
        }
        Form::Shares { answers, n, .. } => {
            columns.extend(answers.iter().map(|(_, column)| column));
            columns.push(n);
        }
        Form::Counts { answers } => columns.extend(answers.iter().map(|(_, column)| column)),
        Form::Kept { total, part, .. } => columns.extend([total, part]),
        Form::Rate {
            numerator,
            denominator,
        } => columns.extend([numerator, denominator]),
        Form::Value { value, weight } => {
            columns.push(value);
            columns.extend(weight);
        }
    }
}

fn of_observation<'m>(rule: &'m ObservationRule, columns: &mut Vec<&'m ColumnName>) {
    if let StandardRule::Column { column, .. } = &rule.standard {
        columns.push(column);
    }
    columns.extend(&rule.value);
    columns.extend(&rule.open_for);
    columns.extend(rule.kept.as_ref().map(|kept| &kept.column));
    for pick in [
        Some(&rule.chosen),
        rule.looked_by.as_ref(),
        rule.reason.as_ref(),
        rule.source.as_ref(),
    ] {
        of_pick(pick, columns);
    }
    if let KeyRule::Columns(key) = &rule.key {
        columns.extend(key);
    }
    rule.seen.columns(columns);
    columns.extend(&rule.detail);
    columns.extend(&rule.subject);
    columns.extend(
        [&rule.extras, &rule.deviations]
            .into_iter()
            .flatten()
            .map(|list| &list.column),
    );
}
