//! Attributes: declared properties of respondents, such as role or tenure.
//!
//! Invariant: an attribute has a closed list of values; each becomes a column `attr_ID`. At most
//! one attribute says how much contact with customers a respondent has ([`ContactLevel`]).
//!
//! Absent on purpose: free text. What is not declared cannot be stored, and so cannot identify.

use serde::{Deserialize, Serialize};

use crate::ids::AttributeId;
use crate::text::Text;

/// How much an employee deals with customers; the values of the attribute with `contact = true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactLevel {
    /// With customers of the organisation.
    External,
    /// With colleagues who are served, such as other departments.
    Internal,
    /// With neither.
    None,
}

impl ContactLevel {
    /// Every level, the words in files.
    pub const EVERY: [(&'static str, Self); 3] = [
        ("external", Self::External),
        ("internal", Self::Internal),
        ("none", Self::None),
    ];
}

/// One value that an attribute may have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// The value as stored: a slug.
    pub id: String,
    /// Its name.
    pub title: Text,
}

/// A declared property of respondents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its id; the stored column is `attr_ID`.
    pub id: AttributeId,
    /// Its name.
    pub title: Text,
    /// Whether it says how much contact with customers a respondent has.
    #[serde(default)]
    pub contact: bool,
    /// What it may be, in the order to show.
    pub values: Vec<AttributeValue>,
}

impl Attribute {
    /// The value with this id.
    pub fn value(&self, id: &str) -> Option<&AttributeValue> {
        self.values.iter().find(|value| value.id == id)
    }
}
