//! Search over everything that the learner may see: cases, breakdowns, the questions of drills,
//! the facts of cases that were tried, and notes.

use super::Desk;
use crate::content::Step;
use crate::text;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most results of one kind, so that one kind does not push out the others.
const MOST_OF_A_KIND: usize = 40;
/// Characters of a snippet.
const SNIPPET: usize = 160;
/// Characters of a snippet before its first hit.
const BEFORE: usize = 24;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundKind {
    Case,
    /// A heading of a breakdown.
    Heading,
    /// A paragraph of a breakdown.
    Text,
    Drill,
    Fact,
    Note,
}

impl FoundKind {
    pub fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Heading => "section",
            Self::Text => "text",
            Self::Drill => "drill",
            Self::Fact => "fact",
            Self::Note => "note",
        }
    }
}

/// Where a result leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "open", rename_all = "kebab-case")]
pub enum Target {
    /// A breakdown, at a heading when one is named.
    Read {
        case: String,
        step: Option<Step>,
        heading: Option<String>,
    },
    Drill {
        drill: String,
    },
    Note {
        note: String,
    },
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    pub kind: FoundKind,
    pub title: String,
    /// A piece of the text around the first hit.
    pub snippet: String,
    /// The hits in the snippet, as bytes from and to.
    pub hits: Vec<(usize, usize)>,
    pub target: Target,
}

/// Something that can be found.
#[derive(Debug)]
struct Entry {
    kind: FoundKind,
    title: String,
    text: String,
    /// The text, folded: one character for each of its own.
    folded: String,
    /// Folded words that count as said although they stand above the text: case and heading.
    context: String,
    target: Target,
}

impl Entry {
    fn new(kind: FoundKind, title: String, text: &str, context: &str, target: Target) -> Self {
        let text = text::clean_line(text).trim().to_owned();
        Self {
            kind,
            title,
            folded: fold(&text),
            text,
            context: fold(context),
            target,
        }
    }
}

/// Everything of the packs that can be found; made on the first search.
#[derive(Debug, Default)]
pub(super) struct Texts {
    entries: Vec<Entry>,
}

impl Desk {
    /// What holds every word of the query, each as the beginning of a word; the best first.
    pub fn search(&mut self, query: &str) -> Vec<Found> {
        let words = words(query);
        if words.is_empty() {
            return Vec::new();
        }
        if self.texts.get().is_none() {
            let texts = self.read_texts();
            // Nobody else can have set it meanwhile: the desk is ours.
            let _ = self.texts.set(texts);
        }
        let own = self.own_texts();
        let fixed = self.texts.get().map_or(&[][..], |texts| &texts.entries);
        let phrase = fold(query.trim());
        let mut scored: Vec<(Score, &Entry)> = fixed
            .iter()
            .chain(&own)
            .filter_map(|entry| Some((score(entry, &words, &phrase)?, entry)))
            .collect();
        scored.sort_by_key(|(score, _)| *score);
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        scored
            .into_iter()
            .filter(|(_, entry)| {
                let count = taken.entry(entry.kind.id()).or_default();
                *count += 1;
                *count <= MOST_OF_A_KIND
            })
            .map(|(_, entry)| found(entry, &words))
            .collect()
    }

    /// What the packs hold.
    fn read_texts(&mut self) -> Texts {
        let mut entries = Vec::new();
        for head in self.library.ready_cases() {
            let target = Target::Read {
                case: head.id.clone(),
                step: None,
                heading: None,
            };
            let tags = head.tags.join(", ");
            let text = format!("{} · {} · {tags}", head.summary, head.family);
            entries.push(Entry::new(
                FoundKind::Case,
                head.title.clone(),
                &text,
                &head.title,
                target,
            ));
            if let Ok(breakdown) = self.library.breakdown(&head.id) {
                self.read_breakdown(&head.id, &head.title, &breakdown, &mut entries);
            }
        }
        let drills: Vec<(String, String)> = self
            .library
            .drills()
            .map(|head| (head.id.clone(), format!("{} {}", head.format, head.step)))
            .collect();
        for (id, about) in drills {
            // A broken file is named elsewhere.
            let Ok(drill) = self.bank.drill(&self.library, &id) else {
                continue;
            };
            let question = drill.question(&mut ChaCha8Rng::seed_from_u64(0)).text;
            let topic = id.split('/').next().unwrap_or_default();
            let case = self.library.case_head(topic);
            let topic = case.map_or(topic, |head| head.title.as_str());
            entries.push(Entry::new(
                FoundKind::Drill,
                format!("{topic} · {about}"),
                &unmark(&question),
                topic,
                Target::Drill { drill: id.clone() },
            ));
        }
        Texts { entries }
    }

