//! Charts as pictures without a browser, for the command line, mail and PDF.
//!
//! The pages' own chart code (web/src/charts/server.ts, one script in this binary) runs in a small
//! JavaScript engine and gives SVG; another library draws that as PNG. So there is one definition of
//! what a chart looks like.
//!
//! Invariant: the script sees data only; it has no files, no network, no clock, and a limit on
//! memory. Absent on purpose: words. Whoever asks for a picture brings them.

mod control;
mod fonts;
mod raster;
mod script;

pub use control::{ControlWords, control_chart};
pub use raster::png;

/// Size and look of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// For a dark page.
    pub dark: bool,
}

/// Largest side of a picture, in pixels.
pub const SIDE_MAX: u32 = 4_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The program was built without its pages.
    #[error("this program was built without its charts; `make pages` builds them")]
    NoScript,
    /// A side of nothing, or beyond [`SIDE_MAX`].
    #[error("a picture of {width} × {height} pixels; allowed: 1 to {SIDE_MAX} each")]
    Size {
        /// As asked for.
        width: u32,
        /// As asked for.
        height: u32,
    },
    /// The script failed.
    #[error("draw the chart: {0}")]
    Script(String),
    /// There is no font to write with.
    #[error("no font was found to write on the picture; install one, such as DejaVu Sans")]
    NoFont,
    /// The SVG could not be drawn.
    #[error("draw the picture")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture could not be written.
    #[error("write the picture: {0}")]
    Encode(String),
}
