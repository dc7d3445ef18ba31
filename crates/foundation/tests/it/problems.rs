//! What is wrong is said with file, line and key, all of it at once.

use evenkeel_foundation::{is_keepers, parse};
use rstest::rstest;

use crate::small::{check, edited, files, listed, parsed, with};

#[test]
fn the_small_organisation_has_none() {
    let foundation = parsed(&files());
    assert_eq!(foundation.standards.len(), 1);
    let agreed = |id: &&evenkeel_foundation::IndicatorId| !is_keepers(id.as_str());
    assert_eq!(foundation.indicators.keys().filter(agreed).count(), 1);
}

#[rstest]
#[case::unknown_key(
    "parties.toml", "side = \"external\"", "side = \"external\"\ncolour = \"red\"",
    &[("parties.toml:5", "party.customer.colour",
       "unknown key (found colour; allowed: id, title, side, role, minimum_n, published)")],
)]
#[case::misspelt_key(
    "parties.toml", "role =", "rolle =",
    &[("parties.toml:5", "party.customer.rolle", "did you mean `role`?")],
)]
#[case::missing_field(
    "teams.toml", "title = \"Floor\"\n", "",
    &[("teams.toml:1", "team.floor.title", "is missing")],
)]
#[case::wrong_type(
    "standards/waiting.toml", "target = 0.9", "target = \"most\"",
    &[("standards/waiting.toml:8", "standard.waiting.target",
       "a number is needed (found \"most\")")],
)]
#[case::percent(
    "standards/waiting.toml", "target = 0.9", "target = 90",
    &[("standards/waiting.toml:8", "standard.waiting.target",
       "(found 90; allowed: 0 to 1; 98 % is 0.98)")],
)]
#[case::misspelt_word(
    "standards/waiting.toml", "\"speed\"", "\"sped\"",
    &[("standards/waiting.toml:3", "standard.waiting.dimension",
       "did you mean `speed`? (found \"sped\"; allowed: speed, quality, tone, structure)")],
)]
#[case::no_such_touchpoint(
    "standards/waiting.toml", "\"counter\"", "\"countr\"",
    &[("standards/waiting.toml:4", "standard.waiting.touchpoint",
       "there is no touchpoint `countr`; did you mean `counter`? (found \"countr\"; allowed: counter)")],
)]
#[case::no_such_owner(
    "standards/waiting.toml", "\"floor\"", "\"kitchen\"",
    &[("standards/waiting.toml:5", "standard.waiting.owner", "there is no team `kitchen`")],
)]
#[case::party_not_touched(
    "touchpoints.toml", "[\"customer\", \"staff\"]", "[\"customer\"]",
    &[("standards/waiting.toml:6", "standard.waiting.owed_by", "does not touch this party")],
)]
#[case::no_such_party_in_a_list(
    "touchpoints.toml", "\"staff\"]", "\"stuff\"]",
    &[
        ("standards/waiting.toml:6", "standard.waiting.owed_by", "does not touch this party"),
        ("touchpoints.toml:4", "touchpoint.counter.parties[2]", "did you mean `staff`?"),
    ],
)]
#[case::file_and_id_differ(
    "standards/waiting.toml", "id = \"waiting\"", "id = \"queue\"",
    &[("standards/waiting.toml:1", "standard.queue.id", "the id is not the name of the file")],
)]
#[case::no_duration(
    "standards/waiting.toml", "\"5min\"", "5",
    &[("standards/waiting.toml:11", "standard.waiting.requirement.within",
       "a duration is needed (found 5; allowed: a number with its unit")],
)]
#[case::another_kind_s_field(
    "standards/waiting.toml", "within = \"5min\"", "within = \"5min\"\nsteps = [\"a\"]",
    &[("standards/waiting.toml:12", "standard.waiting.requirement.steps", "unknown key")],
)]
#[case::day_that_does_not_exist(
    "standards/waiting.toml", "target = 0.9", "target = 0.9\nvalid_from = \"2025-02-30\"",
    &[("standards/waiting.toml:9", "standard.waiting.valid_from", "a day is needed")],
)]
#[case::picture_with_a_path(
    "standards/waiting.toml", "target = 0.9", "target = 0.9\npicture = \"../x.png\"",
    &[("standards/waiting.toml:9", "standard.waiting.picture", "without a path")],
)]
#[case::language_of_nobody(
    "parties.toml", "nl = \"Klanten\"", "fr = \"Clients\"",
    &[("parties.toml:3", "party.customer.title.fr",
       "does not work in this language (found fr; allowed: en, nl)")],
)]
#[case::internal_minimum(
    "parties.toml", "side = \"internal\"", "side = \"internal\"\nminimum_n = 4",
    &[("parties.toml:10", "party.staff.minimum_n", "(found 4; allowed: 5 or more)")],
)]
#[case::role_on_the_wrong_side(
    "parties.toml", "side = \"internal\"", "side = \"internal\"\nrole = \"customer\"",
    &[("parties.toml:9", "party.staff.side", "a party with this role is external")],
)]
#[case::unknown_zone(
    "organisation.toml", "Europe/Amsterdam", "Europe/Amsterdm",
    &[("organisation.toml:3", "organisation.time_zone", "did you mean `Europe/Amsterdam`?")],
)]
#[case::no_language(
    "organisation.toml", "[\"en\", \"nl\"]", "[\"English\", \"en\", \"nl\"]",
    &[("organisation.toml:2", "organisation.languages[1]", "not the tag of a language")],
)]
#[case::unknown_level(
    "units.toml", "level = \"shop\"", "level = \"shopp\"",
    &[("units.toml:8", "unit.north.level", "there is no level `shopp`; did you mean `shop`?")],
)]
#[case::unknown_parent(
    "units.toml", "parent = \"corner\"", "parent = \"cornr\"",
    &[("units.toml:9", "unit.north.parent", "there is no unit `cornr`; did you mean `corner`?")],
)]
#[case::level_above_its_parent(
    "units.toml", "level = \"shop\"", "level = \"chain\"",
    &[("units.toml:8", "unit.north.level", "levels in this order: chain → shop")],
)]
#[case::closed_before_it_opened(
    "units.toml", "parent = \"corner\"",
    "parent = \"corner\"\nvalid_from = 2026-01-02\nvalid_to = 2026-01-01",
    &[("units.toml:11", "unit.north.valid_to", "the last day is before the first")],
)]
#[case::open_before_its_parent(
    "units.toml", "level = \"chain\"", "level = \"chain\"\nvalid_from = 2026-01-01",
    &[("units.toml:6", "unit.north.valid_from", "exists before its parent `corner` does")],
)]
#[case::indicator_of_no_item(
    "indicators.toml", "item = \"nps\"", "item = \"npz\"",
    &[("indicators.toml:6", "indicator.nps.item",
       "the instrument `visit` has no item `npz`; did you mean `nps`?")],
)]
#[case::kind_against_scale(
    "indicators.toml", "item = \"nps\"", "item = \"mood\"",
    &[("indicators.toml:6", "indicator.nps.item",
       "`nps` cannot count `mood` (found a rating from 1 to 5; allowed: a rating from 0 to 10)")],
)]
#[case::unreachable_target(
    "indicators.toml", "item = \"nps\"", "item = \"nps\"\ntarget = 35",
    &[("indicators.toml:7", "indicator.nps.target", "(found 35; allowed: -1 to 1)")],
)]
#[case::party_of_another_instrument(
    "indicators.toml", "item = \"nps\"", "item = \"nps\"\nparty = \"staff\"",
    &[("indicators.toml:7", "indicator.nps.party", "`visit` is of the party `customer`")],
)]
#[case::indicator_below_the_minimum(
    "indicators.toml", "instrument = \"visit\"\nitem = \"nps\"",
    "instrument = \"pulse\"\nitem = \"enps\"\nminimum_n = 3",
    &[("indicators.toml:7", "indicator.nps.minimum_n", "(found 3; allowed: 5 or more)")],
)]
#[case::alignment_on_the_wrong_side(
    "organisation.toml", "time_zone = \"Europe/Amsterdam\"",
    "time_zone = \"Europe/Amsterdam\"\nalignment = { internal = \"nps\", external = \"nsp\" }",
    &[
        ("organisation.toml:4", "organisation.alignment.internal", "is external"),
        ("organisation.toml:4", "organisation.alignment.external", "did you mean `nps`?"),
    ],
)]
fn one_thing_wrong(
    #[case] path: &str,
    #[case] part: &str,
    #[case] by: &str,
    #[case] expected: &[(&str, &str, &str)],
) {
    check(&with(&[(path, &edited(path, part, by))]), expected);
}

