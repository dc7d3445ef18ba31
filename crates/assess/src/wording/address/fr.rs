//! French: `vous` or `tu`.
//!
//! Besides the pronouns, the imperatives and the endings tell: `-ez` is of `vous` alone, save a few
//! words and names; the imperative of `tu` looks like other forms of its verb, so it is a marker
//! only where a sentence begins with it, or where a pronoun hangs on it (`dis-moi`).

use evenkeel_foundation::requirement::Address;

use crate::wording::reading::Reading;

const FORMAL: [&str; 7] = ["vous", "votre", "vos", "vôtre", "vôtres", "svp", "veuillez"];

const INFORMAL: [&str; 11] = [
    "tu", "te", "toi", "ton", "ta", "tes", "tien", "tienne", "tiennes", "stp", "tiens",
];

/// Words that end in `-ez` and are no verbs.
const NO_VERBS: [&str; 8] = [
    "assez", "chez", "nez", "rez", "raz", "fez", "merguez", "quartez",
];

/// Imperatives of `tu`, at the beginning of a sentence.
const IMPERATIVES: [&str; 40] = [
    "regarde", "écoute", "attends", "viens", "va", "dis", "fais", "prends", "laisse", "passe",
    "profite", "sois", "essaie", "essaye", "imagine", "excuse", "pense", "donne", "mets", "oublie",
    "appelle", "vérifie", "contacte", "clique", "choisis", "reviens", "envoie", "réponds",
    "continue", "arrête", "garde", "amuse", "rappelle", "explique", "montre", "aide", "ajoute",
    "suis", "vas", "lis",
];

/// Pronouns that hang on an imperative.
const HANGING: [&str; 4] = ["moi", "nous", "lui", "leur"];

/// Before `ton` these say that it is the noun: the tone.
const ARTICLES: [&str; 9] = ["le", "un", "ce", "du", "au", "son", "mon", "leur", "quel"];

pub(super) fn form(reading: &Reading, at: usize) -> Option<Address> {
    let word = reading.lower(at);
    let before = at.checked_sub(1).map_or("", |before| reading.lower(before));
    let (char_before, after) = reading.around(at);
    if word == "vous" && before == "rendez" && char_before == Some('-') {
        return None;
    }
    if word == "rendez" && reading.lower(at + 1) == "vous" && after == Some('-') {
        return None;
    }
    if FORMAL.contains(&word) || is_ez(reading, at) {
        return Some(Address::Formal);
    }
    // `ce ton` is a tone, `est-ce ton` is not.
    let hangs_before = at > 0 && reading.around(at - 1).0 == Some('-');
    let is_tone = word == "ton" && ARTICLES.contains(&before) && !hangs_before;
    if INFORMAL.contains(&word) && !is_tone {
        return Some(Address::Informal);
    }
    // `t'as`, and not the `t` of `a-t-il`.
    if word == "t" && matches!(after, Some('\'' | '’')) {
        return Some(Address::Informal);
    }
    imperative(reading, at)
}

/// A verb of `vous`, or one of the three that do not end in `-ez`.
fn is_ez(reading: &Reading, at: usize) -> bool {
    let word = reading.lower(at);
    let is_first = reading.words().get(at).is_some_and(|w| w.is_first);
    let is_name = reading.is_capital(at) && !is_first;
    let long = word.chars().count() > 3;
    if word.ends_with("ez") {
        // "Allez, viens": a call, not an address.
        let is_call = word == "allez" && is_first && reading.around(at).1 == Some(',');
        return !is_call && long && !is_name && !NO_VERBS.contains(&word);
    }
    matches!(word, "dites" | "faites" | "êtes") && (is_first || hangs(reading, at))
}

fn imperative(reading: &Reading, at: usize) -> Option<Address> {
    let word = reading.lower(at);
    let is_first = reading.words().get(at).is_some_and(|w| w.is_first);
    let is_negative = is_first && word == "n" && reading.lower(at + 1) == "hésite";
    let is_told = is_negative || (IMPERATIVES.contains(&word) && (is_first || hangs(reading, at)));
    is_told.then_some(Address::Informal)
}

/// Whether a pronoun hangs on a word: `dis-moi`.
fn hangs(reading: &Reading, at: usize) -> bool {
    let (_, after) = reading.around(at);
    after == Some('-') && HANGING.contains(&reading.lower(at + 1))
}
