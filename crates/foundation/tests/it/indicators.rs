//! Indicators that could not be counted are refused; defaults protect people.

use evenkeel_foundation::PartyId;
use rstest::rstest;

use crate::small::{check, edited, parsed, with};

#[rstest]
#[case::top_box_of_everyone(
    "kind = \"top_box\"\ninstrument = \"visit\"\nitem = \"mood\"\nfrom = 1",
    7,
    ".from",
    "(found 1; allowed: 2 to 5)"
)]
#[case::mean_of_words(
    "kind = \"mean\"\ninstrument = \"visit\"\nitem = \"again\"",
    6,
    ".item",
    "(found one of yes, no; allowed: a rating or a number)"
)]
#[case::share_of_no_answer(
    "kind = \"share\"\ninstrument = \"visit\"\nitem = \"again\"\nvalues = [\"yess\"]",
    7,
    ".values[1]",
    "did you mean `yes`?"
)]
#[case::share_of_texts(
    "kind = \"share\"\ninstrument = \"visit\"\nitem = \"remark\"\nvalues = [\"x\"]",
    6,
    ".item",
    "(found a long text;"
)]
#[case::composite_of_one(
    "kind = \"composite\"\nof = [\"nps\"]",
    5,
    ".of",
    "two or more indicators"
)]
#[case::no_such_figure_id("kind = \"rate\"\nfigure = \"Sick Days\"", 5, ".figure", "not an id")]
#[case::no_such_kind("kind = \"median\"", 4, ".kind", "allowed: nps, top_box, mean, share")]
#[case::field_of_another_kind(
    "kind = \"conformance\"\nstandard = \"waiting\"\nfrom = 4",
    6,
    ".from",
    "unknown key"
)]
#[case::no_such_standard(
    "kind = \"conformance\"\nstandard = \"wating\"",
    5,
    ".standard",
    "did you mean `waiting`?"
)]
fn an_indicator_that_cannot_be_counted(
    #[case] kind: &str,
    #[case] line: u32,
    #[case] key: &str,
    #[case] part: &str,
) {
    let nps = edited("indicators.toml", "[[indicator]]", "[[indicator]]");
    let text = format!("[[indicator]]\nid = \"x\"\ntitle = \"X\"\n{kind}\n\n{nps}");
    let place = format!("indicators.toml:{line}");
    check(
        &with(&[("indicators.toml", &text)]),
        &[(&place, &format!("indicator.x{key}"), part)],
    );
}

#[test]
fn parts_of_a_composite_are_of_one_kind_of_number_and_one_party() {
    let more = r#"[[indicator]]
id = "mood"
title = "Mood"
kind = "mean"
instrument = "visit"
item = "mood"
[[indicator]]
id = "enps"
title = "eNPS"
kind = "nps"
instrument = "pulse"
item = "enps"
[[indicator]]
id = "all"
title = "All"
kind = "composite"
of = ["nps", "mood", "enps"]
"#;
    let text = edited(
        "indicators.toml",
        "[[indicator]]",
        &format!("{more}[[indicator]]"),
    );
    let place = "indicators.toml:17";
    check(
        &with(&[("indicators.toml", &text)]),
        &[
            (place, "indicator.all.of[2]", "is not on the scale of `nps`"),
            (place, "indicator.all.of[3]", "is not of the party of `nps`"),
        ],
    );
}

#[test]
fn composites_may_be_parts_but_not_of_themselves() {
    let composite = |id: &str, of: &str| {
        format!("[[indicator]]\nid = \"{id}\"\ntitle = \"X\"\nkind = \"composite\"\nof = [{of}]\n")
    };
    let more = "[[indicator]]\nid = \"other\"\ntitle = \"O\"\nkind = \"nps\"\ninstrument = \"visit\"\nitem = \"nps\"\nminimum_n = 9\n";
    let nps = edited("indicators.toml", "[[indicator]]", "[[indicator]]");
    let above = composite("above", "\"below\", \"other\"");
    let nested = format!(
        "{above}{}{more}{nps}",
        composite("below", "\"nps\", \"other\"")
    );
    let foundation = parsed(&with(&[("indicators.toml", &nested)]));
    let above_settled = &foundation.indicators["above"];
    assert_eq!(above_settled.minimum_n, 9);
    assert_eq!(
        above_settled.party.as_ref().map(PartyId::as_str),
        Some("customer")
    );

    let circle = format!(
        "{above}{}{more}{nps}",
        composite("below", "\"above\", \"other\"")
    );
    check(
        &with(&[("indicators.toml", &circle)]),
        &[
            (
                "indicators.toml:5",
                "indicator.above.of",
                "above → below → above",
            ),
            (
                "indicators.toml:10",
                "indicator.below.of",
                "below → above → below",
            ),
        ],
    );
}

#[test]
fn within_target_needs_limits() {
    let sequence = edited(
        "standards/waiting.toml",
        "kind = \"duration\"\nwithin = \"5min\"",
        "kind = \"sequence\"\nsteps = [\"greet\", \"ask\"]",
    );
    let text = "[[indicator]]\nid = \"x\"\ntitle = \"X\"\nkind = \"within_target\"\nstandard = \"waiting\"\n";
    check(
        &with(&[
            ("standards/waiting.toml", &sequence),
            ("indicators.toml", text),
        ]),
        &[(
            "indicators.toml:5",
            "indicator.x.standard",
            "(found sequence; allowed: a standard of kind duration or range)",
        )],
    );
}

#[test]
fn defaults_protect_people() {
    let text = edited(
        "indicators.toml",
        "[[indicator]]",
        "[[indicator]]\nid = \"enps\"\ntitle = \"eNPS\"\nkind = \"nps\"\ninstrument = \"pulse\"\nitem = \"enps\"\n[[indicator]]\nid = \"absence\"\ntitle = \"Absence\"\nkind = \"rate\"\nfigure = \"absence\"\n[[indicator]]",
    );
    let strict = edited(
        "parties.toml",
        "side = \"internal\"",
        "side = \"internal\"\nminimum_n = 8",
    );
    let foundation = parsed(&with(&[
        ("indicators.toml", &text),
        ("parties.toml", &strict),
    ]));
    let minimum = |id: &str| foundation.indicators[id].minimum_n;
    assert_eq!(
        (minimum("nps"), minimum("enps"), minimum("absence")),
        (1, 8, 5)
    );
    let party = foundation.indicators["enps"].party.as_ref();
    assert_eq!(party.map(PartyId::as_str), Some("staff"));
}
