//! Rules for texts.

use evenkeel_assess::wording::{Kind, Reading, address_of, has};
use evenkeel_assess::{AssessError, Assessment, Deviation, Observed, Unknown};
use evenkeel_foundation::Requirement;
use evenkeel_foundation::requirement::{Address, Courtesy, Wording, WordingRules};
use rstest::rstest;

use crate::judging::{owned, tried};

fn rules(language: &str, rules: WordingRules) -> Requirement {
    Requirement::Wording(Wording {
        languages: [(language.to_owned(), rules)].into(),
    })
}

fn look(language: &str, asked: WordingRules, text: &str) -> Assessment {
    let observed = Observed::Text {
        text: text.to_owned(),
        language: Some(language.to_owned()),
    };
    tried(&rules(language, asked), &observed).expect("judged")
}

fn addressed(language: &str, address: Address, text: &str) -> Assessment {
    let asked = WordingRules {
        address: Some(address),
        ..WordingRules::default()
    };
    look(language, asked, text)
}

#[rstest]
#[case("nl", "Kunt u mij uw nummer geven?", Some(Address::Formal))]
#[case("nl", "Kun je me jouw nummer geven?", Some(Address::Informal))]
#[case("nl", "De trein maakt een U-bocht om 10 u.", None)]
#[case("nl", "Jullie zijn welkom.", None)]
#[case("fr", "Pouvez-vous me donner votre numéro ?", Some(Address::Formal))]
#[case("fr", "T’as ton numéro ?", Some(Address::Informal))]
#[case("fr", "N'hésitez pas.", Some(Address::Formal))]
#[case("fr", "N'hésite pas à écrire.", Some(Address::Informal))]
#[case("fr", "Dis-moi tout.", Some(Address::Informal))]
#[case(
    "fr",
    "A-t-il assez parlé chez Sanchez, sur le ton du rendez-vous ?",
    None
)]
#[case("de", "Können Sie mir Ihre Nummer geben?", Some(Address::Formal))]
#[case("de", "Kannst du mir deine Nummer geben?", Some(Address::Informal))]
#[case("de", "Sie haben recht. Ihr Brief ist da.", None)]
#[case("de", "Hat sie ihr Buch?", None)]
#[case("en", "Can you give me your number?", None)]
fn the_form_of_address(
    #[case] language: &str,
    #[case] text: &str,
    #[case] expected: Option<Address>,
) {
    assert_eq!(address_of(&Reading::new(text), language), expected);
}

#[test]
fn each_word_of_the_other_form_is_shown() {
    let text = "Één vraag: kan u uw code sturen? Je weet wel.";
    let found = addressed("nl", Address::Formal, text);
    assert_eq!(found.kept, Some(false));
    let (word, wanted) = ("Je".to_owned(), "u".to_owned());
    let slip = Deviation::WrongAddress {
        word,
        wanted,
        start: 33,
        end: 35,
    };
    assert_eq!(found.deviations, [slip]);
    let found = addressed("nl", Address::Informal, text);
    assert_eq!(found.deviations.len(), 2);
    assert!(addressed("nl", Address::Formal, "Dank u.").kept == Some(true));
}

#[test]
fn a_reader_who_is_not_addressed_leaves_it_open() {
    let nobody = addressed("nl", Address::Formal, "Tot morgen.");
    assert_eq!(
        (nobody.kept, nobody.unknown),
        (None, Some(Unknown::AddressNotKnown))
    );
    let asked = WordingRules {
        address: Some(Address::Formal),
        forbidden: owned(&["morgen"]),
        ..WordingRules::default()
    };
    // What deviates deviates, whatever else cannot be told.
    assert_eq!(look("nl", asked, "Tot morgen.").kept, Some(false));
}

#[test]
fn a_letter_in_our_tone() {
    let asked = || WordingRules {
        greeting: owned(&["Beste", "Geachte"]),
        closing: owned(&["Met vriendelijke groet"]),
        required: owned(&["ons nummer"]),
        forbidden: owned(&["helaas", "zo snel mogelijk"]),
        apology: Some(Courtesy::Required),
        gratitude: Some(Courtesy::Required),
        sentence_words_max: Some(6),
        ..WordingRules::default()
    };
    let good = "Beste Jan,\n\nSorry voor het wachten. Bedankt. Dit is ons nummer.\n\nMet vriendelijke groet,\nAn";
    assert_eq!(look("nl", asked(), good).deviations, []);
    let bad = "Jan, HELAAS duurt het wel heel erg lang. Groetjes";
    let found = look("nl", asked(), bad);
    assert_eq!(found.kept, Some(false));
    assert_eq!(
        found.deviations,
        [
            Deviation::GreetingMissing,
            Deviation::ClosingMissing,
            Deviation::PhraseMissing {
                phrase: "ons nummer".to_owned()
            },
            Deviation::PhraseForbidden {
                phrase: "HELAAS".to_owned(),
                start: 5,
                end: 11
            },
            Deviation::ApologyMissing,
            Deviation::GratitudeMissing,
            Deviation::SentenceTooLong {
                words: 8,
                max: 6,
                start: 0,
                end: 40
            },
        ]
    );
    let any = WordingRules {
        any_greeting: true,
        any_closing: true,
        ..WordingRules::default()
    };
    assert_eq!(
        look("nl", any.clone(), "Dag Jan! Groetjes, An").kept,
        Some(true)
    );
    assert_eq!(
        look("nl", any, bad).deviations,
        [Deviation::GreetingMissing]
    );
}

