//! Which rows count at all.
//!
//! Invariant: a row that is filtered out is not looked at any further: a footnote under a table
//! cannot be a wrong number.

use super::rows::{Index, Missing, texts};
use crate::mapping::{Filter, Test};
use crate::source::{RawBatch, squeeze};

/// True for every row that all conditions keep; None when that is every row.
pub(crate) fn keep(
    filters: &[Filter],
    everywhere: &[String],
    batch: &RawBatch,
    index: &Index,
) -> Option<Vec<bool>> {
    if filters.is_empty() {
        return None;
    }
    let missing = Missing::new(everywhere, &[]);
    let mut keep = vec![true; batch.lines.len()];
    for filter in filters {
        let texts = texts(batch, index, &filter.column);
        for (row, keep) in keep.iter_mut().enumerate() {
            let text = texts.get(row);
            let among = |values: &[String]| {
                let plain = squeeze(text);
                values.iter().any(|value| value == text || *value == plain)
            };
            *keep = *keep
                && match &filter.test {
                    Test::Equals(values) => among(values),
                    Test::NotEquals(values) => !among(values),
                    Test::Missing(wanted) => missing.text(text) == *wanted,
                };
        }
    }
    keep.contains(&false).then_some(keep)
}
