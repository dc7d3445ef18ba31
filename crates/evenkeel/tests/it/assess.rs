//! `evenkeel assess`: a standard and a file, without a server.

use std::io::Write as _;
use std::process::Stdio;

use evenkeel_testkit::Evenkeel;
use serde_json::Value;

use crate::small::BINARY;

fn standard(id: &str, requirement: &str) -> String {
    format!(
        "id = \"{id}\"\ntitle = \"{id}\"\ndimension = \"tone\"\ntouchpoint = \"counter\"\nowner = \"owners\"\n\
         owed_by = \"desk\"\nowed_to = \"guest\"\ntarget = 0.9\n{requirement}\n"
    )
}

const BURGER: &str = "[requirement]\nkind = \"sequence\"\nsteps = [\"bun\", \"sauce\", \"patty\", \"cheese\", \"pickle\", \"bun\"]\n\
    [latitude]\nextras = [\"bacon\"]";

#[test]
fn burgers_in_words_a_cook_understands() {
    let evenkeel = Evenkeel::new(BINARY);
    evenkeel.write("burger.toml", standard("burger", BURGER));
    evenkeel.write(
        "made.csv",
        "steps\nbun;sauce;patty;cheese;pickle;bun\nbun;patty;pickle;cheese;bun\n\
         bun;sauce;patty;patty;cheese;bacon;pickle;bun\nbun;sauce;falafel;cheese;pickle;bun\n",
    );
    let said = |language: &str| {
        let outcome = evenkeel.run(&["assess", "burger.toml", "made.csv", "--language", language]);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.stdout
    };
    assert_eq!(
        said("en"),
        "line 2: kept\nline 3: not kept\n    sauce forgotten\n    cheese and pickle swapped\n\
         line 4: not kept\n    patty: 2 instead of 1\n    on top: bacon\n\
         line 5: not kept\n    falafel instead of patty\n\n\
         Kept 1 of 4: 25 % (95 % interval 4.6 % to 69.9 %).\n\
         Deviations, in how many observations:\n       2  a step that is not part of it\n\
         \x20      2  a step forgotten\n       1  steps swapped\nOn top:\n       1  bacon\n"
    );
    for (language, sentence) in [
        ("nl", "sauce vergeten"),
        ("fr", "cheese et pickle inversés"),
        ("de", "falafel statt patty"),
    ] {
        let words = said(language);
        assert!(words.contains(sentence), "{words}");
    }
}

#[test]
fn a_text_shows_its_findings_where_they_are() {
    let evenkeel = Evenkeel::new(BINARY);
    let wording = "[requirement]\nkind = \"wording\"\n[requirement.languages.nl]\naddress = \"u\"\ngratitude = \"required\"";
    let path = evenkeel.write("mail.toml", standard("mail", wording));
    let path = path.to_str().expect("UTF-8");
    evenkeel.write(
        "mail.txt",
        "Kunt u uw code sturen? Je vindt hem op de kaart.",
    );
    let outcome = evenkeel.run(&["assess", path, "mail.txt", "--language", "nl", "--strict"]);
    assert_eq!(outcome.code, Some(6), "{}", outcome.stderr);
    assert!(
        outcome.stdout.starts_with(
            "niet nagekomen\n    “Je”, terwijl we “u” zeggen: Kunt u uw code sturen? [Je] vindt hem op de kaart.\n    geen dankwoord\n"
        ),
        "{}",
        outcome.stdout
    );
    let mut command = evenkeel.command(&["assess", path, "-", "--language", "nl-BE", "--json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut started = command.spawn().expect("started");
    let mut input = started.stdin.take().expect("an input");
    input.write_all(b"Dank u wel.").expect("written");
    drop(input);
    let printed = started.wait_with_output().expect("ended").stdout;
    let answer: Value = serde_json::from_slice(&printed).expect("JSON");
    assert_eq!(answer["kept"], 1);
    assert_eq!(answer["conformance"]["n"], 1);
    assert_eq!(
        answer["observations"][0]["deviations"],
        serde_json::json!([])
    );
}

#[test]
fn raters_are_shown_before_their_scores() {
    let evenkeel = Evenkeel::new(BINARY);
    let rubric = "[requirement]\nkind = \"rubric\"\nraters = 2\npass_from = 3\ncalibration = { agreement_min = 0.8, subjects_min = 3 }\n\
        anchors = [{ score = 1, title = \"No\" }, { score = 5, title = \"Yes\" }]";
    evenkeel.write("welcome.toml", standard("welcome", rubric));
    let table = |rounds: &str| {
        format!("subject,rater,score,channel\n{rounds}g1,An,4,\ng1,Bo,5,\ng2,An,2,\ng2,Bo,2,\n")
    };
    let agree = "c1,An,1,calibration\nc1,Bo,1,calibration\nc2,An,3,calibration\nc2,Bo,3,calibration\nc3,An,5,calibration\nc3,Bo,5,calibration\n";
    evenkeel.write("agree.csv", table(agree));
    let answer = evenkeel.json(&["assess", "welcome.toml", "agree.csv"]);
    assert_eq!(
        (&answer["kept"], &answer["deviated"]),
        (&1.into(), &1.into())
    );
    assert_eq!(answer["raters"]["alpha_ordinal"], 1.0);
    evenkeel.write(
        "disagree.csv",
        table(
            &agree
                .replace("c1,Bo,1", "c1,Bo,5")
                .replace("c3,Bo,5", "c3,Bo,1"),
        ),
    );
    let answer = evenkeel.json(&["assess", "welcome.toml", "disagree.csv"]);
    assert_eq!(
        (&answer["kept"], &answer["deviated"]),
        (&0.into(), &0.into())
    );
    assert_eq!(
        answer["observations"][3]["unknown"]["kind"],
        "agreement_too_low"
    );
}

#[test]
fn what_is_wrong_is_named() {
    let evenkeel = Evenkeel::new(BINARY);
    evenkeel.write("burger.toml", standard("burger", BURGER));
    evenkeel.write("made.csv", "order,stepz\n1,bun\n");
    let outcome = evenkeel.run(&["assess", "burger.toml", "made.csv"]);
    assert_eq!(outcome.code, Some(3));
    assert!(
        outcome.stderr.contains(
            "made.csv: no column says what was seen (found order, stepz; allowed: steps, kept)"
        ),
        "{}",
        outcome.stderr
    );
    evenkeel.write(
        "broken.toml",
        standard(
            "broken",
            "[requirement]\nkind = \"range\"\nunit_of_measure = \"g\"\nlowr = 3",
        ),
    );
    let outcome = evenkeel.run(&["assess", "broken.toml", "made.csv"]);
    assert_eq!(outcome.code, Some(3));
    for part in [
        "broken.toml:9: standard.requirement: a range has a limit",
        "broken.toml:12: standard.requirement.lowr: unknown key",
    ] {
        assert!(outcome.stderr.contains(part), "{part}\n{}", outcome.stderr);
    }
}