    fn read_breakdown(&self, case: &str, title: &str, source: &str, entries: &mut Vec<Entry>) {
        let steps = &self.library.framework().steps;
        let mut step = None;
        let mut heading: Option<String> = None;
        for block in blocks(source) {
            let target = |heading: &Option<String>, step: Option<Step>| Target::Read {
                case: case.to_owned(),
                step,
                heading: heading.clone(),
            };
            match block {
                Block::Heading(1, _) => {}
                Block::Heading(level, text) => {
                    if level == 2 {
                        let guide = steps
                            .iter()
                            .find(|guide| guide.title.eq_ignore_ascii_case(&text));
                        step = guide.map(|guide| guide.id);
                    }
                    heading = Some(text.clone());
                    entries.push(Entry::new(
                        FoundKind::Heading,
                        title.to_owned(),
                        &text,
                        title,
                        target(&heading, step),
                    ));
                }
                Block::Text(text) => {
                    let above = heading.clone().unwrap_or_default();
                    let name = if above.is_empty() {
                        title.to_owned()
                    } else {
                        format!("{title} · {above}")
                    };
                    let context = format!("{title} {above}");
                    entries.push(Entry::new(
                        FoundKind::Text,
                        name,
                        &text,
                        &context,
                        target(&heading, step),
                    ));
                }
            }
        }
    }

    /// What only this learner may find: notes, and the facts of cases that were tried.
    fn own_texts(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for note in self.notes() {
            let title = self
                .library
                .case_head(&note.subject)
                .map_or_else(|| note.subject.clone(), |head| head.title.clone());
            let target = Target::Note { note: note.note };
            entries.push(Entry::new(
                FoundKind::Note,
                title.clone(),
                &note.text,
                &title,
                target,
            ));
        }
        for id in self.tried_cases() {
            let (Some(head), Ok(case)) = (self.library.case_head(&id), self.library.case(&id))
            else {
                continue;
            };
            for fact in &case.facts {
                entries.push(Entry::new(
                    FoundKind::Fact,
                    format!("{} · {}", head.title, fact.question),
                    &fact.answer,
                    &format!("{} {}", head.title, fact.question),
                    Target::Read {
                        case: id.clone(),
                        step: Some(Step::Clarify),
                        heading: None,
                    },
                ));
            }
        }
        entries
    }

    /// Cases of which a mock or a sprint was begun.
    pub(super) fn tried_cases(&self) -> BTreeSet<String> {
        use crate::progress::{Event, Filter, Kind};
        let begun = self
            .journal
            .events(&Filter::of(Kind::MockBegin))
            .unwrap_or_default();
        begun
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::MockBegin(begin) => Some(begin.case),
                _ => None,
            })
            .collect()
    }
}

/// The lower the better: kind, words above the text only, no phrase, few whole words.
type Score = (u8, usize, bool, std::cmp::Reverse<usize>);

fn score(entry: &Entry, words: &[String], phrase: &str) -> Option<Score> {
    let mut above = 0;
    let mut whole = 0;
    for word in words {
        match best(&entry.folded, word) {
            Some(is_whole) => whole += usize::from(is_whole),
            None => {
                best(&entry.context, word)?;
                above += 1;
            }
        }
    }
    if above == words.len() && entry.kind != FoundKind::Case {
        return None;
    }
    let rank = match entry.kind {
        FoundKind::Case if best(&fold(&entry.title), words.first()?).is_some() => 0,
        FoundKind::Heading => 1,
        FoundKind::Case => 2,
        FoundKind::Note | FoundKind::Fact => 3,
        FoundKind::Text | FoundKind::Drill => 4,
    };
    let loose = words.len() > 1 && !entry.folded.contains(phrase);
    Some((rank, above, loose, std::cmp::Reverse(whole)))
}

