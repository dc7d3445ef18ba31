//! The subset of `SurveyJS`: what is read, and what is refused by element and property.

use evenkeel_foundation::{Foundation, Scale, Text, parse};
use rstest::rstest;

use crate::small::{listed, parsed, with};

const PATH: &str = "instruments/extra.json";

fn survey(elements: &str) -> String {
    format!("{{\n\"evenkeel\": {{\"party\": \"customer\"}},\n\"elements\": [\n{elements}\n]}}")
}

fn with_elements(elements: &str) -> Foundation {
    parsed(&with(&[(PATH, &survey(elements))]))
}

fn scales(foundation: &Foundation) -> Vec<(&str, Scale)> {
    let items = &foundation.instruments["extra"].items;
    items
        .iter()
        .map(|item| (item.id.as_str(), item.scale.clone()))
        .collect()
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

#[rstest]
#[case::rating_default(r#"{"type": "rating", "name": "x"}"#, Scale::Rating { min: 1, max: 5 })]
#[case::rating_ends(
    r#"{"type": "rating", "name": "x", "rateMin": 0, "rateMax": 10}"#,
    Scale::Rating { min: 0, max: 10 }
)]
#[case::rating_count(
    r#"{"type": "rating", "name": "x", "rateCount": 7}"#,
    Scale::Rating { min: 1, max: 7 }
)]
#[case::rating_values(
    r#"{"type": "rating", "name": "x", "rateValues": [{"value": 1, "text": {"nl": "Nee"}}, 2, 3]}"#,
    Scale::Rating { min: 1, max: 3 }
)]
#[case::radiogroup(
    r#"{"type": "radiogroup", "name": "x", "choices": ["a", {"value": 2, "text": "Two"}]}"#,
    Scale::Choice { values: texts(&["a", "2"]) }
)]
#[case::checkbox(
    r#"{"type": "checkbox", "name": "x", "choices": ["a", "b"], "maxSelectedChoices": 1}"#,
    Scale::Choices { values: texts(&["a", "b"]) }
)]
#[case::boolean(
    r#"{"type": "boolean", "name": "x", "labelTrue": "Yes"}"#,
    Scale::Boolean
)]
#[case::number(
    r#"{"type": "text", "name": "x", "inputType": "number", "min": 0}"#,
    Scale::Number { min: Some(0.0), max: None }
)]
#[case::date(r#"{"type": "text", "name": "x", "inputType": "date"}"#, Scale::Text)]
#[case::comment(r#"{"type": "comment", "name": "x"}"#, Scale::Comment)]
#[case::ranking(
    r#"{"type": "ranking", "name": "x", "choices": ["a", "b"]}"#,
    Scale::Ranking { values: texts(&["a", "b"]) }
)]
#[case::pictures(
    r#"{"type": "imagepicker", "name": "x", "multiSelect": true,
        "choices": [{"value": "a", "imageLink": "a.webp"}]}"#,
    Scale::Choices { values: texts(&["a"]) }
)]
fn each_type_has_its_scale(#[case] element: &str, #[case] scale: Scale) {
    assert_eq!(scales(&with_elements(element)), [("x", scale)]);
}

#[test]
fn pages_and_panels_are_flattened_and_a_matrix_gives_an_item_a_row() {
    let text = r#"{
      "title": {"default": "Visit", "nl": "Bezoek"},
      "evenkeel": {"party": "customer", "id": "extra"},
      "pages": [
        {"name": "one", "elements": [
          {"type": "html", "name": "intro", "html": "<p>Hello</p>"},
          {"type": "panel", "name": "p", "elements": [
            {"type": "panel", "elements": [{"type": "boolean", "name": "first"}]}
          ]}
        ]},
        {"name": "two", "elements": [
          {"type": "matrix", "name": "staff", "title": "Our staff", "columns": [5, 4, 3, 2, 1],
           "rows": [{"value": "kind", "text": "was kind", "measures": "csat"}, "quick"]},
          {"type": "matrix", "name": "room", "columns": ["good", "bad"], "rows": ["warm"],
           "visibleIf": "{staff.kind} < 3 and {first} = true"}
        ]}
      ]
    }"#;
    let foundation = parsed(&with(&[(PATH, text)]));
    let five = Scale::Rating { min: 1, max: 5 };
    assert_eq!(
        scales(&foundation),
        [
            ("first", Scale::Boolean),
            ("staff_kind", five.clone()),
            ("staff_quick", five),
            (
                "room_warm",
                Scale::Choice {
                    values: texts(&["good", "bad"])
                }
            ),
        ]
    );
    let instrument = &foundation.instruments["extra"];
    assert_eq!(instrument.title.get("fr"), "Visit");
    assert_eq!(instrument.title.get("nl"), "Bezoek");
    let kind = instrument.item("staff_kind").expect("an item");
    assert_eq!(kind.title, Text::plain("was kind").expect("a text"));
    assert_eq!(kind.measures.as_deref(), Some("csat"));
}