#[test]
fn two_definitions_of_one_indicator_name_both_lines() {
    let text = edited(
        "indicators.toml",
        "[[indicator]]",
        "[[indicator]]\nid = \"nps\"\ntitle = \"Twice\"\nkind = \"rate\"\nfigure = \"x\"\n[[indicator]]",
    );
    check(
        &with(&[("indicators.toml", &text)]),
        &[(
            "indicators.toml:7",
            "indicator.nps",
            "`nps` is defined twice, first in indicators.toml:2",
        )],
    );
}

#[test]
fn a_circle_of_units_is_named() {
    let text = r#"[[unit]]
id = "b"
title = "B"
level = "shop"
parent = "a"
[[unit]]
id = "a"
title = "A"
level = "shop"
parent = "c"
[[unit]]
id = "c"
title = "C"
level = "shop"
parent = "b"
"#;
    let problems = parse(&with(&[("units.toml", text)])).expect_err("a circle");
    let circle = problems
        .iter()
        .find(|p| p.message.contains("circle"))
        .expect("the circle is reported");
    assert_eq!(circle.message, "units in a circle: a → c → b → a");
    assert_eq!(
        (circle.file.as_str(), circle.line),
        ("units.toml", Some(10))
    );
    assert_eq!(circle.key, "unit.a.parent");
}

