//! The built-in content: no faults, and schemas that are those of the types.

use greenroom::check::{self, schemas};
use std::fs;
use std::path::Path;

#[test]
fn the_built_in_pack_has_no_faults() {
    let report = check::pack(&[], &[]);
    assert!(report.files > 0);
    assert!(report.is_ok(), "{}", report.to_text());
}

/// `UPDATE_SCHEMA=1 cargo test schemas` writes them.
#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let update = std::env::var_os("UPDATE_SCHEMA").is_some();
    for (name, schema) in schemas::all() {
        let path = folder.join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "{} is out of date: UPDATE_SCHEMA=1 cargo test schemas",
            path.display()
        );
    }
}

#[test]
fn answer_keys_recompute_and_earn_full_marks() {
    use greenroom::content::{evaluate, Library};
    use greenroom::drill::{Bank, Drill};
    use greenroom::grading::Lexicon;

    let library = Library::open(&[], None);
    let lexicon = Lexicon::new(library.lexicon());
    let mut bank = Bank::default();
    let ids: Vec<String> = library.drills().map(|head| head.id.clone()).collect();
    assert!(!ids.is_empty());
    for id in ids {
        let drill = bank.drill(&library, &id).unwrap();
        let grade = drill.grade(&drill.key(), &lexicon);
        assert!(grade.score > 0.999, "{id}: {grade:#?}");
        if let Drill::Estimate(estimate) = drill {
            let sums = estimate.slips.iter().map(|slip| (&slip.sum, slip.value));
            for (sum, value) in sums.chain([(&estimate.sum, estimate.answer)]) {
                let result = evaluate(sum).unwrap();
                assert!(
                    (result / value - 1.0).abs() <= 0.01,
                    "{id}: {sum} = {result}"
                );
            }
        }
    }
}
