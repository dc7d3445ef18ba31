//! SVG as PNG.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::PictureError;
use super::fonts::Fonts;

/// Pixels of the PNG for one of the SVG: sharp on today's screens and on paper.
const SCALE: u16 = 2;

/// A picture as PNG, twice as many pixels each way.
pub fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let fonts = Fonts::of_this_machine();
    if !fonts.can_write() {
        return Err(PictureError::NoFont);
    }
    let options = Options {
        fontdb: Arc::clone(&fonts.database),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let scale = u32::from(SCALE);
    let mut pixels =
        Pixmap::new(width * scale, height * scale).ok_or(PictureError::Size { width, height })?;
    let enlarge = Transform::from_scale(f32::from(SCALE), f32::from(SCALE));
    resvg::render(&tree, enlarge, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| PictureError::Encode(error.to_string()))
}