#[test]
fn only_one_attribute_says_contact_and_only_with_its_three_values() {
    let text = r#"[[attribute]]
id = "a"
title = "A"
contact = true
values = [{ id = "external", title = "E" }, { id = "sometimes", title = "S" }]
[[attribute]]
id = "b"
title = "B"
contact = true
values = [{ id = "none", title = "N" }, { id = "none", title = "N" }]
"#;
    check(
        &with(&[("attributes.toml", text)]),
        &[
            (
                "attributes.toml:5",
                "attribute.a.values[2].id",
                "allowed: external, internal, none",
            ),
            (
                "attributes.toml:9",
                "attribute.b.contact",
                "`a` says contact already",
            ),
            (
                "attributes.toml:10",
                "attribute.b.values[2]",
                "`none` is named twice",
            ),
        ],
    );
}

#[test]
fn a_guess_has_the_scale_of_what_it_guesses() {
    let visit = edited(
        "instruments/visit.json",
        "\"elements\": [",
        "\"elements\": [{\"type\": \"rating\", \"name\": \"guess\", \"rateMax\": 7},",
    );
    let pulse = edited(
        "instruments/pulse.json",
        "\"elements\": [",
        "\"elements\": [{\"type\": \"rating\", \"name\": \"guess\"},",
    );
    let text = r#"[[mirror]]
id = "m"
title = "M"
sides = [
    { party = "customer", own = "visit.mood", predicts = "visit.guess" },
    { party = "customer", own = "pulse.enps", predicts = "pulse.gess" },
]
"#;
    let files = with(&[
        ("instruments/visit.json", &visit),
        ("instruments/pulse.json", &pulse),
        ("mirrors.toml", text),
    ]);
    check(
        &files,
        &[
            (
                "mirrors.toml:5",
                "mirror.m.sides[1].predicts",
                "(found a rating from 1 to 7; allowed: a rating from 0 to 10)",
            ),
            (
                "mirrors.toml:6",
                "mirror.m.sides[2].party",
                "a mirror is between two parties",
            ),
            (
                "mirrors.toml:6",
                "mirror.m.sides[2].own",
                "is answered by `staff`, not by `customer`",
            ),
            (
                "mirrors.toml:6",
                "mirror.m.sides[2].predicts",
                "did you mean `guess`?",
            ),
            (
                "mirrors.toml:6",
                "mirror.m.sides[2].predicts",
                "is answered by `staff`",
            ),
        ],
    );
}

