//! Stored looks of every kind, judged again, or left as they are with the reason why.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow::array::{Array as _, AsArray as _, RecordBatch, new_null_array};
use arrow::compute::concat_batches;
use arrow::datatypes::TimestampMicrosecondType;
use evenkeel_assess::Agreement;
use evenkeel_collect::observation::{Arrival, Fault, Incoming, Row, judge_incoming};
use evenkeel_collect::reassess::{
    Again, JudgedAgain, NotJudged, Prepared, ReadFailure, StoredBatches, judge_again, settle,
};
use evenkeel_collect::{commit_inbox, reassess};
use evenkeel_facts::{Facts, Table, observations_schema};
use evenkeel_foundation::{Requirement, StandardId, export, parse};
use evenkeel_registry::{InboxRow, StandardVersion};
use jiff::{SignedDuration, Timestamp};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rstest::rstest;
use serde_json::{Value, json};

use crate::kinds::place;
use crate::support::Place;

const DAY: &str = "2026-02-03";

fn id(standard: &str) -> StandardId {
    StandardId::parse(standard).expect("an id")
}

fn mapping(lines: &str) -> String {
    format!(
        "kind = \"observations\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"at\"\n[observation]\nchosen = \"census\"\n{lines}\n"
    )
}

/// One observation as it comes over HTTP, received at a second of that day's noon.
fn looked(place: &Place, sent: &Value, second: i64) -> Result<Vec<Row>, Vec<Fault>> {
    let mut whole = json!({"unit": "sneek", "chosen": "random", "at": DAY});
    let more = sent.as_object().expect("an object").clone();
    whole.as_object_mut().expect("an object").extend(more);
    let incoming: Incoming = serde_json::from_value(whole).expect("an observation");
    let noon: Timestamp = "2026-02-04T12:00:00Z".parse().expect("a moment");
    let arrival = Arrival {
        received_at: noon + SignedDuration::from_secs(second),
        import_id: "inbox",
        source: "http",
        salt: b"salt of the tests",
        rng: &mut StdRng::seed_from_u64(7),
    };
    judge_incoming(&incoming, &place.agreed, arrival).map(|looked| looked.rows)
}

/// Puts rows through the inbox, from a sequence number on, in one commit.
fn commit(place: &Place, sequence: i64, rows: &[Row]) {
    let rows: Vec<InboxRow> = rows
        .iter()
        .zip(sequence..)
        .map(|(row, sequence)| InboxRow {
            sequence,
            content: serde_json::to_string(row).expect("JSON"),
        })
        .collect();
    commit_inbox(&place.facts, &rows).expect("committed");
}

fn send(place: &Place, sequence: i64, sent: &[Value]) {
    let rows = sent.iter().map(|sent| looked(place, sent, 0));
    let rows: Vec<Vec<Row>> = rows.collect::<Result<_, _>>().expect("judged");
    commit(place, sequence, &rows.concat());
}

/// A further version of a standard, which holds since ever: the register was corrected.
fn correct(place: &mut Place, standard: &str, change: impl FnOnce(&mut Requirement)) {
    let versions = place
        .agreed
        .standards
        .get_mut(&id(standard))
        .expect("known");
    let mut next: StandardVersion = versions.last().expect("a version").clone();
    next.version += 1;
    change(&mut next.standard.requirement);
    versions.push(next);
}