#[test]
fn courtesies_can_be_forbidden_and_are_shown() {
    let asked = WordingRules {
        apology: Some(Courtesy::Forbidden),
        please_first: Some(Courtesy::Forbidden),
        please: Some(Courtesy::Required),
        ..WordingRules::default()
    };
    let found = look("en", asked, "Please wait. We are sorry.");
    let phrase = |phrase: &str, start, end| Deviation::PhraseForbidden {
        phrase: phrase.to_owned(),
        start,
        end,
    };
    let missing = Deviation::PhraseMissing {
        phrase: "please".to_owned(),
    };
    assert_eq!(
        found.deviations,
        [phrase("sorry", 20, 25), missing, phrase("Please", 0, 6)]
    );
}

#[rstest]
#[case("en", Kind::Apology, "Please excuse me.", "Excuse the noise.")]
#[case("nl", Kind::Apology, "Neem ons niet kwalijk.", "Dat is spijtig.")]
#[case("fr", Kind::Apology, "Nous sommes désolés.", "C'est dommage.")]
#[case("de", Kind::Apology, "Es tut uns leid.", "Das ist schade.")]
#[case("en", Kind::Gratitude, "Many thanks!", "Thanksgiving is near.")]
#[case("nl", Kind::Gratitude, "Dank u wel.", "De tank is leeg.")]
#[case("fr", Kind::Gratitude, "Je vous remercie.", "Mercredi matin.")]
#[case("de", Kind::Gratitude, "Vielen Dank.", "Die Bank schließt.")]
#[case("en", Kind::Please, "Could you please wait?", "Please wait.")]
#[case("nl", Kind::Please, "Wacht a.u.b.", "Wacht nu.")]
#[case("fr", Kind::Please, "Attendez, s’il vous plaît.", "Il vous plaît.")]
#[case("de", Kind::Please, "Warten Sie bitte.", "Bitte warten.")]
#[case("en", Kind::Greeting, "Hi there", "He said hi")]
#[case("de", Kind::Greeting, "Sehr geehrte Frau Öz,", "Frau Öz,")]
#[case("fr", Kind::Closing, "À demain.\nCordialement, Luc", "C'est cordial.")]
fn words_of_courtesy(
    #[case] language: &str,
    #[case] kind: Kind,
    #[case] with: &str,
    #[case] without: &str,
) {
    assert!(has(&Reading::new(with), language, kind), "{with}");
    assert!(!has(&Reading::new(without), language, kind), "{without}");
}

#[test]
fn a_text_that_is_hard_to_read() {
    let asked = WordingRules {
        reading_ease_min: Some(60.0),
        ..WordingRules::default()
    };
    let plain = look("nl", asked.clone(), "Wij helpen u vandaag. Bel ons gerust.");
    assert_eq!(plain.kept, Some(true));
    assert!(plain.value.is_some_and(|ease| ease > 60.0));
    let text = "Onverminderd bovengenoemde aansprakelijkheidsbeperkingen behouden verzekeraars zich herzieningsmogelijkheden voor.";
    let hard = look("nl", asked, text);
    let ease = hard.value.expect("words");
    assert_eq!(hard.deviations, [Deviation::HardToRead { ease, min: 60.0 }]);
}

#[test]
fn the_rules_are_those_of_the_language() {
    let asked = || WordingRules {
        forbidden: owned(&["helaas"]),
        ..WordingRules::default()
    };
    let text = |language: Option<&str>| Observed::Text {
        text: "Helaas".to_owned(),
        language: language.map(str::to_owned),
    };
    let dutch = rules("nl", asked());
    for language in [Some("nl"), Some("nl-BE"), Some("NL"), None] {
        assert_eq!(
            tried(&dutch, &text(language)).expect("judged").kept,
            Some(false)
        );
    }
    let german = tried(&dutch, &text(Some("de"))).expect("judged");
    let language = "de".to_owned();
    assert_eq!(
        (german.kept, german.unknown),
        (None, Some(Unknown::NoRules { language }))
    );
    let both = Requirement::Wording(Wording {
        languages: [("nl".to_owned(), asked()), ("fr".to_owned(), asked())].into(),
    });
    let allowed = "fr, nl".to_owned();
    assert_eq!(
        tried(&both, &text(None)),
        Err(AssessError::NoLanguage { allowed })
    );
    let empty = Observed::Text {
        text: " … ".to_owned(),
        language: None,
    };
    let found = tried(&dutch, &empty).expect("judged");
    assert_eq!((found.kept, found.unknown), (None, Some(Unknown::NoWords)));
}