/// Whether a word of the text begins so, and whether it is the whole word.
fn best(text: &str, word: &str) -> Option<bool> {
    let mut found = None;
    for (at, _) in starts(text, word) {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let whole = !after.chars().next().is_some_and(char::is_alphanumeric);
        if whole {
            return Some(true);
        }
        found = Some(false);
    }
    found
}

/// Where words of the text begin with this one.
fn starts<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.match_indices(word).filter(move |(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        !before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
    })
}

fn found(entry: &Entry, words: &[String]) -> Found {
    let first = words
        .iter()
        .filter_map(|word| starts(&entry.folded, word).next())
        .map(|(at, _)| at)
        .min()
        .unwrap_or(0);
    let first = chars_before(&entry.folded, first);
    let length = entry.text.chars().count();
    let from = if length <= SNIPPET {
        0
    } else {
        word_start(&entry.text, first.saturating_sub(BEFORE))
    };
    let cut: String = entry.text.chars().skip(from).take(SNIPPET).collect();
    let folded: String = entry.folded.chars().skip(from).take(SNIPPET).collect();
    let lead = if from > 0 { "…" } else { "" };
    let tail = if from + SNIPPET < length { "…" } else { "" };
    let mut hits: Vec<(usize, usize)> = Vec::new();
    for word in words {
        for (at, hit) in starts(&folded, word) {
            let start = chars_before(&folded, at);
            let end = start + hit.chars().count();
            hits.push((
                lead.len() + byte_of(&cut, start),
                lead.len() + byte_of(&cut, end),
            ));
        }
    }
    hits.sort_unstable();
    hits.dedup_by(|next, kept| {
        let overlaps = next.0 < kept.1;
        kept.1 = if overlaps { kept.1.max(next.1) } else { kept.1 };
        overlaps
    });
    Found {
        kind: entry.kind,
        title: entry.title.clone(),
        snippet: format!("{lead}{cut}{tail}"),
        hits,
        target: entry.target.clone(),
    }
}

fn chars_before(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.chars().count())
}

fn byte_of(text: &str, char: usize) -> usize {
    text.char_indices()
        .nth(char)
        .map_or(text.len(), |(at, _)| at)
}

/// The first beginning of a word from a character on, when one is near.
fn word_start(text: &str, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let mut blank = false;
    for (at, c) in text.chars().enumerate().skip(from).take(BEFORE) {
        if blank && !c.is_whitespace() {
            return at;
        }
        blank = c.is_whitespace();
    }
    from
}

/// The words of a query, folded; each once.
fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() && !words.iter().any(|own| own == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Small letters without the accents of Latin ones; one character for each, so that places in the
/// folded text are places in the text.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'A'..='Z' => c.to_ascii_lowercase(),
            ' '..='~' => c,
            _ => fold_char(c),
        })
        .collect()
}

fn fold_char(c: char) -> char {
    use unicode_normalization::char::decompose_canonical;
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    let base = base.unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// A piece of Markdown, as far as search needs to know.
enum Block {
    Heading(usize, String),
    Text(String),
}

/// Headings and paragraphs; diagrams and other code are left out, a table row is a paragraph.
fn blocks(source: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let mut fence: Option<&str> = None;
    let flush = |text: &mut String, blocks: &mut Vec<Block>| {
        let plain = unmark(text);
        if plain.chars().any(char::is_alphanumeric) {
            blocks.push(Block::Text(plain));
        }
        text.clear();
    };
    for line in source.lines() {
        let bare = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
            (None, Some(mark)) => {
                flush(&mut text, &mut blocks);
                fence = Some(mark);
            }
            (None, None) => {
                let level = bare.chars().take_while(|c| *c == '#').count();
                let after = bare.trim_start_matches('#');
                if (1..=6).contains(&level) && after.starts_with(' ') {
                    flush(&mut text, &mut blocks);
                    blocks.push(Block::Heading(level, unmark(after)));
                    continue;
                }
                let alone = bare.is_empty() || is_item(bare) || bare.starts_with('|');
                if alone {
                    flush(&mut text, &mut blocks);
                }
                text.push_str(bare.trim_start_matches(['>', ' ']));
                text.push(' ');
            }
        }
    }
    flush(&mut text, &mut blocks);
    blocks
}

fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || (digits.len() < line.len() && digits.starts_with(". "))
}

/// Markdown without its marks: emphasis, code, links, bullets, the bars of tables.
fn unmark(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    if let Some(item) = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("* ")) {
        rest = item;
    }
    while let Some(at) = rest.find(['*', '`', '[', '|', '\\']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        let mark = chars.next();
        rest = chars.as_str();
        match mark {
            Some('|') => {
                let cell = rest.trim_start();
                if !out.is_empty() && !out.ends_with("· ") && !cell.is_empty() {
                    out.truncate(out.trim_end().len());
                    out.push_str(" · ");
                }
                rest = cell;
            }
            Some('[') => {
                if let Some((label, target)) = rest.split_once("](") {
                    if let Some((_, after)) = target.split_once(')') {
                        if !label.contains('\n') && !label.contains('[') {
                            out.push_str(&unmark(label));
                            rest = after;
                            continue;
                        }
                    }
                }
                out.push('[');
            }
            Some('\\') => {
                if let Some(escaped) = chars.next() {
                    out.push(escaped);
                    rest = chars.as_str();
                }
            }
            _ => {}
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;
    use chrono::DateTime;

    fn desk() -> Desk {
        Desk::in_memory(Setup::default(), DateTime::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn titles_come_before_headings_and_headings_before_text() {
        let mut desk = desk();
        let found = desk.search("video recom");
        assert_eq!(found.first().unwrap().kind, FoundKind::Case);
        let found = desk.search("calibration");
        assert_eq!(found.first().unwrap().kind, FoundKind::Heading);
        assert!(found.iter().any(|own| own.kind == FoundKind::Text));
        for own in &found {
            for (from, to) in &own.hits {
                let hit = own.snippet.get(*from..*to).unwrap();
                assert_eq!(hit.to_lowercase(), "calibration");
            }
        }
        assert!(desk.search("zebrafish").is_empty());
        assert!(desk.search("  ").is_empty());
    }

    #[test]
    fn drills_are_found_by_their_questions() {
        let mut desk = desk();
        let heads: Vec<String> = desk.library.drills().map(|head| head.id.clone()).collect();
        let id = heads.into_iter().find(|id| desk.drill(id).is_ok()).unwrap();
        let drill = desk.drill(&id).unwrap();
        let question = drill.question(&mut ChaCha8Rng::seed_from_u64(0)).text;
        let first: Vec<&str> = question.split_whitespace().take(8).collect();
        let found = desk.search(&first.join(" "));
        let target = Target::Drill { drill: id };
        assert!(found.iter().any(|own| own.target == target));
    }

    #[test]
    fn facts_are_found_only_after_the_case_was_tried() {
        let mut desk = desk();
        let case = desk.library.ready_cases().next().unwrap().id.clone();
        let word = desk.library.case(&case).unwrap().facts[0].answer.clone();
        let of_facts = |desk: &mut Desk| {
            let found = desk.search(&word);
            found.iter().filter(|f| f.kind == FoundKind::Fact).count()
        };
        assert_eq!(of_facts(&mut desk), 0);
        let new = crate::desk::NewMock {
            case,
            clock_minutes: 45,
            level: crate::content::Level::Senior,
            steps: Vec::new(),
            seed: Some(1),
            ..NewMock::default()
        };
        desk.begin_mock(&new, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(of_facts(&mut desk), 1);
    }

    #[test]
    fn notes_are_found_with_accents_or_without() {
        let mut desk = desk();
        desk.write_note(
            None,
            "",
            "A naïve baseline\nfirst, then 日本",
            DateTime::UNIX_EPOCH,
        );
        let found = desk.search("NAIVE 日");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hits.len(), 2);
        assert_eq!(found[0].snippet, "A naïve baseline first, then 日本");
    }

    #[test]
    fn markdown_loses_its_marks() {
        assert_eq!(
            unmark("- **Two** `towers` [Yi et al.](#yi) \\*"),
            "Two towers Yi et al. *"
        );
        assert_eq!(unmark("| a | b |"), "a · b");
        assert_eq!(unmark("open [ bracket"), "open [ bracket");
    }
}
