//! `plan`, `apply`, `export`, and what they say of wrong text.

use evenkeel_testkit::Evenkeel;

use crate::small::{BINARY, FILES, three_shops, write_foundation};

#[test]
fn plan_apply_export_come_round() {
    let evenkeel = Evenkeel::new(BINARY);
    write_foundation(&evenkeel, |_, text| text.to_owned());
    let planned = evenkeel.ok(&["plan", "foundation"]);
    assert!(planned.contains("+ indicator nps"), "{planned}");
    evenkeel.ok(&["apply", "foundation", "--reason", "first"]);
    assert_eq!(evenkeel.ok(&["plan", "foundation"]), "Nothing changes.\n");

    evenkeel.ok(&["export", "once"]);
    evenkeel.ok(&["apply", "once", "--reason", "again"]);
    evenkeel.ok(&["export", "twice"]);
    for (name, _) in FILES {
        let read = |folder: &str| std::fs::read(evenkeel.folder().join(folder).join(name));
        assert_eq!(
            read("once").ok(),
            read("twice").ok(),
            "{name} is byte-stable"
        );
    }
    assert_eq!(evenkeel.ok(&["plan", "once"]), "Nothing changes.\n");
}

#[test]
fn a_change_is_shown_field_by_field() {
    let evenkeel = three_shops();
    write_foundation(&evenkeel, |name, text| match name {
        "indicators.toml" => text.replace("target = 0.2", "target = 0.3"),
        _ => text.to_owned(),
    });
    let planned = evenkeel.ok(&["plan", "foundation"]);
    assert!(planned.contains("~ indicator nps"), "{planned}");
    assert!(planned.contains("target: 0.2 → 0.3"), "{planned}");
}

#[test]
fn all_problems_come_at_once_with_file_line_and_what_is_allowed() {
    let evenkeel = Evenkeel::new(BINARY);
    write_foundation(&evenkeel, |name, text| match name {
        // Two definitions of one indicator.
        "indicators.toml" => format!(
            "{text}\n[[indicator]]\nid = \"nps\"\ntitle = \"Again\"\nparty = \"guest\"\nkind = \"nps\"\ninstrument = \"visit\"\nitem = \"recommend\"\n"
        ),
        // Units that are their own ancestors.
        "units.toml" => text.replace(
            "id = \"chain\"\ntitle = \"The chain\"\nlevel = \"chain\"",
            "id = \"chain\"\ntitle = \"The chain\"\nlevel = \"chain\"\nparent = \"aalst\"",
        ),
        // An instrument outside the subset.
        "instruments/pulse.json" => {
            text.replace("\"type\": \"rating\"", "\"type\": \"signaturepad\"")
        }
        _ => text.to_owned(),
    });
    let outcome = evenkeel.run(&["apply", "foundation"]);
    assert_eq!(outcome.code, Some(3), "{outcome:?}");
    let said = &outcome.stderr;
    assert!(
        said.contains("indicators.toml:22:1"),
        "the second definition's line: {said}"
    );
    assert!(said.contains("units.toml"), "{said}");
    assert!(
        said.contains("chain") && said.contains("aalst"),
        "the cycle is named: {said}"
    );
    assert!(said.contains("instruments/pulse.json"), "{said}");
    assert!(said.contains("signaturepad"), "what was found: {said}");
    assert!(said.contains("rating"), "what is allowed: {said}");

    let exported = evenkeel.run(&["export", "out"]);
    assert!(
        !evenkeel.folder().join("out/indicators.toml").exists()
            || !std::fs::read_to_string(evenkeel.folder().join("out/indicators.toml"))
                .unwrap_or_default()
                .contains("nps"),
        "nothing of a refused foundation is in force: {exported:?}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let evenkeel = Evenkeel::new(BINARY);
    let outcome = evenkeel.run(&["apply", "nowhere"]);
    assert_eq!(outcome.code, Some(3), "{outcome:?}");
    assert!(
        outcome.stderr.contains("nowhere is not a folder"),
        "{outcome:?}"
    );
}
