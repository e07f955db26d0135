//! Typing errors in long words: "calibraton", "embeddign". They are held against the words of
//! the lexicon only, so that no correct English word is read as a term.

use super::stem::Stems;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Letters of a word so long that one wrong letter leaves no doubt, and not so long that it is
/// none.
const LONG: RangeInclusive<usize> = 8..=24;

/// English words that are one letter away from a word of the lexicon and are no errors.
const WORDS: [&str; 114] = [
    "blacklist",
    "bleeding",
    "blinding",
    "boasting",
    "bouncing",
    "cannibalism",
    "cautions",
    "censured",
    "chipping",
    "clapping",
    "cluttered",
    "committed",
    "commutation",
    "commuted",
    "complexion",
    "compliment",
    "complimentary",
    "contends",
    "contiguous",
    "contusion",
    "cowering",
    "creatine",
    "deciding",
    "defection",
    "defector",
    "delectable",
    "delivers",
    "depletion",
    "detention",
    "detestable",
    "difficulty",
    "discover",
    "discovers",
    "dismount",
    "dismounted",
    "disparage",
    "economies",
    "evacuation",
    "extensive",
    "faltered",
    "faltering",
    "grateful",
    "gratefully",
    "grounder",
    "habitation",
    "indented",
    "infected",
    "infection",
    "internal",
    "inventor",
    "inventors",
    "invested",
    "isotopic",
    "livelihood",
    "marching",
    "memories",
    "misreading",
    "mistaken",
    "monotony",
    "multiplex",
    "multiply",
    "overlord",
    "oversight",
    "overture",
    "personas",
    "precious",
    "predicated",
    "prevision",
    "professor",
    "projected",
    "projection",
    "prompted",
    "protested",
    "reelected",
    "referenced",
    "refraining",
    "regaining",
    "regulator",
    "regulators",
    "reminder",
    "repression",
    "reprieve",
    "resection",
    "restraining",
    "retaining",
    "reverence",
    "revolution",
    "revolved",
    "scammers",
    "screaming",
    "searcher",
    "searchers",
    "shipping",
    "shredding",
    "smoother",
    "speeding",
    "splinter",
    "starches",
    "steaming",
    "stepping",
    "stinking",
    "stocking",
    "stomping",
    "stooping",
    "streaking",
    "throughout",
    "trailing",
    "treading",
    "tricking",
    "trucking",
    "unloaded",
    "weighing",
    "withdraw",
    "withdraws",
];
/// The long words of the lexicon, by what is left of each when one letter goes.
#[derive(Debug, Default)]
pub(super) struct Typos {
    words: Vec<(String, String)>,
    by_rest: BTreeMap<String, Vec<usize>>,
}

impl Typos {
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>, stems: &Stems) -> Self {
        let mut typos = Self::default();
        let mut words: Vec<&str> = words.filter(|word| is_long(word)).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            let index = typos.words.len();
            typos.words.push((word.to_owned(), stems.of(word)));
            for rest in rests(word).chain([word.to_owned()]) {
                let known = typos.by_rest.entry(rest).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        typos
    }

    /// The stem of the one word that was meant, when exactly one is a letter away.
    pub(super) fn meant(&self, word: &str) -> Option<&str> {
        if !is_long(word) || WORDS.binary_search(&word).is_ok() {
            return None;
        }
        let mut meant: Option<&str> = None;
        for rest in rests(word).chain([word.to_owned()]) {
            for index in self.by_rest.get(&rest).into_iter().flatten() {
                let Some((known, stem)) = self.words.get(*index) else {
                    continue;
                };
                if !one_apart(word, known) {
                    continue;
                }
                if meant.is_some_and(|other| other != stem) {
                    return None;
                }
                meant = Some(stem);
            }
        }
        meant
    }
}

fn is_long(word: &str) -> bool {
    LONG.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// The word without each of its letters.
fn rests(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len()).map(move |gone| {
        word.chars()
            .enumerate()
            .filter(|(at, _)| *at != gone)
            .map(|(_, c)| c)
            .collect()
    })
}

/// One letter added, lost or changed, or two neighbours swapped; not the first one, which people
/// rarely get wrong.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.first() != b.first() || a == b {
        return false;
    }
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = |s: &[u8], skip: usize| s.get(front + skip..).map(<[u8]>::to_vec);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => tail(a, 0) == tail(b, 1),
        std::cmp::Ordering::Greater => tail(a, 1) == tail(b, 0),
        std::cmp::Ordering::Equal => {
            let swapped = a.get(front) == b.get(front + 1) && a.get(front + 1) == b.get(front);
            tail(a, 1) == tail(b, 1) || (swapped && tail(a, 2) == tail(b, 2))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Option<String> {
        let words = [
            "calibration",
            "embedding",
            "streaming",
            "precision",
            "training",
        ];
        let typos = Typos::new(words.into_iter(), &Stems::new());
        typos.meant(word).map(str::to_owned)
    }

    #[test]
    fn one_wrong_letter_in_a_long_word_is_mended() {
        for word in ["calibraton", "calibrattion", "calibretion", "calibratoin"] {
            assert_eq!(meant(word).as_deref(), Some("calibr"), "{word}");
        }
        assert_eq!(meant("embeding").as_deref(), Some("embed"));
    }

    #[test]
    fn other_words_short_words_and_real_words_are_left_alone() {
        for word in [
            "celebration",
            "prevision2",
            "trainng",
            "screaming",
            "alibration",
            "calibrtn",
            "",
        ] {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(WORDS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