#[test]
fn everything_is_said_at_once() {
    let files = with(&[
        (
            "parties.toml",
            &edited("parties.toml", "\"external\"", "\"outside\""),
        ),
        ("teams.toml", "[[team]]\nid = \"Floor\"\n"),
        (
            "indicators.toml",
            &edited("indicators.toml", "\"nps\"\ntitle", "\"nps\"\ntitel"),
        ),
        ("notes.txt", "x"),
    ]);
    // The standard's owner and the instrument's party are not reported: both may exist in what
    // could not be read.
    check(
        &files,
        &[
            ("indicators.toml:1", "indicator.nps.title", "is missing"),
            (
                "indicators.toml:3",
                "indicator.nps.titel",
                "did you mean `title`?",
            ),
            ("notes.txt", "", "unknown file (allowed: organisation.toml,"),
            (
                "parties.toml:4",
                "party.customer.side",
                "allowed: external, internal",
            ),
            ("teams.toml:1", "team[1].title", "is missing"),
            ("teams.toml:2", "team[1].id", "not an id (found \"Floor\""),
        ],
    );
}

#[test]
fn broken_syntax_is_reported_alone_and_in_every_file() {
    let files = with(&[
        ("teams.toml", "[[team]]\nid = floor\n"),
        ("parties.toml", "[[party]\nid = \"customer\"\n"),
        ("instruments/visit.json", "{\n  \"evenkeel\": {\n"),
    ]);
    let problems = parse(&files).expect_err("broken files");
    let mut named: Vec<&str> = problems.iter().map(|p| p.file.as_str()).collect();
    named.dedup();
    assert_eq!(
        named,
        ["instruments/visit.json", "parties.toml", "teams.toml"],
        "{}",
        listed(&problems)
    );
    assert!(
        problems
            .iter()
            .all(|p| p.line.is_some() && p.message.starts_with("not valid"))
    );
}

#[test]
fn files_that_are_no_text_and_files_of_nothing() {
    let mut binary = files();
    binary.insert(
        "teams.toml".to_owned(),
        b"[[team]]\nid = \"fl\xff\"".to_vec(),
    );
    check(
        &binary,
        &[("teams.toml:2", "", "not UTF-8 text (found byte 0xff")],
    );

    check(
        &with(&[("organisation.toml", "")]),
        &[
            (
                "organisation.toml:1",
                "organisation.languages",
                "is missing",
            ),
            ("organisation.toml:1", "organisation.name", "is missing"),
            (
                "organisation.toml:1",
                "organisation.time_zone",
                "is missing",
            ),
            (
                "units.toml:4",
                "unit.corner.level",
                "no level is defined yet",
            ),
            (
                "units.toml:8",
                "unit.north.level",
                "no level is defined yet",
            ),
        ],
    );
    let mut without = files();
    without.remove("organisation.toml");
    check(
        &without,
        &[("organisation.toml", "", "the file is missing")],
    );
}

#[test]
fn a_byte_order_mark_hidden_files_and_notes_do_no_harm() {
    let text = format!("\u{feff}{}", edited("teams.toml", "Floor", "Floor"));
    let files = with(&[
        ("teams.toml", &text),
        ("README.md", "# Notes"),
        (".git/config", "[core]"),
        ("standards/.gitkeep", ""),
        ("standards/burger.webp", "RIFF"),
    ]);
    assert_eq!(parsed(&files), parsed(&crate::small::files()));
}
