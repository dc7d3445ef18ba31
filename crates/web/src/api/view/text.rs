//! What the organisation named, in its languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text by language tag: `{"en": "Guests", "nl": "Gasten"}`; `und` where the
/// organisation gave one text without saying in which language.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// A text whose language nobody said.
    pub fn plain(text: &str) -> Self {
        Self(BTreeMap::from([("und".to_owned(), text.to_owned())]))
    }

    /// The text in `language`, else in any.
    pub fn get(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get("und"))
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn falls_back_to_what_there_is() {
        let text: Text = serde_json::from_str(r#"{"nl":"Gasten"}"#).unwrap();
        assert_eq!(text.get("fr"), "Gasten");
        assert_eq!(Text::default().get("fr"), "");
    }
}
