//! Every example of this repository is a foundation without problems.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use evenkeel_foundation::{Foundation, export, parse};

use crate::small::{Files, listed};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn read(folder: &Path) -> Files {
    fn walk(root: &Path, folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("below the root");
                let name = name.to_str().expect("a UTF-8 name").to_owned();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut files = Files::new();
    walk(folder, folder, &mut files);
    files
}

fn demo() -> Foundation {
    parse(&read(&examples().join("demo/foundation"))).unwrap_or_else(|p| panic!("{}", listed(&p)))
}

#[test]
fn each_example_parses_and_survives_its_export() {
    let mut checked = 0;
    for entry in std::fs::read_dir(examples()).expect("the examples") {
        let folder = entry.expect("an entry").path().join("foundation");
        if !folder.is_dir() {
            continue;
        }
        let foundation = parse(&read(&folder))
            .unwrap_or_else(|problems| panic!("{}:\n{}", folder.display(), listed(&problems)));
        let files = export(&foundation);
        let again = parse(&files).unwrap_or_else(|p| panic!("{}", listed(&p)));
        assert_eq!(again, foundation, "{}", folder.display());
        assert_eq!(export(&again), files, "{}", folder.display());
        let objects = foundation.objects();
        assert_eq!(Foundation::from_objects(objects).as_ref(), Ok(&foundation));
        checked += 1;
    }
    assert!(checked > 0, "there is at least the demo");
}

#[test]
fn the_demo_shows_everything_that_a_foundation_can_say() {
    let demo = demo();
    let kinds: BTreeSet<&str> = demo
        .standards
        .values()
        .map(|s| s.requirement.as_str())
        .collect();
    let all = [
        "checklist",
        "duration",
        "range",
        "rubric",
        "sequence",
        "wording",
    ];
    assert_eq!(kinds, BTreeSet::from(all));
    let dimensions: BTreeSet<&str> = demo
        .standards
        .values()
        .map(|s| s.dimension.as_str())
        .collect();
    assert_eq!(
        dimensions,
        BTreeSet::from(["quality", "speed", "structure", "tone"])
    );
    assert_eq!(demo.parties.len(), 3);
    let restaurant = demo.organisation.levels.last().expect("levels").id.clone();
    let restaurants = demo.units.values().filter(|unit| unit.level == restaurant);
    assert_eq!(restaurants.count(), 40);
    assert_eq!(demo.mirrors.len(), 2);
    assert!(demo.organisation.alignment.is_some());
    assert!(demo.contact_attribute().is_some());
    assert!(demo.indicators.values().any(|indicator| indicator.headline));
}

#[test]
fn the_demo_speaks_english_and_dutch() {
    let demo = demo();
    let indicators = demo.indicators.values().map(|i| &i.title);
    let standards = demo.standards.values().map(|s| &s.title);
    let parties = demo.parties.values().map(|p| &p.title);
    for title in indicators.chain(standards).chain(parties) {
        for language in ["en", "nl"] {
            assert!(
                title.iter().any(|(l, _)| l == language),
                "{title} in {language}"
            );
        }
    }
}
