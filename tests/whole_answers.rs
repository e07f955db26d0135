//! Whole answers to every built-in case: a strong one is hired, a reader of books is not, and neither
//! is a weak one. The table is printed by `cargo bench --bench grading`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod judged;

use greenroom::content::Library;
use judged::whole::{answers, spoken_gaps, Whole};

/// How many strong answers of the twelve must be hired.
const STRONG: usize = 12;
/// Points that saying it aloud may cost in the mean: what was reached.
const SPOKEN_MEAN: f64 = -0.2;

#[test]
fn who_knows_the_field_is_hired_and_who_knows_the_outline_is_not() {
    let library = Library::open(&[], None);
    let all = answers(&library);
    let held_out = |profile: &str| -> Vec<&Whole> {
        let own = all.iter().filter(|own| own.held_out);
        own.filter(|own| own.profile == profile).collect()
    };
    let cases = library.ready_cases().count();
    for profile in ["strong", "book-reader", "weak"] {
        assert_eq!(held_out(profile).len(), cases, "{profile}");
    }
    let refused: Vec<(&str, f64)> = held_out("strong")
        .iter()
        .filter(|own| !own.hired())
        .map(|own| (own.case.as_str(), own.sheet.total))
        .collect();
    assert!(cases - refused.len() >= STRONG, "not hired: {refused:?}");
    for profile in ["book-reader", "weak"] {
        for own in held_out(profile) {
            assert!(!own.hired(), "{} {profile}", own.case);
        }
    }
    // Who speaks is not worse off than who types.
    let gaps = spoken_gaps(&all, true);
    assert_eq!(gaps.len(), cases);
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    assert!(mean >= SPOKEN_MEAN, "{mean}");
    // A weak answer never comes near, and each strong one is above its book-reader.
    for own in held_out("weak") {
        assert!(own.sheet.total < 30.0, "{} {}", own.case, own.sheet.total);
    }
    for (strong, book) in held_out("strong").iter().zip(held_out("book-reader")) {
        assert!(strong.sheet.total > book.sheet.total, "{}", strong.case);
    }
}
