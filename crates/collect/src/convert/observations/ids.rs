//! Ids and buckets of observations.
//!
//! Invariant: the id of a key names the standard too, because one ticket can be looked at under
//! several; without a key the row of the file is one.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int8Array, StringArray};
use rand::Rng;

use super::Observations;
use crate::convert::responses::texts_of;
use crate::convert::rows::Rows;
use crate::convert::table;
use crate::convert::words::Places;
use crate::hash::bucket;
use crate::mapping::KeyRule;

impl Observations<'_> {
    /// Ids and buckets. The id of a key names the standard too, because one ticket can be looked
    /// at under several.
    pub(super) fn ids(
        &self,
        rows: &mut Rows<'_>,
        standards: &Places,
        rng: &mut dyn Rng,
    ) -> (ArrayRef, ArrayRef) {
        let KeyRule::Columns(key) = &self.rule.key else {
            return self.ids_by_row(rows, rng);
        };
        let columns = texts_of(rows, key);
        let mut ids = Vec::with_capacity(rows.len());
        let mut buckets = Vec::with_capacity(rows.len());
        for (row, standard) in standards.iter().enumerate() {
            if columns
                .iter()
                .all(|texts| self.missing.text(texts.get(row)))
            {
                let name = columns.first().map(|texts| texts.name);
                rows.fault(row, name, "key", "every row needs its key", "", "");
            }
            let parts = || columns.iter().map(|texts| texts.get(row));
            let standard = standard.map_or("", |place| self.standard.value(place));
            let joined: Vec<&str> = parts().collect();
            ids.push(format!("{standard}:{}", joined.join("|")));
            buckets.push(
                self.keyed
                    .hash("observation", parts().map(str::as_bytes))
                    .bucket,
            );
        }
        (
            Arc::new(StringArray::from(ids)),
            Arc::new(Int8Array::from(buckets)),
        )
    }

    /// `IMPORT-ROW`: this file and mapping come in once, so the row is key enough.
    fn ids_by_row(&self, rows: &Rows<'_>, rng: &mut dyn Rng) -> (ArrayRef, ArrayRef) {
        use std::fmt::Write as _;
        let import = self.import_id.get(..12).unwrap_or(&self.import_id);
        let mut text = String::with_capacity(rows.len() * 20);
        let mut ends: Vec<i32> = Vec::with_capacity(rows.len() + 1);
        ends.push(0);
        for row in &rows.batch.rows {
            let _ = write!(text, "{import}-{}", row + 1);
            ends.push(text.len() as i32);
        }
        let mut drawn = vec![0; rows.len()];
        rng.fill_bytes(&mut drawn);
        let buckets: Vec<i8> = drawn.into_iter().map(bucket).collect();
        (
            Arc::new(table::texts(text.into_bytes(), ends)),
            Arc::new(Int8Array::from(buckets)),
        )
    }
}
