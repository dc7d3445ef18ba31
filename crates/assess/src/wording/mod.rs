//! Rules for a text.
//!
//! Purpose: each rule of a standard is one small module that finds one thing; the word lists of
//! the languages are data beside it. Every finding can be shown in the text by its span.
//!
//! Invariant: a rule that was not asked for finds nothing. The rules are those of the text's own
//! language; a text in a language without rules is not judged.
//!
//! How the form of address counts: a text with words of the other form deviates at each of them,
//! a text with words of the wanted form keeps the rule. Where the reader is not addressed at all
//! the form is *not known*: if nothing else deviates, `kept` is None and says so, because a text
//! that addresses nobody has not shown how we address people.
//!
//! Absent on purpose: a score of politeness, and anything learnt that nobody can explain.

mod address;
mod courtesy;
mod phrase;
mod readability;
mod reading;

use evenkeel_foundation::requirement::{Address, Courtesy, Wording, WordingRules};

pub use address::{Marker, address_of, markers};
pub use courtesy::{Kind, has};
pub use readability::reading_ease;
pub use reading::Reading;

use crate::{AssessError, Assessment, Deviation, Unknown};

/// Judges a text.
pub(crate) fn judge(
    wording: &Wording,
    text: &str,
    language: Option<&str>,
) -> Result<Assessment, AssessError> {
    let (language, rules) = match rules_of(wording, language)? {
        Ok(found) => found,
        Err(unknown) => return Ok(Assessment::unknown(unknown)),
    };
    let reading = Reading::new(text);
    if reading.words().is_empty() {
        return Ok(Assessment::unknown(Unknown::NoWords));
    }
    let mut deviations = Vec::new();
    let address = rules.address.map(|wanted| {
        let markers = markers(&reading, language);
        deviations.extend(wrong_address(&markers, wanted, language));
        !markers.is_empty()
    });
    ends(rules, &reading, language, &mut deviations);
    phrases(rules, &reading, &mut deviations);
    courtesies(rules, &reading, language, &mut deviations);
    sentences(rules, &reading, &mut deviations);
    let ease = rules.reading_ease_min.and_then(|min| {
        let ease = reading_ease(&reading, language)?;
        if ease < min {
            deviations.push(Deviation::HardToRead { ease, min });
        }
        Some(ease)
    });
    let mut judged = if deviations.is_empty() && address == Some(false) {
        Assessment::unknown(Unknown::AddressNotKnown)
    } else {
        Assessment::of(deviations)
    };
    judged.value = ease;
    Ok(judged)
}

/// The rules of the text's language, with that language; the rules of `nl` hold for `nl-BE`.
fn rules_of<'w>(
    wording: &'w Wording,
    language: Option<&str>,
) -> Result<Result<(&'w str, &'w WordingRules), Unknown>, AssessError> {
    let Some(language) = language else {
        let mut all = wording.languages.iter();
        return match (all.next(), all.next()) {
            (Some((only, rules)), None) => Ok(Ok((only.as_str(), rules))),
            _ => Err(AssessError::NoLanguage {
                allowed: wording
                    .languages
                    .keys()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        };
    };
    let base = base(language);
    let found = [language, base].into_iter().find_map(|tag| {
        let known = wording.languages.iter();
        let mut known = known.filter(|(known, _)| known.eq_ignore_ascii_case(tag));
        known.next()
    });
    Ok(match found {
        Some((known, rules)) => Ok((known.as_str(), rules)),
        None => Err(Unknown::NoRules {
            language: language.to_owned(),
        }),
    })
}

/// A language without its region.
pub(crate) fn base(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

fn wrong_address<'m>(
    markers: &'m [Marker],
    wanted: Address,
    language: &str,
) -> impl Iterator<Item = Deviation> + use<'m> {
    let word = wanted.word_in(language).unwrap_or_default().to_owned();
    markers
        .iter()
        .filter(move |marker| marker.form != wanted)
        .map(move |marker| Deviation::WrongAddress {
            word: marker.word.clone(),
            wanted: word.clone(),
            start: marker.start,
            end: marker.end,
        })
}

/// Greeting and closing.
fn ends(rules: &WordingRules, reading: &Reading, language: &str, found: &mut Vec<Deviation>) {
    let asks_greeting = rules.any_greeting || !rules.greeting.is_empty();
    let is_greeted = (rules.any_greeting && courtesy::has(reading, language, Kind::Greeting))
        || rules.greeting.iter().any(|p| phrase::begins(reading, p));
    if asks_greeting && !is_greeted {
        found.push(Deviation::GreetingMissing);
    }
    let asks_closing = rules.any_closing || !rules.closing.is_empty();
    let is_closed = (rules.any_closing && courtesy::has(reading, language, Kind::Closing))
        || rules.closing.iter().any(|p| phrase::closes(reading, p));
    if asks_closing && !is_closed {
        found.push(Deviation::ClosingMissing);
    }
}

fn phrases(rules: &WordingRules, reading: &Reading, found: &mut Vec<Deviation>) {
    for phrase in &rules.required {
        if phrase::find(reading, phrase).is_empty() {
            found.push(Deviation::PhraseMissing {
                phrase: phrase.clone(),
            });
        }
    }
    for phrase in &rules.forbidden {
        for (start, end) in phrase::find(reading, phrase) {
            found.push(forbidden(reading, start, end));
        }
    }
}

fn forbidden(reading: &Reading, start: usize, end: usize) -> Deviation {
    Deviation::PhraseForbidden {
        phrase: reading.slice(start, end),
        start,
        end,
    }
}

fn courtesies(rules: &WordingRules, reading: &Reading, language: &str, found: &mut Vec<Deviation>) {
    for (kind, rule) in [
        (Kind::Apology, rules.apology),
        (Kind::Gratitude, rules.gratitude),
        (Kind::Please, rules.please),
        (Kind::PleaseFirst, rules.please_first),
    ] {
        let Some(rule) = rule else { continue };
        let spans = courtesy::find(reading, language, kind);
        match rule {
            Courtesy::Forbidden => {
                let each = spans
                    .into_iter()
                    .map(|(start, end)| forbidden(reading, start, end));
                found.extend(each);
            }
            Courtesy::Required if !spans.is_empty() => {}
            Courtesy::Required => found.push(match kind {
                Kind::Apology => Deviation::ApologyMissing,
                Kind::Gratitude => Deviation::GratitudeMissing,
                _ => Deviation::PhraseMissing {
                    phrase: courtesy::please(language, rules.address).to_owned(),
                },
            }),
        }
    }
}

fn sentences(rules: &WordingRules, reading: &Reading, found: &mut Vec<Deviation>) {
    let Some(max) = rules.sentence_words_max else {
        return;
    };
    for sentence in reading.sentences() {
        if sentence.words > max {
            found.push(Deviation::SentenceTooLong {
                words: sentence.words,
                max,
                start: sentence.start,
                end: sentence.end,
            });
        }
    }
}
