//! Reading ease: how hard a text reads, by the lengths of its sentences and words.
//!
//! Each language has its own constants, so that about 60 is plain language in each:
//! en Flesch (1948), nl Flesch–Douma (1960), fr Kandel–Moles (1958), de Amstad (1978).
//! ASL is words per sentence, ASW syllables per word.
//!
//! Invariant: undefined without words, never 0. Syllables are counted by groups of vowels with the
//! exceptions of the language: within a few percent on running text, not word by word.
//!
//! Absent on purpose: a minimum length. A short text gives a rough figure; whoever writes rules
//! for chat lines asks for sentence length instead.

use super::base;
use super::reading::Reading;

/// Ease = `constant` − `sentence` × ASL − `word` × ASW.
struct Formula {
    constant: f64,
    sentence: f64,
    word: f64,
    vowels: &'static str,
    /// Letters that, written together, are two syllables.
    apart: &'static [&'static str],
}

const EN: Formula = Formula {
    constant: 206.835,
    sentence: 1.015,
    word: 84.6,
    vowels: "aeiouy",
    apart: &["ia", "io", "eo", "iu", "ua", "ying"],
};
const NL: Formula = Formula {
    constant: 206.84,
    sentence: 0.93,
    word: 77.0,
    vowels: "aeiouyàáâäèéêëìíîïòóôöùúûü",
    apart: &[
        "eë", "ië", "oë", "aë", "eï", "aï", "oï", "uï", "eü", "oö", "eo", "io", "ia", "oie", "aie",
    ],
};
const FR: Formula = Formula {
    constant: 207.0,
    sentence: 1.015,
    word: 73.6,
    vowels: "aeiouyàâäæèéêëîïôöœùûü",
    apart: &["éa", "éâ", "éo", "aï", "oë", "ïe"],
};
const DE: Formula = Formula {
    constant: 180.0,
    sentence: 1.0,
    word: 58.5,
    vowels: "aeiouyäöü",
    apart: &["io", "ia", "eo", "ea", "iu", "ua", "eue", "aue", "eie"],
};

/// The reading ease of a text in `language` (en, nl, fr, de), 0 very hard to 100 very easy; both
/// ends can be passed. None without words, or in another language.
pub fn reading_ease(reading: &Reading, language: &str) -> Option<f64> {
    let base = base(language);
    let formula = match base {
        "en" => &EN,
        "nl" => &NL,
        "fr" => &FR,
        "de" => &DE,
        _ => return None,
    };
    let words: u32 = reading.sentences().iter().map(|s| s.words).sum();
    let sentences = reading.sentences().len();
    if words == 0 || sentences == 0 {
        return None;
    }
    let each = reading
        .words()
        .iter()
        .map(|w| syllables(&w.lower, base, formula));
    let syllables: u32 = each.sum();
    let (words, sentences) = (f64::from(words), sentences as f64);
    let per_word = f64::from(syllables) / words;
    Some(formula.constant - formula.sentence * words / sentences - formula.word * per_word)
}

/// The syllables of a word in small letters; at least one where it has a vowel or is a word of
/// consonants, none for the `t` of `t'as`.
fn syllables(word: &str, language: &str, formula: &Formula) -> u32 {
    let is_vowel = |c: char| formula.vowels.contains(c);
    let mut groups = 0;
    let mut inside = false;
    for c in word.chars() {
        let vowel = is_vowel(c);
        groups += u32::from(vowel && !inside);
        inside = vowel;
    }
    for pair in formula.apart {
        groups += word.matches(pair).count() as u32;
    }
    let silent = match language {
        "en" => {
            let sounded = [
                "le", "ted", "ded", "ses", "zes", "ches", "shes", "ges", "ces",
            ];
            let ends = ["e", "es", "ed"];
            mute(word, &ends, is_vowel) && !sounded.iter().any(|end| word.ends_with(end))
        }
        "fr" => mute(word, &["e", "es", "ent"], is_vowel),
        _ => false,
    };
    if silent && groups > 1 {
        groups -= 1;
    }
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    if groups == 0 && (word.chars().count() > 1 || is_number) {
        1
    } else {
        groups
    }
}

