//! Which words are meant by a word that no text has: the nearest ones by typing errors.

use std::ops::Range;
use strsim::osa_distance;

/// Letters from which one error, and from which two, are forgiven.
const ONE: usize = 4;
const TWO: usize = 8;

/// Indexes of the known words that the fewest errors away begin like the typed one. A left out,
/// added or wrong letter is one error, two letters in the wrong order too. Words of the same first
/// letter come first; the others count only when there are none.
pub(super) fn meant(known: &[String], typed: &str) -> Vec<usize> {
    let letters = typed.chars().count();
    let allowed = usize::from(letters >= ONE) + usize::from(letters >= TWO);
    if allowed == 0 {
        return Vec::new();
    }
    let near = among(known, same_start(known, typed), typed, allowed);
    if near.is_empty() {
        among(known, 0..known.len(), typed, allowed)
    } else {
        near
    }
}

/// The known words, which are sorted, of the same first letter.
fn same_start(known: &[String], typed: &str) -> Range<usize> {
    let first = typed.chars().next();
    let start = known.partition_point(|word| word.chars().next() < first);
    let end = known.partition_point(|word| word.chars().next() <= first);
    start..end
}

fn among(known: &[String], range: Range<usize>, typed: &str, allowed: usize) -> Vec<usize> {
    let mut best = allowed;
    let mut near = Vec::new();
    for at in range {
        let errors = known.get(at).and_then(|word| errors(word, typed, best));
        match errors {
            Some(errors) if errors < best => {
                best = errors;
                near = vec![at];
            }
            Some(_) => near.push(at),
            None => {}
        }
    }
    near
}

/// Errors between the typed word and the nearest beginning of a known one, if at most `most`.
fn errors(word: &str, typed: &str, most: usize) -> Option<usize> {
    let letters = typed.chars().count();
    let ends: Vec<usize> = word
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let lengths = letters.saturating_sub(most).max(1)..=(letters + most).min(ends.len());
    lengths
        .filter_map(|length| word.get(..*ends.get(length - 1)?))
        .map(|begin| osa_distance(begin, typed))
        .min()
        .filter(|errors| *errors <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_words_are_meant_whole_or_cut_short() {
        let mut known: Vec<String> = ["bias", "calibrated", "calibration", "celebration", "time"]
            .map(str::to_owned)
            .to_vec();
        known.sort();
        let of = |typed| {
            let found = meant(&known, typed).into_iter();
            found.map(|at| known[at].as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of("calibraiton"), ["calibration"]);
        assert_eq!(of("clibration"), ["calibration"]);
        assert_eq!(of("callib"), ["calibrated", "calibration"]);
        assert_eq!(of("tiem"), ["time"]);
        assert_eq!(of("xalibration"), ["calibration"]);
        assert_eq!(of("bas"), [""; 0]);
        assert_eq!(of("zebrafish"), [""; 0]);
    }
}
