//! Runs the pages' chart code.

use rquickjs::function::Func;
use rquickjs::{CatchResultExt as _, Context, Function, Runtime};
use rust_embed::RustEmbed;

use super::PictureError;
use super::fonts::Fonts;

#[derive(RustEmbed)]
#[folder = "../../web/dist-pictures"]
struct Scripts;

/// Bytes of memory that a picture may take.
const MEMORY_BYTES_MAX: usize = 256 << 20;
/// Bytes of stack: layouts nest.
const STACK_BYTES_MAX: usize = 1 << 20;

/// What ECharts looks for in a browser, and needs nothing of here.
const PRELUDE: &str = "globalThis.self = globalThis; globalThis.setTimeout = () => 0; \
    globalThis.clearTimeout = () => undefined; \
    globalThis.console = { log() {}, warn() {}, error() {} };";

/// The SVG of a picture that is described in JSON.
pub fn svg(picture: &str) -> Result<String, PictureError> {
    let script = Scripts::get("pictures.js").ok_or(PictureError::NoScript)?;
    let failed = |error: rquickjs::Error| PictureError::Script(error.to_string());
    let runtime = Runtime::new().map_err(failed)?;
    runtime.set_memory_limit(MEMORY_BYTES_MAX);
    runtime.set_max_stack_size(STACK_BYTES_MAX);
    let context = Context::full(&runtime).map_err(failed)?;
    context.with(|context| {
        let said = |error: rquickjs::CaughtError<'_>| PictureError::Script(error.to_string());
        let width = |text: String, size: f64| Fonts::of_this_machine().width(&text, size);
        let globals = context.globals();
        globals
            .set("hostTextWidth", Func::from(width))
            .catch(&context)
            .map_err(said)?;
        context
            .eval::<(), _>(PRELUDE)
            .catch(&context)
            .map_err(said)?;
        context
            .eval::<(), _>(script.data.as_ref())
            .catch(&context)
            .map_err(said)?;
        let render: Function<'_> = globals.get("renderPicture").catch(&context).map_err(said)?;
        render.call((picture,)).catch(&context).map_err(said)
    })
}
