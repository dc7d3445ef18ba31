//! A fresh clone has no built pages yet: then a page that says how to build them is
//! embedded in their place, so that `cargo build` alone always works.

use std::path::Path;

const PLACEHOLDER: &str = r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Evenkeel</title></head>
<body>
<h1>Evenkeel</h1>
<p>This binary was built without its pages. Build them with <code>make pages</code> and build again; <code>make run</code> does both.</p>
<p>The API is served all the same: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
</body>
</html>
"#;

fn main() -> std::io::Result<()> {
    let dist = Path::new("../../web/dist");
    if !dist.join("index.html").exists() {
        std::fs::create_dir_all(dist)?;
        std::fs::write(dist.join("index.html"), PLACEHOLDER)?;
    }
    // Without the script charts are not drawn outside a browser, and say so.
    std::fs::create_dir_all("../../web/dist-pictures")?;
    println!("cargo::rerun-if-changed=../../web/dist-pictures");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../web/dist");
    Ok(())
}
