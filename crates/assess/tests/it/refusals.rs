//! What was seen has to fit the kind.

use std::collections::BTreeMap;

use evenkeel_assess::{AssessError, Observed};
use evenkeel_foundation::Requirement;
use evenkeel_foundation::requirement::Sequence;

use crate::judging::{owned, tried};

#[test]
fn a_sequence_is_judged_from_steps_alone() {
    let steps = Requirement::Sequence(Sequence {
        steps: owned(&["bun"]),
    });
    let text = Observed::Text {
        text: "bun".to_owned(),
        language: None,
    };
    for observed in [
        Observed::Number(1.0),
        Observed::Ticks(BTreeMap::new()),
        Observed::Scores(Vec::new()),
        text,
    ] {
        let error = tried(&steps, &observed).expect_err("no steps");
        let found = observed.as_str();
        assert!(
            matches!(&error, AssessError::NeedsOther { kind: "sequence", found: f, .. } if *f == found)
        );
        let said = error.to_string();
        assert!(
            said.contains("allowed: the steps that were done") && said.contains("column `kept`"),
            "{said}"
        );
    }
}
