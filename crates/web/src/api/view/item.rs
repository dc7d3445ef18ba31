//! Items of instruments, as answers refer to them.

use evenkeel_foundation as foundation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// One question of an instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemRef {
    pub instrument: String,
    pub id: String,
    pub title: Text,
    pub scale: ItemScale,
}

/// What an answer may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemScale {
    /// `rating`, `choice`, `choices`, `boolean`, `number`, `text`, `ranking`.
    pub kind: String,
    /// Lowest answer of a rating or number; `null` where there is none.
    #[schema(required = true)]
    pub min: Option<f64>,
    /// Highest answer of a rating or number; `null` where there is none.
    #[schema(required = true)]
    pub max: Option<f64>,
}

impl ItemRef {
    /// An item of an instrument.
    pub fn new(instrument: &foundation::Instrument, item: &foundation::Item) -> Self {
        Self {
            instrument: instrument.id.to_string(),
            id: item.id.to_string(),
            title: Text::from(&item.title),
            scale: ItemScale::from(&item.scale),
        }
    }
}

impl From<&foundation::Scale> for ItemScale {
    fn from(scale: &foundation::Scale) -> Self {
        let (min, max) = match scale {
            foundation::Scale::Rating { min, max } => {
                (Some(f64::from(*min)), Some(f64::from(*max)))
            }
            foundation::Scale::Number { min, max } => (*min, *max),
            _ => (None, None),
        };
        Self {
            kind: scale.as_str().to_owned(),
            min,
            max,
        }
    }
}
