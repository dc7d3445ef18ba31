//! The fonts of this machine: which one stands for sans-serif, and how wide it writes.
//!
//! Invariant: what is measured and what is drawn is the same font.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Family, ID, Query};

/// Fonts that are looked for, first come first served; then whatever there is.
const WANTED: [&str; 6] = [
    "Inter",
    "DejaVu Sans",
    "Noto Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
];

/// Width of a letter over the size of its font where there is no font at all.
const USUAL_WIDTH: f64 = 0.55;

/// The fonts of this machine.
pub struct Fonts {
    pub database: Arc<Database>,
    sans_serif: Option<ID>,
}

/// Looked up once: reading all fonts takes a while.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let mut database = Database::new();
    database.load_system_fonts();
    let find = |name: &str| {
        database.query(&Query {
            families: &[Family::Name(name)],
            ..Query::default()
        })
    };
    let wanted = WANTED.iter().find_map(|name| find(name));
    let sans_serif = wanted.or_else(|| database.faces().next().map(|face| face.id));
    let family = sans_serif
        .and_then(|id| database.face(id))
        .and_then(|face| face.families.first().map(|(name, _)| name.clone()));
    if let Some(family) = family {
        database.set_sans_serif_family(family);
    }
    Fonts {
        database: Arc::new(database),
        sans_serif,
    }
});

impl Fonts {
    /// Those of this machine.
    pub fn of_this_machine() -> &'static Self {
        &FONTS
    }

    /// Whether there is any.
    pub fn can_write(&self) -> bool {
        self.sans_serif.is_some()
    }

    /// Width of a text in pixels.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        let measured = self.sans_serif.and_then(|id| {
            self.database.with_face_data(id, |data, index| {
                let face = ttf_parser::Face::parse(data, index).ok()?;
                let advances = text.chars().map(|letter| {
                    let glyph = face.glyph_index(letter).unwrap_or_default();
                    f64::from(face.glyph_hor_advance(glyph).unwrap_or(0))
                });
                Some(advances.sum::<f64>() * size / f64::from(face.units_per_em()))
            })?
        });
        measured.unwrap_or_else(|| text.chars().count() as f64 * size * USUAL_WIDTH)
    }
}
