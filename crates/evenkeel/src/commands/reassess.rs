//! `evenkeel reassess STANDARD --reason TEXT`: judge stored observations again, or show what that
//! would change.

use std::time::Duration;

use evenkeel_web::api::standards::reassess::{ReassessCounts, ReassessRequest, ReassessView};
use evenkeel_web::api::standards::reassessments::{ReassessmentWord, ReassessmentsView};

use crate::cli::Reassess;
use crate::client::Client;
use crate::exit::Interrupted;
use crate::print::{Table, Unit, estimated_cells, print_json};
use crate::progress::Progress;

/// How often a running re-assessment is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(200);

pub async fn run(args: &Reassess, client: &Client, json: bool) -> anyhow::Result<()> {
    let standard = format!("/api/v1/standards/{}", args.standard);
    if args.list {
        let found: ReassessmentsView = client.get(&format!("{standard}/reassessments")).await?;
        if json {
            return print_json(&found);
        }
        list(&found);
        return Ok(());
    }
    let request = ReassessRequest {
        from: args.from,
        to: args.to,
        unit: args.unit.clone(),
        reason: args.reason.clone().unwrap_or_default(),
        dry_run: args.dry_run,
    };
    let done = wait(&standard, &request, client, json).await?;
    if json {
        return print_json(&done);
    }
    show(&done);
    Ok(())
}

/// Sends the request and shows how far it is until the answer comes.
async fn wait(
    standard: &str,
    request: &ReassessRequest,
    client: &Client,
    quiet: bool,
) -> anyhow::Result<ReassessView> {
    let path = format!("{standard}/reassess");
    let body = serde_json::to_value(request)?;
    let asked = client.post::<ReassessView>(&path, &body);
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(asked, interrupted);
    let mut progress = Progress::new(quiet);
    let list = format!("{standard}/reassessments");
    let done = loop {
        tokio::select! {
            done = &mut asked => break done,
            _ = &mut interrupted => break Err(Interrupted.into()),
            () = tokio::time::sleep(ASK_EVERY) => {
                let state: ReassessmentsView = client.get(&list).await?;
                if let Some(running) = state.running {
                    progress.show_rows("judging again", running.rows_passed, running.rows_total);
                }
            }
        }
    };
    progress.done();
    done
}

fn show(done: &ReassessView) {
    let counts = &done.counts;
    if counts.looks == 0 {
        println!("There are no observations here to judge again.");
        return;
    }
    let (would, are) = if done.dry_run {
        ("would be", "would stay")
    } else {
        ("were", "stayed")
    };
    println!(
        "{} looks were read: {} {would} judged otherwise, {} the same; {} {are} as they are because \
         they cannot be judged again.",
        counts.looks,
        counts.changed,
        counts.unchanged,
        counts.looks - counts.changed - counts.unchanged,
    );
    changes(counts);
    let mut table = Table::new(["share kept", "value", "95 % interval", "n", ""]);
    for (name, share) in [("before", &done.before), ("after", &done.after)] {
        let share = serde_json::to_value(share).unwrap_or_default();
        let [value, interval, n, remark] = estimated_cells(&share, Unit::Percent);
        table.row([name.to_owned(), value, interval, n, remark]);
    }
    table.print();
    if counts.convenience > 0 {
        println!(
            "{} looks chosen for convenience are in neither share.",
            counts.convenience
        );
    }
    if counts.not_recounted > 0 {
        println!(
            "{} durations keep the seconds that were counted when they came in: from when to when \
             they ran is not stored.",
            counts.not_recounted
        );
    }
    match &done.id {
        None => println!("Nothing was changed (--dry-run)."),
        Some(id) => println!("Written down as re-assessment {id}."),
    }
}

fn changes(counts: &ReassessCounts) {
    let of = &counts.changes;
    let mut table = Table::new(["looks", "before", "after"]);
    for (looks, before, after) in [
        (of.kept_to_not_kept, "kept", "not kept"),
        (of.not_kept_to_kept, "not kept", "kept"),
        (of.unknown_to_kept, "not known", "kept"),
        (of.unknown_to_not_kept, "not known", "not kept"),
        (of.kept_to_unknown, "kept", "not known"),
        (of.not_kept_to_unknown, "not kept", "not known"),
        (
            of.otherwise,
            "as kept as before",
            "how, or by which version",
        ),
    ] {
        if looks > 0 {
            table.row([looks.to_string(), before.to_owned(), after.to_owned()]);
        }
    }
    if counts.changed > 0 {
        table.print();
    }
    let mut table = Table::new(["version then", "version now", "looks", "changed"]);
    for of in &counts.versions {
        table.row([
            of.then.to_string(),
            of.now.to_string(),
            of.looks.to_string(),
            of.changed.to_string(),
        ]);
    }
    if !counts.versions.is_empty() {
        table.print();
    }
    let mut table = Table::new(["looks", "not judged again because"]);
    for left in &counts.not_judged {
        table.row([left.looks.to_string(), because(&left.reason).to_owned()]);
    }
    if !counts.not_judged.is_empty() {
        table.print();
    }
}

fn because(reason: &str) -> &str {
    match reason {
        "person" => "a person judged them",
        "who_not_known" => "the judgement does not follow from the number: somebody else made it",
        "calibration" => "they show how well raters agree, and judge nothing",
        "no_version" => "no version is in force on their day",
        "text_not_stored" => "their text is not stored",
        "not_stored" => "what was seen is not stored",
        "too_few_raters" => "fewer people scored than the version asks for",
        "does_not_fit" => "what was seen then is not what the version asks for",
        other => other,
    }
}

fn list(found: &ReassessmentsView) {
    if found.reassessments.is_empty() {
        println!("No observation of this standard was ever judged again.");
        return;
    }
    let mut table = Table::new(["at", "by", "why", "days", "unit", "looks", "changed"]);
    for one in &found.reassessments {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
        let count = |of: fn(&ReassessCounts) -> u64| match (&one.counts, one.state) {
            (Some(counts), _) => of(counts).to_string(),
            (None, ReassessmentWord::Done) => String::new(),
            (None, ReassessmentWord::Running) => "running".to_owned(),
            (None, ReassessmentWord::Interrupted) => "interrupted".to_owned(),
        };
        table.row([
            one.at.clone(),
            one.author.clone(),
            one.reason.clone(),
            match (one.from, one.to) {
                (None, None) => "all".to_owned(),
                (from, to) => format!("{}..{}", day(from), day(to)),
            },
            one.unit.clone().unwrap_or_default(),
            count(|counts| counts.looks),
            count(|counts| counts.changed),
        ]);
    }
    table.print();
}