/// All rows, in the order of the files' names; `true` for those that no later row replaces.
fn rows(facts: &Facts) -> (RecordBatch, Vec<bool>) {
    let schema = observations_schema();
    let snapshot = facts.snapshot(&Table::Observations).expect("a log");
    let mut batches = Vec::new();
    for file in &snapshot.expect("a table").files {
        let file = File::open(&file.path).expect("a file");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
        for batch in reader.build().expect("Parquet") {
            let batch = batch.expect("rows");
            let columns = schema.fields().iter().map(|field| {
                let found = batch.column_by_name(field.name()).cloned();
                found.unwrap_or_else(|| new_null_array(field.data_type(), batch.num_rows()))
            });
            let columns = columns.collect();
            batches.push(RecordBatch::try_new(Arc::clone(&schema), columns).expect("rows"));
        }
    }
    let all = concat_batches(&schema, &batches).expect("rows");
    let ids = all["observation_id"].as_string::<i32>();
    let received = all["received_at"].as_primitive::<TimestampMicrosecondType>();
    let mut latest: BTreeMap<&str, (i64, usize)> = BTreeMap::new();
    for row in 0..all.num_rows() {
        let last = latest.entry(ids.value(row)).or_insert((i64::MIN, row));
        *last = (*last).max((received.value(row), row));
    }
    let counts = (0..all.num_rows()).map(|row| latest[ids.value(row)].1 == row);
    let counts = counts.collect();
    (all, counts)
}

/// What `measure` gives: each look that counts, in small batches.
fn read(facts: &Facts, standard: &str) -> StoredBatches {
    let (all, counts) = rows(facts);
    let standards = all["standard"].as_string::<i32>();
    let live: Vec<u32> = (0..all.num_rows())
        .filter(|row| counts[*row] && standards.value(*row) == standard)
        .map(|row| row as u32)
        .collect();
    let batches: Vec<Result<(RecordBatch, Vec<bool>), ReadFailure>> = live
        .chunks(2)
        .map(|rows| {
            let places = arrow::array::UInt32Array::from(rows.to_vec());
            let batch = arrow::compute::take_record_batch(&all, &places).expect("rows");
            Ok((batch, vec![true; rows.len()]))
        })
        .collect();
    Box::new(batches.into_iter())
}

fn prepare(place: &Place, standard: &str, name: &str, for_good: bool) -> Prepared {
    let standard_id = id(standard);
    let again = Again {
        agreed: &place.agreed,
        standard: &standard_id,
        versions: &place.agreed.standards[&standard_id],
        id: name,
    };
    let facts = for_good.then_some(&place.facts);
    let read = || Ok(read(&place.facts, standard));
    judge_again(again, facts, read, &AtomicBool::new(false)).expect("judged")
}

fn again(place: &Place, standard: &str, name: &str) -> JudgedAgain {
    let prepared = prepare(place, standard, name, true);
    let judged = prepared.judged.clone();
    prepared.commit().expect("committed");
    judged
}

/// Of each look that counts: version, kept, deviations, extras, in order of id.
fn judgements(place: &Place, standard: &str) -> Vec<(i64, Option<bool>, Value, Value)> {
    let mut found = BTreeMap::new();
    for batch in read(&place.facts, standard) {
        let (batch, _) = batch.expect("rows");
        for row in 0..batch.num_rows() {
            let json_of = |column: &str| {
                let texts = batch[column].as_string::<i32>();
                let text = texts.is_valid(row).then(|| texts.value(row));
                text.map_or(Value::Null, |text| {
                    serde_json::from_str(text).expect("JSON")
                })
            };
            let kept = batch["kept"].as_boolean();
            let versions = batch["standard_version"].as_primitive::<arrow::datatypes::Int32Type>();
            let id = batch["observation_id"]
                .as_string::<i32>()
                .value(row)
                .to_owned();
            found.insert(
                id,
                (
                    i64::from(versions.value(row)),
                    kept.is_valid(row).then(|| kept.value(row)),
                    json_of("deviations"),
                    json_of("extras"),
                ),
            );
        }
    }
    found.into_values().collect()
}

fn kept(place: &Place, standard: &str) -> Vec<Option<bool>> {
    let all = judgements(place, standard).into_iter();
    all.map(|(_, kept, ..)| kept).collect()
}

fn left(judged: &JudgedAgain) -> Vec<(NotJudged, u64)> {
    judged.not_judged.clone().into_iter().collect()
}

fn within(seconds: f64) -> impl FnOnce(&mut Requirement) {
    move |requirement| {
        if let Requirement::Duration(duration) = requirement {
            duration.within = seconds;
        }
    }
}

