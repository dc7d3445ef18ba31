//! Requirements that could not be assessed are refused.

use rstest::rstest;

use crate::small::{check, edited, with};

#[rstest]
#[case::range_without_limit(
    "kind = \"range\"\nunit_of_measure = \"g\"",
    9,
    "",
    "a range has a limit"
)]
#[case::range_upside_down(
    "kind = \"range\"\nlower = 9\nupper = 3\nunit_of_measure = \"g\"",
    11,
    ".lower",
    "(found 9 to 3; allowed: lower below upper)"
)]
#[case::range_aims_outside(
    "kind = \"range\"\nupper = 3\nnominal = 4\nunit_of_measure = \"g\"",
    12,
    ".nominal",
    "outside the limits"
)]
#[case::checklist_of_bonuses(
    "kind = \"checklist\"\nitems = [{ id = \"a\", title = \"A\", counts_as = \"bonus\" }]",
    11,
    ".items",
    "a point that counts"
)]
#[case::checklist_weighs_nothing(
    "kind = \"checklist\"\nitems = [{ id = \"a\", title = \"A\", weight = 0 }]",
    11,
    ".items[1].weight",
    "(found 0; allowed: above 0)"
)]
#[case::rubric_without_an_end(
    "kind = \"rubric\"\nmax = 5\npass_from = 3\nanchors = [{ score = 1, title = \"A\" }]",
    13,
    ".anchors",
    "at least 1 and 5"
)]
#[case::rubric_passes_never(
    "kind = \"rubric\"\npass_from = 9\nanchors = [{ score = 1, title = \"A\" }, { score = 5, title = \"E\" }]",
    11,
    ".pass_from",
    "(found 9; allowed: 1 to 5)"
)]
#[case::wording_in_no_language(
    "kind = \"wording\"\n[requirement.languages.fr]\nrequired = [\"merci\"]",
    11,
    ".languages.fr",
    "does not work in this language"
)]
#[case::wording_without_address(
    "kind = \"wording\"\n[requirement.languages.en]\naddress = \"u\"",
    12,
    ".languages.en.address",
    "has no formal and informal address"
)]
#[case::wording_of_both(
    "kind = \"wording\"\n[requirement.languages.en]\nrequired = [\"Hi\"]\nforbidden = [\"hi\"]",
    13,
    ".languages.en.forbidden",
    "required and forbidden"
)]
#[case::courtesy_of_no_kind(
    "kind = \"wording\"\n[requirement.languages.en]\napology = \"always\"",
    12,
    ".languages.en.apology",
    "unknown word (found \"always\"; allowed: required, forbidden)"
)]
#[case::calibration_of_one_rater(
    "kind = \"rubric\"\npass_from = 3\ncalibration = { subjects_min = 5 }\nanchors = [{ score = 1, title = \"A\" }, { score = 5, title = \"E\" }]",
    12,
    ".calibration",
    "one rater agrees with nobody (found raters = 1; allowed: raters = 2 or more beside it)"
)]
#[case::calibration_without_agreement(
    "kind = \"rubric\"\npass_from = 3\nraters = 2\ncalibration = { agreement_min = 0 }\nanchors = [{ score = 1, title = \"A\" }, { score = 5, title = \"E\" }]",
    13,
    ".calibration.agreement_min",
    "(found 0; allowed: more than 0, at most 1)"
)]
#[case::sequence_of_nothing("kind = \"sequence\"\nsteps = []", 11, ".steps", "has steps")]
#[case::no_kind(
    "within = \"5min\"",
    9,
    ".kind",
    "is missing (allowed: duration, range,"
)]
fn a_requirement_that_cannot_be_assessed(
    #[case] requirement: &str,
    #[case] line: u32,
    #[case] key: &str,
    #[case] part: &str,
) {
    let path = "standards/waiting.toml";
    let text = edited(path, "kind = \"duration\"\nwithin = \"5min\"", requirement);
    let place = format!("{path}:{line}");
    let key = format!("standard.waiting.requirement{key}");
    check(&with(&[(path, &text)]), &[(&place, &key, part)]);
}
