//! Numbers per unit and period from elsewhere.

use evenkeel_facts::Table;
use rstest::rstest;

use crate::support::{Place, Row, column, row_problems};

fn mapping(aggregates: &str) -> String {
    format!(
        "kind = \"aggregates\"\n[missing]\ncodes = [\"NA\"]\n[unit]\ncolumn = \"u\"\n[period]\ncolumn = \"p\"\nformat = \"label\"\n\
         {aggregates}\n"
    )
}

fn stored(text: &str, mapping: &str) -> Vec<Row> {
    let place = Place::new();
    place
        .import("numbers.csv", text.as_bytes(), mapping)
        .expect("stored");
    place.rows(&Table::Aggregates)
}

#[test]
fn means() {
    let rows = stored(
        "u,p,m,n,s\nsneek,2026-q1,4.25,\"1,200\",1.1\nleeuwarden,2026-q1,NA,NA,NA\nleeuwarden,2026-02,3,5,\n",
        &mapping(
            "[[aggregate]]\nsubject = \"item:visit/satisfied\"\nmean = \"m\"\nn = \"n\"\nsd = \"s\"",
        ),
    );
    assert_eq!(column(&rows, "unit"), ["sneek", "leeuwarden"]);
    assert_eq!(column(&rows, "mean"), ["4.25", "3.0"]);
    assert_eq!(column(&rows, "n"), ["1200", "5"]);
    assert_eq!(column(&rows, "sd"), ["1.1", "·"]);
    assert_eq!(column(&rows, "granularity"), ["quarter", "month"]);
    assert_eq!(column(&rows, "period_start"), ["2026-01-01", "2026-02-01"]);
    assert_eq!(column(&rows, "period_end"), ["2026-03-31", "2026-02-28"]);
    for (name, value) in [
        ("subject_kind", "item"),
        ("instrument", "visit"),
        ("subject", "satisfied"),
        ("party", "customer"),
        ("form", "mean"),
    ] {
        assert_eq!(column(&rows, name), [value; 2]);
    }
}

#[test]
fn shares_counts_and_scaled_means() {
    let rows = stored(
        "u,p,a,b,c,n\nsneek,2026,20,30,50,10\n",
        &mapping(
            "[instrument]\nid = \"visit\"\n[[aggregate]]\nsubject = \"item:goal\"\nshares = { buy = \"a\", return = \"b\", ask = \"c\" }\n\
             n = \"n\"\npercent = true",
        ),
    );
    assert_eq!(column(&rows, "label"), ["ask", "buy", "return"]);
    assert_eq!(column(&rows, "count"), ["5.0", "2.0", "3.0"]);
    assert_eq!(column(&rows, "form"), ["shares"; 3]);
    let rows = stored(
        "u,p,yes,no\nsneek,2026,7,\n",
        &mapping(
            "[[aggregate]]\nsubject = \"item:visit/again\"\ncounts = { true = \"yes\", false = \"no\" }",
        ),
    );
    assert_eq!(column(&rows, "answer"), ["0", "1"]);
    assert_eq!(column(&rows, "count"), ["0.0", "7.0"]);
    assert_eq!(column(&rows, "n"), ["7", "7"]);
    let rows = stored(
        "u,p,m,n,s\nsneek,2026,50,9,20\n",
        &mapping(
            "[[aggregate]]\nsubject = \"item:visit/satisfied\"\nparty = \"team\"\nmean = \"m\"\nn = \"n\"\nsd = \"s\"\n\
             scale_factor = 0.04\noffset = 1",
        ),
    );
    assert_eq!(
        (
            column(&rows, "mean"),
            column(&rows, "sd"),
            column(&rows, "party")
        ),
        (vec!["3.0"], vec!["0.8"], vec!["team"])
    );
}

