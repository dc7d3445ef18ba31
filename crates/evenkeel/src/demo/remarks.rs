//! What a few guests write, in their own language.
//!
//! Invariant: remarks are drawn from a generator of their own, so that no mark of a guest depends on
//! them. Where something came on top in a look of that day a few guests mention it; that is all
//! that ties remarks to looks.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rand::RngExt as _;
use rand::rngs::StdRng;

/// Share of guests who write something, on any day.
const WRITES: f64 = 0.02;
/// Share of guests who mention what came on top, where somebody saw it come.
const MENTIONS: f64 = 0.10;
/// From this mark on a guest who writes is content.
const CONTENT_FROM: u32 = 4;

/// The languages, in the order of every list below.
const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];

/// What guests say of each extra.
const ON_TOP: [(&str, [[&str; 2]; 4]); 4] = [
    (
        "a word with the guest",
        [
            [
                "De kok kwam even een praatje maken. Leuk!",
                "Fijn dat er iemand tijd had voor een praatje.",
            ],
            [
                "Le cuisinier est venu nous dire un mot, très sympathique.",
                "On a pris le temps de parler avec nous.",
            ],
            [
                "Der Koch kam kurz an den Tisch, das war nett.",
                "Schön, dass jemand Zeit für ein paar Worte hatte.",
            ],
            [
                "The cook came over for a chat, which was lovely.",
                "Nice that somebody had time for a word with us.",
            ],
        ],
    ),
    (
        "a card for a birthday",
        [
            [
                "Er stond een kaartje klaar voor mijn moeders verjaardag!",
                "Wat attent, dat verjaardagskaartje op tafel.",
            ],
            [
                "Une carte pour l'anniversaire de ma fille nous attendait !",
                "La petite carte d'anniversaire nous a touchés.",
            ],
            [
                "Auf dem Tisch stand eine Karte zum Geburtstag meines Vaters!",
                "Die Geburtstagskarte war eine schöne Überraschung.",
            ],
            [
                "There was a card for my mum's birthday on the table!",
                "The birthday card was such a kind surprise.",
            ],
        ],
    ),
    (
        "suggest a dish",
        [
            [
                "Ze dachten mee over wat ik met mijn notenallergie kon eten.",
                "Goed advies gekregen over een gerecht zonder gluten.",
            ],
            [
                "On m'a proposé un plat qui convenait à mon allergie.",
                "Très bon conseil pour un plat sans gluten.",
            ],
            [
                "Man hat mir ein Gericht ohne Nüsse empfohlen. Danke!",
                "Gute Beratung, was ich ohne Gluten essen kann.",
            ],
            [
                "They suggested a dish that was safe with my nut allergy.",
                "Good advice on what I could eat without gluten.",
            ],
        ],
    ),
    (
        "a mint with the bill",
        [
            [
                "Lekker, een pepermuntje bij de rekening.",
                "Pepermuntje bij de rekening: klein maar fijn.",
            ],
            [
                "Un petit bonbon à la menthe avec l'addition, c'est gentil.",
                "La menthe avec l'addition : un joli détail.",
            ],
            [
                "Ein Pfefferminz zur Rechnung, nette Geste.",
                "Kleine Freude: das Minzbonbon zur Rechnung.",
            ],
            [
                "A mint with the bill, a nice touch.",
                "Small thing, but we liked the mint with the bill.",
            ],
        ],
    ),
];

/// What content guests say anyway, and what others say.
const CONTENT: [[&str; 3]; 4] = [
    [
        "Heerlijk gegeten.",
        "Vriendelijke bediening.",
        "Wij komen terug.",
    ],
    ["Très bien mangé.", "Service aimable.", "Nous reviendrons."],
    [
        "Sehr gut gegessen.",
        "Freundliche Bedienung.",
        "Wir kommen wieder.",
    ],
    ["Lovely food.", "Friendly service.", "We will be back."],
];
const OTHERWISE: [[&str; 3]; 4] = [
    [
        "Lang op het voorgerecht gewacht.",
        "Het was erg rumoerig.",
        "De soep was lauw.",
    ],
    [
        "Longue attente pour l'entrée.",
        "Beaucoup de bruit.",
        "La soupe était tiède.",
    ],
    [
        "Lange auf die Vorspeise gewartet.",
        "Es war sehr laut.",
        "Die Suppe war lauwarm.",
    ],
    [
        "A long wait for the first course.",
        "It was very noisy.",
        "The soup was lukewarm.",
    ],
];

/// What came on top, by restaurant and day.
pub type OnTop = BTreeMap<(String, Date), String>;

/// What came on top in files of looks whose first columns are place and time.
pub fn on_top<'a>(files: impl IntoIterator<Item = &'a str>) -> OnTop {
    let mut found = OnTop::new();
    for file in files {
        let mut lines = file.lines();
        let column = lines
            .next()
            .and_then(|head| head.split(',').position(|name| name == "extras"));
        let Some(column) = column else { continue };
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let [place, at, ..] = cells.as_slice() else {
                continue;
            };
            let extra = cells.get(column).filter(|extra| !extra.is_empty());
            let day = at
                .split('T')
                .next()
                .and_then(|day| day.parse::<Date>().ok());
            if let (Some(extra), Some(day)) = (extra, day) {
                found.insert(((*place).to_owned(), day), (*extra).to_owned());
            }
        }
    }
    found
}

/// What a guest writes, mostly nothing.
pub fn remark(
    rng: &mut StdRng,
    on_top: Option<&str>,
    language: &str,
    satisfied: u32,
) -> &'static str {
    let Some(at) = LANGUAGES.iter().position(|known| *known == language) else {
        return "";
    };
    let said = on_top.and_then(|extra| ON_TOP.iter().find(|(known, _)| *known == extra));
    if let Some((_, texts)) = said
        && rng.random_bool(MENTIONS)
    {
        return texts[at][rng.random_range(0..texts[at].len())];
    }
    if !rng.random_bool(WRITES) {
        return "";
    }
    let texts = if satisfied >= CONTENT_FROM {
        CONTENT[at]
    } else {
        OTHERWISE[at]
    };
    texts[rng.random_range(0..texts.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_on_top_is_known_by_place_and_day() {
        let looks = "restaurant,at,minutes,extras\nquay,2026-01-02T12:00,3.0,a mint with the bill\nquay,2026-01-03T12:00,3.0,\n";
        let found = on_top([looks, "region,at,days\nnorth,2026-01-02T12:00,4\n"]);
        let day = jiff::civil::date(2026, 1, 2);
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [(("quay".to_owned(), day), "a mint with the bill".to_owned())]
        );
    }

    #[test]
    fn a_remark_never_breaks_its_line() {
        let every = ON_TOP.iter().flat_map(|(_, of)| of.iter().flatten());
        let every = every.chain(CONTENT.iter().flatten());
        for text in every.chain(OTHERWISE.iter().flatten()) {
            assert!(!text.contains(['"', '\n']), "{text}");
        }
    }
}