/// Three waits in minutes from a file, a fourth over HTTP.
fn waits() -> Place {
    let place = place();
    let text =
        "shop,at,minutes\nsneek,2026-02-01,10\nsneek,2026-02-02,17\nleeuwarden,2026-02-03,25\n";
    let lines = "standard = \"wait\"\nvalue = \"minutes\"\nunit_of_value = \"minutes\"";
    place
        .import("waits.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    send(
        &place,
        1,
        &[
            json!({"standard": "wait", "key": "z", "value": 1080.0, "extras": ["a chair"], "reason": "could_not"}),
        ],
    );
    place
}

#[test]
fn what_was_written_wrongly_is_put_right_for_files_and_for_single_looks() {
    let mut place = waits();
    let before = judgements(&place, "wait");
    correct(&mut place, "wait", within(1200.0));
    let judged = again(&place, "wait", "one");
    assert_eq!((judged.looks, judged.unchanged), (4, 0));
    assert_eq!(judged.changes.not_kept_to_kept, 2);
    // Kept as before, but by another version; late as before, by less.
    assert_eq!(judged.changes.otherwise, 2);
    assert_eq!(judged.versions, BTreeMap::from([((1, 2), (4, 4))]));
    assert_eq!((judged.before.kept, judged.before.n), (1, 4));
    assert_eq!((judged.after.kept, judged.after.n), (3, 4));
    let after = judgements(&place, "wait");
    let late = json!([{"kind": "over_time", "by_seconds": 300.0}]);
    assert_eq!(after[2], (2, Some(false), late, Value::Null));
    // What a person reported stays beside the new judgement.
    assert_eq!(after[3], (2, Some(true), Value::Null, json!(["a chair"])));
    // What was judged before is still there to be read.
    let (all, counts) = rows(&place.facts);
    assert_eq!(all.num_rows(), 8);
    let stored: usize = counts.iter().filter(|counts| !**counts).count();
    assert_eq!(stored, before.len());
}

#[test]
fn a_row_differs_from_the_one_it_follows_in_its_judgement_alone() {
    let mut place = waits();
    let mut before: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let collect = |place: &Place, into: &mut BTreeMap<String, Vec<String>>| {
        for batch in read(&place.facts, "wait") {
            let (batch, _) = batch.expect("rows");
            for row in 0..batch.num_rows() {
                let schema = batch.schema();
                let of_row = schema.fields().iter().zip(batch.columns()).map(|(f, c)| {
                    let shown = arrow::util::display::array_value_to_string(c, row);
                    format!("{}={}", f.name(), shown.expect("shown"))
                });
                let of_row: Vec<String> = of_row.collect();
                into.insert(of_row[0].clone(), of_row);
            }
        }
    };
    collect(&place, &mut before);
    correct(&mut place, "wait", within(1200.0));
    again(&place, "wait", "one");
    let mut after = BTreeMap::new();
    collect(&place, &mut after);
    let judgement = [
        "standard_version",
        "kept",
        "deviations",
        "received_at",
        "import_id",
    ];
    for (id, old) in &before {
        let new = &after[id];
        for (was, is) in old.iter().zip(new) {
            let name = was.split('=').next().unwrap_or_default();
            assert!(
                was == is || judgement.contains(&name),
                "{id}: {was} became {is}"
            );
        }
        assert!(
            new.iter().any(|cell| cell.ends_with("+reassessment-one")),
            "{new:?}"
        );
    }
}