#[test]
fn standards_figures_covariates_and_invitations() {
    let place = Place::new();
    let report = place
        .import(
            "numbers.csv",
            b"u,p,all,late,away,planned,rent,w,in,out\nsneek,2026-01,100,8,3,40,1200.5,2,30,50\nleeuwarden,2026-01,0,0,0,0,,,60,50\n",
            &mapping(
                "[[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"all\"\ndeviated = \"late\"\n\
                 [[aggregate]]\nsubject = \"figure:absence\"\nparty = \"team\"\nnumerator = \"away\"\ndenominator = \"planned\"\n\
                 [[aggregate]]\nsubject = \"covariate:rent\"\nvalue = \"rent\"\nweight = \"w\"\n\
                 [[aggregate]]\nsubject = \"invitations:visit\"\nnumerator = \"in\"\ndenominator = \"out\"",
            ),
        )
        .expect("stored");
    let rows = place.rows(&Table::Aggregates);
    let of = |kind: &str, name: &str| -> Vec<String> {
        let of_kind: Vec<Row> = rows
            .iter()
            .filter(|row| row["subject_kind"] == kind)
            .cloned()
            .collect();
        column(&of_kind, name)
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(of("standard", "answer"), ["1", "0"]);
    assert_eq!(of("standard", "count"), ["92.0", "8.0"]);
    assert_eq!(of("standard", "n"), ["100", "100"]);
    assert_eq!(of("figure", "numerator"), ["3.0"]);
    assert_eq!(of("figure", "party"), ["team"]);
    assert_eq!(
        (of("covariate", "value"), of("covariate", "weight")),
        (vec!["1200.5".to_owned()], vec!["2.0".to_owned()])
    );
    assert_eq!(of("invitations", "instrument"), ["visit", "visit"]);
    assert_eq!(of("invitations", "denominator"), ["50.0", "50.0"]);
    assert_eq!(
        report.warnings,
        [(
            "invitations:visit: more answered than were asked".to_owned(),
            1
        )]
        .into()
    );
    assert_eq!(
        (report.counts.rows_stored, report.counts.facts_stored),
        (2, 6)
    );
}

#[test]
fn segments_and_parties_from_columns() {
    let rows = stored(
        "u,p,who,job,m,n\nsneek,2026,Team,Till,3,9\nsneek,2026,customer,,4,8\n",
        &mapping(
            "[party]\ncolumn = \"who\"\n[attributes.role]\ncolumn = \"job\"\n\
             [[aggregate]]\nsubject = \"item:visit/satisfied\"\nmean = \"m\"\nn = \"n\"",
        ),
    );
    assert_eq!(column(&rows, "party"), ["team", "customer"]);
    assert_eq!(column(&rows, "attribute"), ["role", "·"]);
    assert_eq!(column(&rows, "attribute_value"), ["till", "·"]);
}

#[rstest]
#[case("format = \"year\"", "2026.0", "2026-01-01", "2026-12-31")]
#[case(
    "format = \"%d-%m-%Y\"\ngranularity = \"month\"",
    "15-02-2026",
    "2026-02-01",
    "2026-02-28"
)]
#[case("format = \"label\"", "2026-W05", "2026-01-26", "2026-02-01")]
#[case(
    "format = \"label\"\nmap = { Spring = \"2026-q2\" }",
    "Spring",
    "2026-04-01",
    "2026-06-30"
)]
fn periods(#[case] lines: &str, #[case] cell: &str, #[case] first: &str, #[case] last: &str) {
    let mapping = mapping("[[aggregate]]\nsubject = \"covariate:rent\"\nvalue = \"v\"")
        .replace("format = \"label\"", lines);
    let rows = stored(&format!("u,p,v\nleeuwarden,{cell},1\n"), &mapping);
    assert_eq!(
        (column(&rows, "period_start"), column(&rows, "period_end")),
        (vec![first], vec![last])
    );
}

