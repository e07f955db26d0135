//! Compiles `content/` into the binary: every file as text, a small index of cases and drills so
//! that nothing has to be parsed at start, and the texts of drills for search.

#[path = "src/content/index.rs"]
#[allow(dead_code, unreachable_pub)] // the crate uses the parts that the build does not
mod index;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("content");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed=content");
    println!("cargo:rerun-if-changed=src/content/index.rs");

    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();

    let mut index = index::Index::default();
    let mut texts = Vec::new();
    let mut table = String::from("pub(super) static FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let path = file
            .strip_prefix(&root)?
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        println!("cargo:rerun-if-changed=content/{path}");
        // A broken file stays in the table, so that `greenroom check` can name its faults.
        let text = fs::read_to_string(file)?;
        if let Err(fault) = index.add(&path, &text) {
            println!("cargo:warning=content/{path} is left out: {fault}");
        }
        texts.extend(index::drill_texts(&path, &text).unwrap_or_default());
        let source = file.to_string_lossy();
        writeln!(table, "    ({path:?}, include_str!({source:?})),")?;
    }
    table.push_str("];\n");
    fs::write(out.join("files.rs"), table)?;
    fs::write(out.join("index.bin"), postcard::to_stdvec(&index)?)?;
    fs::write(out.join("texts.bin"), postcard::to_stdvec(&texts)?)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(
            path.extension().and_then(|e| e.to_str()),
            Some("yaml" | "md")
        ) {
            files.push(path);
        }
    }
    Ok(())
}
