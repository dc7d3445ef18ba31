//! Whatever stands in a file, every row of it is accounted for.

use proptest::prelude::*;

use evenkeel_collect::ImportError;

use crate::support::{Place, visit};

/// A row that is right, wrong in one of many ways, filtered, blank or a duplicate.
fn any_row() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0u8..6, 1u8..29, 0u8..11).prop_map(|(who, day, nps)| format!("{who},sneek,2026-01-{day:02},{nps},1")),
        1 => Just("1,sneek,2026-01-01,1,1".to_owned()),
        1 => Just("1,utrecht,2026-01-01,1,1".to_owned()),
        1 => Just("1,sneek,never,1,1".to_owned()),
        1 => Just("1,sneek,2026-01-01,eleven,1".to_owned()),
        1 => Just("1,sneek,2026-01-01,1,2".to_owned()),
        1 => Just("1,sneek,2026-01-01".to_owned()),
        1 => Just("1,sneek,2026-01-01,1,1,1".to_owned()),
        1 => Just(String::new()),
        1 => Just(",,,,".to_owned()),
        1 => Just("footnote,,,,".to_owned()),
        1 => Just("\"1\",\"snee\nk\",2026-01-01,1,1".to_owned()),
        1 => "[ -~]{0,30}",
    ]
}

const POLICIES: [&str; 4] = ["keep_first", "keep_last", "keep_all", "reject"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn read_is_stored_rejected_dropped_or_filtered(
        rows in prop::collection::vec(any_row(), 0..60),
        policy in 0usize..4,
        unknown in prop::sample::select(vec!["error", "skip_row", "create"]),
        reject in any::<bool>(),
    ) {
        let text = format!("who,shop,at,nps,keep\n{}\n", rows.join("\n"));
        let on_error = if reject { "reject" } else { "abort" };
        let mapping = format!("on_error = \"{on_error}\"\n{}", visit(&format!(
            "[filter]\nkeep = [{{ column = \"keep\", not_equals = \"2\" }}]\n\
             [duplicates]\nkey = [\"who\", \"at:date\"]\npolicy = \"{}\"\n", POLICIES[policy]
        )))
        .replace("column = \"shop\"", &format!("column = \"shop\"\nunknown = \"{unknown}\""));
        let place = Place::new();
        let shown = place.preview("a.csv", text.as_bytes(), &mapping).expect("read");
        prop_assert!(shown.counts.add_up(), "{:?}", shown.counts);
        match place.import("a.csv", text.as_bytes(), &mapping) {
            Ok(report) => {
                prop_assert_eq!(report.counts, shown.counts);
                prop_assert_eq!(place.responses("visit").len() as u64, report.counts.rows_stored);
                prop_assert!(reject || report.counts.rows_rejected == 0);
            }
            Err(ImportError::Rows { counts, problems }) => {
                prop_assert!(!reject);
                prop_assert_eq!(*counts, shown.counts);
                prop_assert!(!problems.is_empty());
                prop_assert!(place.facts.list_tables().expect("tables").is_empty());
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
