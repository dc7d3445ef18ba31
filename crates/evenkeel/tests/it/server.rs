//! One directory, one writer: commands go to the server that holds it.

use crate::small::{VISITS, three_shops, visits, visits_stored};

#[test]
fn commands_talk_to_the_server_and_a_second_one_is_refused() {
    let evenkeel = three_shops();
    evenkeel.write("visits.csv", visits(300));
    evenkeel.write("visits.toml", VISITS);
    let server = evenkeel.serve();
    assert!(
        server.url().starts_with("http://127.0.0.1:"),
        "{}",
        server.url()
    );
    evenkeel.ok(&[
        "import",
        "responses",
        "visits.csv",
        "--mapping",
        "visits.toml",
    ]);
    assert_eq!(visits_stored(&evenkeel), 300);

    let second = evenkeel.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, Some(5), "{second:?}");
    assert!(second.stderr.contains("in use"), "{second:?}");
    drop(server);
    assert_eq!(
        visits_stored(&evenkeel),
        300,
        "what the server stored is there without it"
    );
}

#[test]
fn an_address_beyond_the_loopback_is_refused() {
    let evenkeel = three_shops();
    let outcome = evenkeel.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_ne!(outcome.code, Some(0), "{outcome:?}");
    assert!(
        outcome.stderr.contains("other machines") && outcome.stderr.contains("127.0.0.1"),
        "{outcome:?}"
    );
}

#[test]
fn an_unknown_indicator_is_named_with_the_ones_there_are() {
    let evenkeel = three_shops();
    let outcome = evenkeel.run(&["estimate", "npss"]);
    assert_eq!(outcome.code, Some(4), "{outcome:?}");
    assert!(
        outcome.stderr.contains("npss") && outcome.stderr.contains("nps"),
        "{outcome:?}"
    );
}