/// Whether a word ends in a mute `e`: one of the endings after a consonant.
fn mute(word: &str, ends: &[&str], is_vowel: impl Fn(char) -> bool) -> bool {
    let mut stems = ends.iter().filter_map(|end| word.strip_suffix(end));
    stems.any(|stem| stem.chars().next_back().is_some_and(|c| !is_vowel(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas() {
        // Six words of one syllable in one sentence.
        let cat = Reading::new("The cat sat on the mat.");
        let ease = reading_ease(&cat, "en").expect("words");
        assert!(
            (ease - (206.835 - 1.015 * 6.0 - 84.6)).abs() < 1e-9,
            "{ease}"
        );
        let kat = Reading::new("De kat zat op de mat.");
        let ease = reading_ease(&kat, "nl").expect("words");
        assert!((ease - (206.84 - 0.93 * 6.0 - 77.0)).abs() < 1e-9, "{ease}");
        let hund = Reading::new("Der Hund saß auf dem Tisch.");
        let ease = reading_ease(&hund, "de").expect("words");
        assert!((ease - (180.0 - 6.0 - 58.5)).abs() < 1e-9, "{ease}");
        let chat = Reading::new("Le chat dort sur le lit.");
        let ease = reading_ease(&chat, "fr").expect("words");
        assert!((ease - (207.0 - 1.015 * 6.0 - 73.6)).abs() < 1e-9, "{ease}");
    }

    #[test]
    fn long_words_read_harder() {
        for (language, plain, hard) in [
            (
                "en",
                "We will help you today.",
                "Notwithstanding aforementioned considerations, clarification necessitates deliberation.",
            ),
            (
                "nl",
                "Wij helpen u vandaag nog.",
                "Niettegenstaande voornoemde omstandigheden behoeft verduidelijking overweging.",
            ),
            (
                "fr",
                "Nous vous aidons tout de suite.",
                "Nonobstant les considérations susmentionnées, la clarification nécessite délibération.",
            ),
            (
                "de",
                "Wir helfen Ihnen noch heute.",
                "Ungeachtet vorgenannter Rahmenbedingungen bedarf die Angelegenheit eingehender Überprüfung.",
            ),
        ] {
            let ease = |text: &str| reading_ease(&Reading::new(text), language).expect("words");
            assert!(ease(plain) > 60.0, "{language} {}", ease(plain));
            assert!(ease(hard) < 30.0, "{language} {}", ease(hard));
        }
        assert_eq!(reading_ease(&Reading::new("…"), "en"), None);
        assert_eq!(reading_ease(&Reading::new("Ciao."), "it"), None);
    }

    #[test]
    fn syllables_of_words() {
        for (language, formula, words) in [
            (
                "en",
                &EN,
                [
                    ("table", 2),
                    ("phoned", 1),
                    ("waited", 2),
                    ("media", 3),
                    ("trying", 2),
                    ("please", 1),
                ],
            ),
            (
                "nl",
                &NL,
                [
                    ("tafel", 2),
                    ("ideeën", 3),
                    ("ruïne", 3),
                    ("beu", 1),
                    ("video", 3),
                    ("mooie", 2),
                ],
            ),
            (
                "fr",
                &FR,
                [
                    ("table", 1),
                    ("idée", 2),
                    ("merci", 2),
                    ("parlent", 1),
                    ("théâtre", 2),
                    ("l", 0),
                ],
            ),
            (
                "de",
                &DE,
                [
                    ("tisch", 1),
                    ("danke", 2),
                    ("idee", 2),
                    ("neue", 2),
                    ("bitte", 2),
                    ("größe", 2),
                ],
            ),
        ] {
            for (word, expected) in words {
                assert_eq!(
                    syllables(word, language, formula),
                    expected,
                    "{language} {word}"
                );
            }
        }
    }
}