#[rstest]
#[case::type_outside(
    r#"{"type": "signaturepad", "name": "x"}"#,
    4,
    "extra.x.type",
    "element `x` (signaturepad): type `signaturepad` is outside the subset"
)]
#[case::property_outside(
    "{\"type\": \"rating\", \"name\": \"x\",\n \"valueName\": \"y\"}",
    5,
    "extra.x.valueName",
    "element `x` (rating): property `valueName` is outside the subset"
)]
#[case::misspelt_property(
    r#"{"type": "rating", "name": "x", "ratemax": 7}"#,
    4,
    "extra.x.ratemax",
    "did you mean `rateMax`?"
)]
#[case::property_of_another_type(
    r#"{"type": "comment", "name": "x", "choices": ["a"]}"#,
    4,
    "extra.x.choices",
    "element `x` (comment): property `choices` is outside the subset"
)]
#[case::no_name(r#"{"type": "comment"}"#, 4, "extra.elements[1].name", "is missing")]
#[case::no_id(
    r#"{"type": "comment", "name": "My Remark"}"#,
    4,
    "extra.My Remark.name",
    "the name is the item's id, but it is not one"
)]
#[case::two_of_a_name(
    "{\"type\": \"comment\", \"name\": \"x\"},\n{\"type\": \"boolean\", \"name\": \"x\"}",
    5,
    "extra.x",
    "two questions are called `x`, first in line 4"
)]
#[case::rows_of_two_questions(
    "{\"type\": \"comment\", \"name\": \"a_b\"},\n{\"type\": \"matrix\", \"name\": \"a\", \"columns\": [1, 2], \"rows\": [\"b\"]}",
    5,
    "extra.a.rows[1]",
    "two items would have the id `a_b`"
)]
#[case::choice_twice(
    r#"{"type": "dropdown", "name": "x", "choices": ["a", "b", "a"]}"#,
    4,
    "extra.x.choices[3]",
    "the value `a` comes twice"
)]
#[case::no_choices(
    r#"{"type": "dropdown", "name": "x"}"#,
    4,
    "extra.x.choices",
    "choices are needed"
)]
#[case::no_rating(
    r#"{"type": "rating", "name": "x", "rateValues": [1, 3, 5]}"#,
    4,
    "extra.x.rateValues",
    "the values form no rating (found 1, 3, 5; allowed: consecutive whole numbers)"
)]
#[case::step(
    r#"{"type": "rating", "name": "x", "rateMax": 10, "rateStep": 2}"#,
    4,
    "extra.x.rateStep",
    "the step of a rating is 1"
)]
#[case::nps_of_five(
    r#"{"type": "rating", "name": "x", "measures": "nps"}"#,
    4,
    "extra.x.measures",
    "`nps` needs a rating from 0 to 10, but the item is a rating from 1 to 5"
)]
#[case::unknown_measure(
    r#"{"type": "rating", "name": "x", "measures": "joy"}"#,
    4,
    "extra.x.measures",
    "allowed: nps, enps, csat, ces, happiness, mirror:ID"
)]
#[case::unknown_mirror(
    r#"{"type": "rating", "name": "x", "measures": "mirror:calm"}"#,
    4,
    "extra.x.measures",
    "there is no mirror `calm`"
)]
#[case::unknown_name_in_an_expression(
    "{\"type\": \"boolean\", \"name\": \"first\"},\n{\"type\": \"comment\", \"name\": \"x\", \"visibleIf\": \"{frst} = true\"}",
    5,
    "extra.x.visibleIf",
    "no question is called `frst`; did you mean `first`?"
)]
#[case::wrong_value(
    r#"{"type": "comment", "name": "x", "isRequired": "yes"}"#,
    4,
    "extra.x.isRequired",
    "(found \"yes\"; allowed: true, false)"
)]
#[case::validator(
    r#"{"type": "comment", "name": "x", "validators": [{"type": "async"}]}"#,
    4,
    "extra.x.validators[1]",
    "validator `async` is outside the subset"
)]
#[case::property_twice(
    "{\"type\": \"comment\",\n\"name\": \"x\",\n\"name\": \"x\"}",
    6,
    "extra.elements.0.name",
    "the property is written twice"
)]
fn what_is_refused(
    #[case] elements: &str,
    #[case] line: u32,
    #[case] key: &str,
    #[case] part: &str,
) {
    let problems = parse(&with(&[(PATH, &survey(elements))])).expect_err("refused");
    let [problem] = problems.as_slice() else {
        panic!("{}", listed(&problems));
    };
    assert_eq!(problem.file, PATH);
    assert_eq!(problem.line, Some(line), "{problem}");
    assert_eq!(problem.key, format!("instrument.{key}"));
    assert!(problem.to_string().contains(part), "{problem}");
}

#[rstest]
#[case::no_party(
    "{\"elements\": [{\"type\": \"boolean\", \"name\": \"x\"}]}",
    "it says who answers"
)]
#[case::no_questions(
    "{\"evenkeel\": {\"party\": \"customer\"}, \"pages\": []}",
    "asks nothing"
)]
#[case::no_object("[]", "an object is needed")]
#[case::other_id(
    "{\"evenkeel\": {\"party\": \"customer\", \"id\": \"y\"}, \"elements\": [{\"type\": \"boolean\", \"name\": \"x\"}]}",
    "the id is not the name of the file"
)]
#[case::unknown_party(
    "{\"evenkeel\": {\"party\": \"custmer\"}, \"elements\": [{\"type\": \"boolean\", \"name\": \"x\"}]}",
    "did you mean `customer`?"
)]
#[case::both_forms(
    "{\"evenkeel\": {\"party\": \"customer\"}, \"pages\": [], \"elements\": []}",
    "pages or elements, not both"
)]
#[case::nothing("", "not valid JSON")]
fn what_is_no_survey(#[case] text: &str, #[case] part: &str) {
    let problems = parse(&with(&[(PATH, text)])).expect_err("refused");
    assert!(listed(&problems).contains(part), "{}", listed(&problems));
    assert!(
        problems.iter().all(|p| p.file == PATH),
        "{}",
        listed(&problems)
    );
}
