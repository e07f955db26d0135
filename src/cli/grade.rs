//! `greenroom grade`: a written answer, held against the rubric of a case.

use super::exit::{Exit, Failure, Outcome};
use super::page::count;
use super::shell::{known_case, page, Shell};
use super::{clock, explain, input, out, sheet};
use crate::content::{Framework, Level, Step};
use crate::grading::{score, score_steps, Answer, CaseRules, Evidence, Sheet};
use crate::markdown;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case
    case: String,
    /// Markdown whose second-level headings name the steps; - for standard input
    #[arg(long, value_name = "FILE")]
    answer: PathBuf,
    /// The whole file answers this step, and only its items count
    #[arg(long)]
    step: Option<Step>,
    /// mid, senior or staff; else your plan's
    #[arg(long)]
    level: Option<Level>,
    /// Every item, with what was looked for and what it teaches
    #[arg(long)]
    why: bool,
    /// How the rule of one item read the answer, part by part
    #[arg(long, value_name = "ITEM", conflicts_with_all = ["why", "level"])]
    explain: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// The JSON: the sheet, its evidence in bytes of the input.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    sheet: &'a Sheet,
    warnings: &'a [String],
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    known_case(&desk, &args.case)?;
    let text = input::text(&args.answer)?;
    let written = match args.step {
        Some(step) => Written::of_step(&text, step),
        None => Written::read(&text, desk.library.framework()),
    };
    for warning in &written.warnings {
        out::complain(warning);
    }
    let case = desk.library.case(&args.case);
    let case = case.map_err(|fault| Failure::data(fault.to_string()))?;
    let rules = CaseRules::compile(&case, desk.lexicon()).map_err(|unknown| {
        let lines: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        Failure::data(format!("{}: {}", args.case, lines.join("; ")))
    })?;
    if let Some(item) = &args.explain {
        return explain::run(&case, &rules, &written, item, args.json);
    }
    let level = args.level.unwrap_or_else(|| {
        let plan = desk.plan_settings();
        plan.map_or_else(
            || desk.default_settings(clock::now()).level,
            |own| own.level,
        )
    });
    let graded = rules.grade(&written.answer);
    let rubric = desk.library.rubric();
    let mut sheet = match args.step {
        Some(step) => score_steps(&case, rubric, &graded, &[step], level),
        None => score(&case, rubric, &graded, None, level),
    };
    if args.json {
        let items = sheet.items.iter_mut().flat_map(|item| &mut item.evidence);
        let flags = sheet.flags.iter_mut().flat_map(|flag| &mut flag.evidence);
        let decisions = sheet.tradeoffs.iter_mut().map(|own| &mut own.evidence);
        for evidence in items.chain(flags).chain(decisions) {
            written.place(evidence);
        }
        out::json(&Document {
            sheet: &sheet,
            warnings: &written.warnings,
        })?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    page.ends(
        &format!("{} · {level}", case.title),
        &sheet::verdict(&sheet),
    );
    sheet::dimensions(&mut page, &sheet, desk.library.rubric());
    sheet::items(&mut page, &sheet, Some(&case), args.why);
    out::say(page.text())?;
    Ok(Exit::Done)
}

/// A written answer, taken apart.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) answer: Answer,
    warnings: Vec<String>,
    /// Pieces of each text: where they begin in it, where in the input, and their length.
    pieces: BTreeMap<Option<Step>, Vec<(usize, usize, usize)>>,
}

impl Written {
    /// All of it belongs to one step.
    fn of_step(text: &str, step: Step) -> Self {
        let mut own = Self::default();
        own.add(Some(step), None, text, 0..text.len());
        own
    }

    fn read(text: &str, framework: &Framework) -> Self {
        let mut own = Self::default();
        let mut at = 0;
        for section in markdown::sections(text) {
            own.add(None, None, text, at..section.range.start);
            at = section.range.end;
            let step = step_of(&section.title, framework);
            own.add(step, Some(&section.title), text, section.body);
        }
        own.add(None, None, text, at..text.len());
        own
    }

