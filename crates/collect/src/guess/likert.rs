//! Words of rating scales that are in common use.

use std::collections::BTreeSet;

/// Scales of five, lowest first.
const SCALES: [[&str; 5]; 9] = [
    [
        "strongly disagree",
        "disagree",
        "neither agree nor disagree",
        "agree",
        "strongly agree",
    ],
    [
        "strongly disagree",
        "disagree",
        "neutral",
        "agree",
        "strongly agree",
    ],
    [
        "very dissatisfied",
        "dissatisfied",
        "neither satisfied nor dissatisfied",
        "satisfied",
        "very satisfied",
    ],
    [
        "very dissatisfied",
        "dissatisfied",
        "neutral",
        "satisfied",
        "very satisfied",
    ],
    ["very poor", "poor", "fair", "good", "very good"],
    ["never", "rarely", "sometimes", "often", "always"],
    [
        "helemaal oneens",
        "oneens",
        "neutraal",
        "eens",
        "helemaal eens",
    ],
    [
        "zeer ontevreden",
        "ontevreden",
        "neutraal",
        "tevreden",
        "zeer tevreden",
    ],
    ["nooit", "zelden", "soms", "vaak", "altijd"],
];

/// Texts of a column as ratings from `min` to `max`, when they are the words of a scale with as
/// many steps.
pub(super) fn map(values: &BTreeSet<String>, min: i32, max: i32) -> Option<Vec<(String, i32)>> {
    if max - min != 4 || values.is_empty() {
        return None;
    }
    SCALES.iter().find_map(|scale| {
        let mut map: Vec<(String, i32)> = Vec::new();
        for value in values {
            let plain = crate::source::squeeze(value).to_lowercase();
            let step = scale.iter().position(|word| *word == plain)?;
            map.push((value.clone(), min + step as i32));
        }
        map.sort_by_key(|(_, rating)| *rating);
        Some(map)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_ratings() {
        let values = ["Agree", "Strongly Agree", "Disagree"]
            .map(str::to_owned)
            .into();
        let map = map(&values, 1, 5).expect("a scale");
        assert_eq!(
            map,
            [
                ("Disagree".to_owned(), 2),
                ("Agree".to_owned(), 4),
                ("Strongly Agree".to_owned(), 5)
            ]
        );
        assert_eq!(super::map(&values, 0, 10), None);
        assert_eq!(
            super::map(&["Agree", "Blue"].map(str::to_owned).into(), 1, 5),
            None
        );
    }
}