#[test]
fn a_second_time_changes_nothing_and_a_third_version_can() {
    let mut place = waits();
    correct(&mut place, "wait", within(1200.0));
    again(&place, "wait", "one");
    let committed = place
        .facts
        .snapshot(&Table::Observations)
        .expect("a log")
        .map(|s| s.version);
    let second = again(&place, "wait", "two");
    assert_eq!((second.unchanged, second.changes.all()), (4, 0));
    let then = place
        .facts
        .snapshot(&Table::Observations)
        .expect("a log")
        .map(|s| s.version);
    assert_eq!(then, committed);
    correct(&mut place, "wait", within(900.0));
    let third = again(&place, "wait", "three");
    assert_eq!(third.changes.kept_to_not_kept, 2);
    assert_eq!(
        kept(&place, "wait"),
        [Some(true), Some(false), Some(false), Some(false)]
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let mut place = waits();
    correct(&mut place, "wait", within(1200.0));
    let before = place
        .facts
        .snapshot(&Table::Observations)
        .expect("a log")
        .map(|s| s.version);
    let dry = prepare(&place, "wait", "", false);
    let found = dry.judged.clone();
    assert_eq!(dry.commit().expect("nothing to commit"), None);
    let after = place
        .facts
        .snapshot(&Table::Observations)
        .expect("a log")
        .map(|s| s.version);
    assert_eq!(before, after);
    // It says what would be.
    assert_eq!(found, again(&place, "wait", "one"));
}

#[test]
fn cut_off_before_its_commit_it_leaves_nothing_behind() {
    let mut place = waits();
    correct(&mut place, "wait", within(1200.0));
    let before = judgements(&place, "wait");
    drop(prepare(&place, "wait", "cut", true));
    assert_eq!(judgements(&place, "wait"), before);
    // As at the next start.
    let reopened = Facts::open(&place.dir.path().join("facts")).expect("tables");
    assert!(!settle(&reopened, "cut").expect("settled"));
    let staged = std::fs::read_dir(place.dir.path().join("facts/_staging")).expect("a folder");
    assert_eq!(staged.count(), 0);
    assert_eq!(judgements(&place, "wait"), before);
    again(&place, "wait", "later");
    assert!(settle(&reopened, "later").expect("settled"));
    assert_eq!(kept(&place, "wait")[1], Some(true));
}

#[test]
fn a_correction_that_is_sent_meanwhile_goes_before_it() {
    let mut place = waits();
    correct(&mut place, "wait", within(1200.0));
    let prepared = prepare(&place, "wait", "one", true);
    // It arrives when the looks were read and nothing is committed yet.
    let sent = json!({"standard": "wait", "key": "z", "value": 3000.0});
    commit(&place, 50, &looked(&place, &sent, 1).expect("judged"));
    prepared.commit().expect("committed");
    assert_eq!(kept(&place, "wait")[3], Some(false));
}

#[test]
fn each_look_by_the_version_of_its_own_day_and_other_standards_not_at_all() {
    let mut place = waits();
    let text = "shop,at,t\nsneek,2026-02-01,60\n";
    let lines = "standard = \"plate\"\nvalue = \"t\"";
    place
        .import("plates.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    let plates = judgements(&place, "plate");
    correct(&mut place, "wait", within(1800.0));
    let versions = place.agreed.standards.get_mut(&id("wait")).expect("known");
    versions[1].valid_from = Some("2026-02-03".parse().expect("a day"));
    let judged = again(&place, "wait", "one");
    // The second day's look of 17 minutes is still judged by fifteen.
    assert_eq!(
        judged.versions,
        BTreeMap::from([((1, 1), (2, 0)), ((1, 2), (2, 2))])
    );
    assert_eq!(
        kept(&place, "wait"),
        [Some(true), Some(false), Some(true), Some(true)]
    );
    // Late, but of an early day: it counts there.
    send(
        &place,
        90,
        &[json!({"standard": "wait", "key": "late", "value": 1000.0, "at": "2026-02-02"})],
    );
    assert_eq!(again(&place, "wait", "two").changes.all(), 0);
    let late = judgements(&place, "wait");
    assert!(
        late.iter().any(|look| (look.0, look.1) == (1, Some(false))),
        "{late:?}"
    );
    assert_eq!(judgements(&place, "plate"), plates);
}

#[test]
fn before_the_first_version_and_after_the_last_there_is_nothing_to_judge_by() {
    let mut place = waits();
    let versions = place.agreed.standards.get_mut(&id("wait")).expect("known");
    versions[0].valid_from = Some("2026-02-02".parse().expect("a day"));
    let judged = again(&place, "wait", "one");
    assert_eq!(left(&judged), [(NotJudged::NoVersion, 1)]);
    assert_eq!(judged.unchanged, 3);
}

#[test]
fn ranges_by_their_new_limit() {
    let mut place = place();
    let text = "shop,at,t\nsneek,2026-02-01,60\nsneek,2026-02-01,64\n";
    let lines = "standard = \"plate\"\nvalue = \"t\"";
    place
        .import("plates.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    let Requirement::Range(mut range) = place.agreed.standards[&id("plate")][0]
        .standard
        .requirement
        .clone()
    else {
        panic!("a range");
    };
    if let Some(lower) = &mut range.lower {
        *lower = 65.0;
    }
    correct(&mut place, "plate", |requirement| {
        *requirement = Requirement::Range(range);
    });
    let judged = again(&place, "plate", "one");
    assert_eq!(judged.changes.kept_to_not_kept, 1);
    assert_eq!(
        judgements(&place, "plate")[0].2,
        json!([{"kind": "too_low", "by": 5.0}])
    );
}

#[rstest]
#[case::file(false)]
#[case::single(true)]
fn hours_are_counted_anew_where_the_moments_are_stored(#[case] single: bool) {
    let mut place = place();
    // Monday 16:00 to Tuesday 12:00: four hours of the office's, with eight a day.
    if single {
        let looks = [
            json!({"standard": "answer", "key": "a", "from": "2026-02-02T16:00+01:00", "to": "2026-02-03T12:00+01:00"}),
        ];
        send(&place, 1, &looks);
    } else {
        let text = "shop,at,done\nsneek,2026-02-02 16:00,2026-02-03 12:00\n";
        let lines = "standard = \"answer\"\nfrom = \"at\"\nto = \"done\"";
        place
            .import("mails.csv", text.as_bytes(), &mapping(lines))
            .expect("stored");
    }
    assert_eq!(kept(&place, "answer"), [Some(true)]);
    correct(&mut place, "answer", within(3.0 * 3600.0));
    let judged = again(&place, "answer", "one");
    assert_eq!(
        (judged.changes.kept_to_not_kept, judged.not_recounted),
        (1, 0)
    );
    // Then Tuesday turns out to have been a holiday: one hour is left.
    let mut files = export(&place.agreed.foundation);
    let calendars = String::from_utf8(files["calendars.toml"].clone()).expect("text");
    let calendars = calendars.replacen(
        "id = \"office\"",
        "id = \"office\"\nholidays = [\"2026-02-03\"]",
        1,
    );
    files.insert("calendars.toml".to_owned(), calendars.into_bytes());
    place.agreed.foundation = parse(&files).unwrap_or_else(|problems| panic!("{problems:?}"));
    let judged = again(&place, "answer", "two");
    assert_eq!(judged.changes.not_kept_to_kept, 1);
    assert_eq!(kept(&place, "answer"), [Some(true)]);
}

#[test]
fn what_was_open_is_judged_as_it_was_looked_at() {
    let mut place = place();
    let text =
        "shop,at,minutes,open\nsneek,2026-02-01,,20\nsneek,2026-02-01,,5\nsneek,2026-02-01,,\n";
    let lines = "standard = \"wait\"\nvalue = \"minutes\"\nopen_for = \"open\"\nunit_of_value = \"minutes\"";
    place
        .import("open.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    send(
        &place,
        1,
        &[json!({"standard": "answer", "key": "o", "from": "2026-02-02T16:00+01:00"})],
    );
    assert_eq!(kept(&place, "wait"), [Some(false), None, None]);
    correct(&mut place, "wait", within(1800.0));
    let judged = again(&place, "wait", "one");
    assert_eq!(judged.changes.not_kept_to_unknown, 1);
    assert_eq!(left(&judged), [(NotJudged::NotStored, 1)]);
    // It was looked at on Wednesday at noon, after nine hours of the office's; that it is older by
    // now does not count.
    correct(&mut place, "answer", within(10.0 * 3600.0));
    let judged = again(&place, "answer", "two");
    assert_eq!(judged.changes.not_kept_to_unknown, 1);
    assert_eq!(again(&place, "answer", "three").changes.all(), 0);
}

#[rstest]
#[case::file(false)]
#[case::single(true)]
fn checklists_and_their_extras(#[case] single: bool) {
    let mut place = place();
    if single {
        let looks = [
            json!({"standard": "table", "key": "a", "extras": ["a card"],
            "items": {"clean": true, "menu": false, "flowers": true}}),
        ];
        send(&place, 1, &looks);
    } else {
        let text = "shop,at,there,more\nsneek,2026-02-01,clean;flowers,a card\n";
        let lines = "standard = \"table\"\nticked = { column = \"there\", split = \";\" }\nextras = { column = \"more\", split = \";\" }";
        place
            .import("tables.csv", text.as_bytes(), &mapping(lines))
            .expect("stored");
    }
    let missed = json!([{"kind": "item_missed", "item": "menu", "auto_fail": false},
        {"kind": "share_too_low", "share": 0.5, "pass_at": 1.0}]);
    assert_eq!(
        judgements(&place, "table"),
        [(1, Some(false), missed, json!(["flowers", "a card"]))]
    );
    // The menu was never meant to be on the list, nor were flowers an extra.
    correct(&mut place, "table", |requirement| {
        if let Requirement::Checklist(list) = requirement {
            list.items.retain(|item| item.id == "clean");
        }
    });
    let judged = again(&place, "table", "one");
    assert_eq!(judged.changes.not_kept_to_kept, 1);
    assert_eq!(
        judgements(&place, "table"),
        [(2, Some(true), Value::Null, json!(["a card"]))]
    );
    // A point that nobody looked at cannot be judged.
    correct(&mut place, "table", |requirement| {
        if let Requirement::Checklist(list) = requirement {
            let mut salt = list.items[0].clone();
            salt.id = "salt".to_owned();
            list.items.push(salt);
        }
    });
    assert_eq!(
        left(&again(&place, "table", "two")),
        [(NotJudged::DoesNotFit, 1)]
    );
}

#[rstest]
#[case::file(false)]
#[case::single(true)]
fn sequences_by_other_steps_and_another_latitude(#[case] single: bool) {
    let mut place = place();
    if single {
        let looks = [
            json!({"standard": "burger", "key": "a", "extras": ["bacon", "a smile"],
            "steps": ["bun", "patty", "bacon", "bun"]}),
        ];
        send(&place, 1, &looks);
    } else {
        let text = "shop,at,done,more\nsneek,2026-02-01,bun|patty|bacon|bun,bacon|a smile\n";
        let lines = "standard = \"burger\"\nsteps = { column = \"done\", split = \"|\" }\nextras = { column = \"more\", split = \"|\" }";
        place
            .import("burgers.csv", text.as_bytes(), &mapping(lines))
            .expect("stored");
    }
    assert_eq!(
        judgements(&place, "burger"),
        [(1, Some(true), Value::Null, json!(["bacon", "a smile"]))]
    );
    correct(&mut place, "burger", |_| ());
    let versions = place
        .agreed
        .standards
        .get_mut(&id("burger"))
        .expect("known");
    versions[1].standard.latitude.extras.clear();
    let judged = again(&place, "burger", "one");
    assert_eq!(judged.changes.kept_to_not_kept, 1);
    // Bacon is a deviation now; that somebody reported it as an extra stays said.
    let added = json!([{"kind": "step_added", "step": "bacon", "at": 3}]);
    assert_eq!(
        judgements(&place, "burger"),
        [(2, Some(false), added, json!(["bacon", "a smile"]))]
    );
}

#[test]
fn texts_only_where_somebody_asked_to_keep_them() {
    let mut place = place();
    let text = "Could you send us your address?";
    send(
        &place,
        1,
        &[
            json!({"standard": "mail", "key": "a", "text": text, "language": "en", "keep_text": true}),
            json!({"standard": "mail", "key": "b", "text": text, "language": "en"}),
        ],
    );
    assert_eq!(kept(&place, "mail"), [Some(false), Some(false)]);
    correct(&mut place, "mail", |requirement| {
        if let Requirement::Wording(wording) = requirement
            && let Some(rules) = wording.languages.get_mut("en")
        {
            *rules = evenkeel_foundation::requirement::WordingRules {
                gratitude: None,
                required: vec!["address".to_owned()],
                ..rules.clone()
            };
        }
    });
    let judged = again(&place, "mail", "one");
    assert_eq!(left(&judged), [(NotJudged::TextNotStored, 1)]);
    assert_eq!(kept(&place, "mail"), [Some(true), Some(false)]);
}

/// Two raters of one subject from a file, three of another over HTTP.
fn scores() -> Place {
    let place = place();
    let text = "shop,at,who,score,what\nsneek,2026-02-01,An,4,table 1\nsneek,2026-02-01,Bo,3,table 1\n\
        sneek,2026-02-01,An,2,table 2\n";
    let lines = "standard = \"welcome\"\nvalue = \"score\"\nlooked_by = { column = \"who\" }\nsubject = [\"what\"]";
    place
        .import("scores.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    let three = json!([{"rater": "An", "score": 2}, {"rater": "Bo", "score": 3}, {"rater": "Cy", "score": 5}]);
    send(
        &place,
        1,
        &[json!({"standard": "welcome", "key": "z", "scores": three})],
    );
    place
}

#[test]
fn rubrics_once_for_each_thing_by_all_its_raters() {
    let mut place = scores();
    // Of table 1 the second row carries the judgement, of z the third; of table 2 one score lacks.
    let carried = [None, Some(true), None, None, None, Some(true)];
    assert_eq!(kept(&place, "welcome"), carried);
    correct(&mut place, "welcome", |requirement| {
        if let Requirement::Rubric(rubric) = requirement {
            rubric.pass_from = 4;
        }
    });
    let judged = again(&place, "welcome", "one");
    assert_eq!((judged.looks, judged.changes.kept_to_not_kept), (3, 2));
    assert_eq!(left(&judged), [(NotJudged::TooFewRaters, 1)]);
    let low = |score: f64| json!([{"kind": "score_too_low", "score": score, "pass_from": 4.0}]);
    let found = judgements(&place, "welcome");
    assert_eq!((&found[1].2, &found[5].2), (&low(3.5), &low(3.0)));
    assert_eq!(again(&place, "welcome", "two").changes.all(), 0);
    // One rater is enough after all: what nobody could know is known.
    correct(&mut place, "welcome", |requirement| {
        if let Requirement::Rubric(rubric) = requirement {
            rubric.raters = 1;
        }
    });
    let judged = again(&place, "welcome", "three");
    assert_eq!((judged.looks, judged.changes.unknown_to_not_kept), (3, 1));
    assert_eq!(left(&judged), []);
}

#[test]
fn rubrics_that_were_calibrated_later() {
    let mut place = scores();
    let calibration = json!({"agreement_min": 0.8, "subjects_min": 2});
    correct(&mut place, "welcome", |requirement| {
        if let Requirement::Rubric(rubric) = requirement {
            rubric.calibration = serde_json::from_value(calibration).expect("a calibration");
        }
    });
    let judged = again(&place, "welcome", "one");
    assert_eq!(judged.changes.kept_to_unknown, 2);
    place.agreed.agreement = BTreeMap::from([(
        id("welcome"),
        Agreement {
            alpha: Some(0.9),
            subjects: 30,
        },
    )]);
    let judged = again(&place, "welcome", "two");
    assert_eq!(judged.changes.unknown_to_kept, 2);
    assert_eq!(kept(&place, "welcome").iter().flatten().count(), 2);
}

#[test]
fn what_a_person_judged_stays() {
    let mut place = place();
    let text = "shop,at,minutes,ok\nsneek,2026-02-01,10,yes\nsneek,2026-02-01,17,yes\nsneek,2026-02-01,10,no\n\
        sneek,2026-02-01,10,\n";
    let lines = "standard = \"wait\"\nvalue = \"minutes\"\nunit_of_value = \"minutes\"\nkept = { column = \"ok\" }";
    place
        .import("waits.csv", text.as_bytes(), &mapping(lines))
        .expect("stored");
    send(
        &place,
        1,
        &[
            json!({"standard": "wait", "key": "y", "kept": true}),
            json!({"standard": "wait", "key": "z", "value": 600.0, "channel": "calibration"}),
        ],
    );
    let before = kept(&place, "wait");
    correct(&mut place, "wait", within(60.0));
    let judged = again(&place, "wait", "one");
    assert_eq!(
        left(&judged),
        [(NotJudged::Person, 4), (NotJudged::Calibration, 1)]
    );
    // Only the row of which nobody said anything is judged.
    assert_eq!(judged.changes.kept_to_not_kept, 1);
    let after = kept(&place, "wait");
    assert_eq!((&after[..3], &after[4..]), (&before[..3], &before[4..]));
    assert_eq!(after[3], Some(false));
}

#[test]
fn rows_of_earlier_programs_are_not_guessed_about() {
    let mut place = place();
    // As they were stored before anything was noted: a number that a person judged otherwise, one
    // without a judgement of its own, a checklist without its points.
    let old = |standard: &str,
               key: &str,
               value: Option<f64>,
               kept: Option<bool>,
               deviations: Option<&str>| Row {
        observation_id: format!("{standard}:{key}"),
        standard: standard.to_owned(),
        standard_version: 1,
        unit: "sneek".to_owned(),
        party: None,
        occurred_at: None,
        received_at: "2026-02-04T12:00:00Z".parse().expect("a moment"),
        local_date: DAY.parse().expect("a day"),
        value,
        detail: None,
        kept,
        deviations: deviations.map(str::to_owned),
        extras: None,
        chosen: "convenience".to_owned(),
        looked_by: None,
        subject: None,
        source: "old.csv".to_owned(),
        channel: None,
        reason: None,
        import_id: "OLDIMPORT".to_owned(),
        bucket: 3,
    };
    let rows = [
        old("wait", "a", Some(1000.0), Some(true), None),
        old("wait", "b", Some(600.0), Some(true), None),
        old("wait", "c", Some(1000.0), Some(false), Some("[\"slow\"]")),
        old("wait", "d", None, Some(true), None),
        old("table", "a", Some(1.0), Some(true), None),
    ];
    commit(&place, 1, &rows);
    correct(&mut place, "wait", within(300.0));
    correct(&mut place, "table", |_| ());
    let judged = again(&place, "wait", "one");
    assert_eq!(
        left(&judged),
        [(NotJudged::Person, 1), (NotJudged::WhoNotKnown, 1)]
    );
    // The words in which somebody said how it deviated stay.
    assert_eq!(
        judgements(&place, "wait")[2],
        (2, Some(false), json!(["slow"]), Value::Null)
    );
    assert_eq!(judged.convenience, 4);
    assert_eq!(judged.before, reassess::Conformance::default());
    assert_eq!(
        left(&again(&place, "table", "two")),
        [(NotJudged::NotStored, 1)]
    );
}

#[test]
fn senders_cannot_write_our_notes() {
    let place = place();
    let sent = json!({"standard": "wait", "value": 1.0, "detail": {"seen": {"kept": true}}});
    let faults = looked(&place, &sent, 0).expect_err("refused");
    assert_eq!(faults[0].field, "detail");
}