    fn add(
        &mut self,
        step: Option<Step>,
        heading: Option<&str>,
        text: &str,
        range: std::ops::Range<usize>,
    ) {
        let piece = text.get(range.clone()).unwrap_or_default();
        let is_title = |line: &str| line.starts_with("# ") || line.trim().is_empty();
        if piece.lines().all(is_title) {
            return;
        }
        if step.is_none() {
            let words = count(piece.split_whitespace().count(), "word");
            self.warnings.push(match heading {
                None => format!("part of no step: {words} under no second-level heading"),
                Some(title) => format!(
                    "part of no step: {words} under `## {title}`, which names no step; the steps are {}",
                    Step::ALL.map(Step::id).join(", ")
                ),
            });
        }
        let all = match step {
            Some(step) => self.answer.steps.entry(step).or_default(),
            None => &mut self.answer.elsewhere,
        };
        if !all.is_empty() {
            all.push('\n');
        }
        let place = (all.len(), range.start, piece.len());
        all.push_str(piece);
        self.pieces.entry(step).or_default().push(place);
    }

    /// Bytes of the step's text become bytes of the input.
    pub(super) fn place(&self, evidence: &mut Evidence) {
        let pieces = self.pieces.get(&evidence.step);
        let of = |at: usize| {
            let mut all = pieces.into_iter().flatten().rev();
            let piece = all.find(|(start, _, _)| *start <= at);
            piece.map(|(start, input, length)| input + (at - start).min(*length))
        };
        let last = evidence.end.saturating_sub(1);
        if let (Some(start), Some(end)) = (of(evidence.start), of(last)) {
            evidence.start = start;
            evidence.end = end + 1;
        }
    }
}

/// `Data`, `3. Data and features`, `Step 3: data:` …
fn step_of(heading: &str, framework: &Framework) -> Option<Step> {
    let plain = |text: &str| {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words
    };
    let mut words = plain(heading);
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| word == "step" || word.chars().all(|c| c.is_ascii_digit()))
    {
        words.remove(0);
    }
    Step::ALL.into_iter().find(|step| {
        let guide = framework.step(*step);
        let known =
            guide.is_some_and(|guide| plain(&guide.title) == words || plain(&guide.short) == words);
        known
            || plain(step.id()) == words
            || matches!(words.as_slice(), [one] if also(*step).contains(&one.as_str()))
    })
}

/// What people write over a step besides its id and its titles.
fn also(step: Step) -> &'static [&'static str] {
    match step {
        Step::Clarify => &["clarification", "clarifying", "requirements"],
        Step::Frame => &["framing"],
        Step::Data => &["features"],
        Step::Model => &["modelling", "modeling", "models"],
        Step::Evaluate => &["evaluating", "metrics"],
        Step::Serve => &["deployment"],
        Step::Monitor => &["monitoring"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_by_the_names_that_people_give_it() {
        let framework = Framework::default();
        for (heading, step) in [
            ("Monitoring", Step::Monitor),
            ("4. Modeling", Step::Model),
            ("Requirements:", Step::Clarify),
        ] {
            assert_eq!(step_of(heading, &framework), Some(step), "{heading}");
        }
        assert_eq!(step_of("Costs", &framework), None);
    }

    #[test]
    fn headings_name_steps_and_evidence_finds_its_way_back() {
        let text =
            "stray\n\n## 3. Data:\none\n```\n## Model\n```\n## Costs\ntwo words\n## data\nthree\n";
        let own = Written::read(text, &Framework::default());
        let data = own.answer.steps.get(&Step::Data).unwrap();
        assert_eq!(data, "one\n```\n## Model\n```\n\nthree\n");
        assert_eq!(own.answer.steps.len(), 1);
        assert_eq!(own.answer.elsewhere, "stray\n\n\ntwo words\n");
        assert_eq!(own.warnings.len(), 2);
        assert!(own.warnings[0].contains("under no second-level heading"));
        assert!(own.warnings[1].contains("Costs"));
        let start = data.find("three").unwrap();
        let mut evidence = Evidence {
            step: Some(Step::Data),
            start,
            end: start + 5,
            text: "three".into(),
        };
        own.place(&mut evidence);
        assert_eq!(text.get(evidence.start..evidence.end), Some("three"));
    }
}