#[rstest]
#[case(
    "mean = \"a\"\nn = \"b\"",
    "6,10",
    "column a (item:satisfied): this mean lies outside the scale (found 6; allowed: a rating from 1 to 5)"
)]
#[case(
    "mean = \"a\"\nn = \"b\"",
    "4,",
    "column b (item:satisfied): a mean needs its n (found 0; allowed: a whole number from 1 on)"
)]
#[case(
    "mean = \"a\"\nn = \"b\"",
    "4,2.5",
    "column b (item:satisfied): this is no count (found 2.5; allowed: a whole number from 0 on)"
)]
#[case(
    "mean = \"a\"\nn = \"b\"",
    "four,2",
    "column a (item:satisfied): this is no number (found four; allowed: a number)"
)]
#[case(
    "shares = { 1 = \"a\" }\nn = \"b\"",
    "0.7,2",
    "column a (item:satisfied): these shares do not add up to 1 (found 0.7; allowed: shares of one question, 1 in sum; percent = true for 26.2 without a sign)"
)]
#[case(
    "counts = { 1 = \"a\", 2 = \"b\" }",
    "-1,2",
    "column a (item:satisfied): this is no count (found -1; allowed: a whole number from 0 on)"
)]
fn numbers_that_cannot_be(#[case] form: &str, #[case] cells: &str, #[case] expected: &str) {
    let mapping = mapping(&format!(
        "[[aggregate]]\nsubject = \"item:visit/satisfied\"\n{form}"
    ));
    let found = row_problems(Place::new().import(
        "a.csv",
        format!("u,p,a,b\nsneek,2026,{cells}\n").as_bytes(),
        &mapping,
    ));
    assert_eq!(found, [format!("line 2, {expected}")]);
}

#[test]
fn a_part_is_no_larger_than_its_total() {
    let mapping =
        mapping("[[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"a\"\nkept = \"b\"");
    let found = row_problems(Place::new().import("a.csv", b"u,p,a,b\nsneek,2026,5,6\n", &mapping));
    assert_eq!(
        found,
        [
            "line 2, column b (standard:wait): the part is larger than the total (found 6; allowed: at most 5)"
        ]
    );
}

const TWICE: &str =
    "u,p,kind,all,late\nsneek,2026-01,1,100,8\nsneek,2026-01,2,50,1\nsneek,2026-02,1,10,0\n";

#[test]
fn a_file_says_one_thing_about_a_unit_and_period() {
    let mapping =
        mapping("[[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"all\"\ndeviated = \"late\"");
    let found = row_problems(Place::new().import("a.csv", TWICE.as_bytes(), &mapping));
    assert_eq!(
        found,
        [
            "line 3 (standard:wait): line 2 says this already (found unit sneek, period 2026-01; allowed: one row a unit and \
             period; or combine = \"sum\")",
        ]
    );
    let mapping = format!("{mapping}\n[duplicates]\npolicy = \"keep_last\"\n");
    let rows = stored(TWICE, &mapping);
    assert_eq!(column(&rows, "count"), ["49.0", "1.0", "10.0", "0.0"]);
}

#[test]
fn rows_of_one_unit_and_period_can_be_added_up() {
    let place = Place::new();
    let mapping = mapping(
        "[[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"all\"\ndeviated = \"late\"\ncombine = \"sum\"",
    );
    let report = place
        .import("a.csv", TWICE.as_bytes(), &mapping)
        .expect("stored");
    let rows = place.rows(&Table::Aggregates);
    assert_eq!(column(&rows, "count"), ["141.0", "9.0", "10.0", "0.0"]);
    assert_eq!(column(&rows, "n"), ["150", "150", "10", "10"]);
    assert_eq!(
        (report.counts.rows_stored, report.counts.facts_stored),
        (3, 4)
    );
}

#[test]
fn rows_can_be_filtered_before_anything_else() {
    let place = Place::new();
    let mapping = mapping(
        "[filter]\nkeep = [{ column = \"kind\", equals = [\"1\", \"9\"] }, { column = \"late\", missing = false }]\n\
         [[aggregate]]\nsubject = \"standard:wait\"\ntotal = \"all\"\ndeviated = \"late\"",
    );
    let text = format!("{TWICE}somewhere,whenever,1,x,NA\n");
    let report = place
        .import("a.csv", text.as_bytes(), &mapping)
        .expect("stored");
    assert_eq!(
        (report.counts.rows_stored, report.counts.filtered.by_rule),
        (2, 2)
    );
}
