//! Whole mocks, labelled by hand: files, scores, and how well the two agree.

use super::answers::Voice;
use super::pairs::Cases;
use super::rank::{kappa, within, Order, Rated};
use super::{files, folder};
use greenroom::content::{self, Id, Level, Library, Step};
use greenroom::grading::{score, Answer, Clocked, Sheet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const LEAST_MOCKS: usize = 30;
/// Minutes of the mocks' clock.
const CLOCK: u32 = 45;
/// The dimension that only a clock can score, so its label may be left out.
const STRUCTURE: &str = "structure";
/// Who rates a mock beside its writer.
const READERS: usize = 2;

/// 1 to 4 by dimension.
pub(crate) type Ratings = BTreeMap<Id, u8>;

/// `<case>/<name>.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mock {
    pub(crate) case: Id,
    pub(crate) writer: String,
    pub(crate) split: Side,
    /// weak, middling, strong, stuffed, off-topic, or anything else.
    pub(crate) profile: String,
    pub(crate) level: Level,
    /// The file of the same case with the same content in another voice.
    #[serde(default)]
    pub(crate) twin: Option<String>,
    #[serde(default)]
    pub(crate) voice: Option<Voice>,
    pub(crate) steps: BTreeMap<Step, String>,
    #[serde(default)]
    pub(crate) minutes: Option<BTreeMap<Step, f64>>,
    /// The writer's own ratings.
    pub(crate) labels: Ratings,
    /// Those of two readers; a spoken twin has those of its bullets.
    #[serde(default)]
    pub(crate) readers: Vec<Ratings>,
    /// The median of the three.
    #[serde(skip)]
    pub(crate) label: Ratings,
    #[serde(skip)]
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Side {
    Dev,
    Test,
}

pub(crate) struct Mocks {
    pub(crate) mocks: Vec<Mock>,
    pub(crate) faults: Vec<String>,
}

impl Mocks {
    pub(crate) fn read() -> Self {
        let (mut mocks, mut faults) = (Vec::new(), Vec::new());
        for file in files(&folder("mocks")) {
            let label = file.label();
            let read = content::read(&file.path, &label)
                .and_then(|text| content::parse::<Mock>(&text, &label));
            match read {
                Ok(mock) => {
                    if mock.case != *file.case {
                        faults.push(format!("{label}: the case is not that of the folder"));
                    }
                    let name = file.stem;
                    mocks.push(Mock { name, ..mock });
                }
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        share_readers(&mut mocks);
        for mock in &mut mocks {
            mock.label = mock.median();
        }
        Self { mocks, faults }
    }

    pub(crate) fn check(&self, library: &Library) -> Vec<String> {
        let mut faults = self.faults.clone();
        for mock in &self.mocks {
            let place = format!("{}/{}.yaml", mock.case, mock.name);
            let found = self.faults_of(mock, library);
            faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
        }
        let side = |wanted: Side| -> BTreeSet<&String> {
            let on = self.mocks.iter().filter(|mock| mock.split == wanted);
            on.map(|mock| &mock.writer).collect()
        };
        for writer in side(Side::Dev).intersection(&side(Side::Test)) {
            faults.push(format!("mocks: `{writer}` is in dev and in test"));
        }
        faults
    }

    fn faults_of(&self, mock: &Mock, library: &Library) -> Vec<String> {
        let mut faults = Vec::new();
        if let Err(fault) = library.case(mock.case.as_str()) {
            faults.push(fault.to_string());
        }
        let known: BTreeSet<&Id> = library.rubric().dimensions.iter().map(|d| &d.id).collect();
        if mock.readers.len() != READERS {
            faults.push(format!("{} readers of {READERS}", mock.readers.len()));
        }
        for (dimension, label) in mock.rated_by().flatten() {
            if !known.contains(dimension) {
                faults.push(format!("no dimension `{dimension}`"));
            }
            if !(1..=4).contains(label) {
                faults.push(format!("a rating of `{dimension}` is not 1 to 4"));
            }
        }
        for dimension in known {
            let everybody = mock.rated_by().all(|own| own.contains_key(dimension));
            if *dimension != STRUCTURE && !everybody {
                faults.push(format!("somebody did not rate `{dimension}`"));
            }
        }
        if mock.labels.contains_key(STRUCTURE) && mock.minutes.is_none() {
            faults.push("a label of `structure` needs minutes".to_owned());
        }
        if let Some(twin) = &mock.twin {
            if self.named(&mock.case, twin).is_none() {
                faults.push(format!("no twin `{twin}`"));
            }
        }
        faults
    }

    fn named(&self, case: &Id, name: &str) -> Option<usize> {
        self.mocks
            .iter()
            .position(|mock| mock.case == *case && mock.name == name)
    }

    /// Every mock, scored as the product does at its level.
    pub(crate) fn score<'a>(&'a self, library: &Library, cases: &Cases) -> Agreement<'a> {
        let scored = self.mocks.iter().filter_map(|mock| {
            let case = cases.case(&mock.case)?;
            let graded = cases.rules(&mock.case)?.grade(&Answer {
                steps: mock.steps.clone(),
                elsewhere: String::new(),
            });
            let clocked = mock.clocked(library);
            let rubric = library.rubric();
            let sheet = score(case, rubric, &graded, clocked.as_ref(), mock.level);
            Some(Scored { mock, sheet })
        });
        Agreement {
            scored: scored.collect(),
        }
    }
}

/// Gives what is said aloud the readers of its bullets.
fn share_readers(mocks: &mut [Mock]) {
    let read: BTreeMap<(Id, String), Vec<Ratings>> = mocks
        .iter()
        .map(|mock| ((mock.case.clone(), mock.name.clone()), mock.readers.clone()))
        .collect();
    for mock in mocks.iter_mut().filter(|mock| mock.readers.is_empty()) {
        let twin = mock.twin.clone().map(|twin| (mock.case.clone(), twin));
        if let Some(readers) = twin.and_then(|twin| read.get(&twin)) {
            mock.readers.clone_from(readers);
        }
    }
}

impl Mock {
    /// The writer first.
    pub(crate) fn rated_by(&self) -> impl Iterator<Item = &Ratings> {
        std::iter::once(&self.labels).chain(&self.readers)
    }

    fn median(&self) -> Ratings {
        let of = |dimension: &Id| {
            let own = self.rated_by().filter_map(|own| own.get(dimension));
            let mut own: Vec<u8> = own.copied().collect();
            own.sort_unstable();
            own.get(own.len() / 2).copied()
        };
        let dimensions = self.labels.keys();
        dimensions
            .filter_map(|dimension| Some((dimension.clone(), of(dimension)?)))
            .collect()
    }

    fn clocked(&self, library: &Library) -> Option<Clocked> {
        let minutes = self.minutes.as_ref()?;
        let framework = library.framework();
        Some(Clocked {
            used: minutes
                .iter()
                .map(|(step, minutes)| (*step, (minutes * 60.0) as u32))
                .collect(),
            budget: Step::ALL
                .into_iter()
                .map(|step| (step, framework.seconds(step, CLOCK)))
                .collect(),
        })
    }

    /// Share of the lines that are list entries: tells the bullets from the spoken twin where the
    /// files do not say which is which.
    fn bullets(&self) -> f64 {
        let lines = || {
            let lines = self.steps.values().flat_map(|text| text.lines());
            lines.map(str::trim).filter(|line| !line.is_empty())
        };
        let listed = lines()
            .filter(|line| line.starts_with(['-', '*', '•']))
            .count();
        super::figures::share(listed, lines().count()).unwrap_or_default()
    }

    fn is_fake(&self) -> bool {
        matches!(self.profile.as_str(), "stuffed" | "stuffing" | "off-topic")
    }
}

pub(crate) struct Scored<'a> {
    pub(crate) mock: &'a Mock,
    pub(crate) sheet: Sheet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MockMeasure {
    WithinOne,
    Exact,
    /// Mocks of one case whose labels are two or more apart, in the same order by score and by what is
    /// finer than it.
    Ordered,
    Kappa,
    /// Stuffed and off-topic mocks with a total under that of each strong one.
    StuffedUnderStrong,
    /// The worst case of a spoken twin: its total less that of the one in bullets.
    SpokenGap,
    /// The mean of the same.
    SpokenMean,
}

impl MockMeasure {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::WithinOne => "dimension scores within one",
            Self::Exact => "dimension scores exact",
            Self::Ordered => "ordered right, labels two or more apart",
            Self::Kappa => "quadratic weighted kappa",
            Self::StuffedUnderStrong => "stuffed or off-topic under strong",
            Self::SpokenGap => "spoken twin less bullets, points, worst",
            Self::SpokenMean => "spoken twin less bullets, points, mean",
        }
    }
}

/// Two mocks with the same content.
pub(crate) struct Twins<'a> {
    pub(crate) spoken: &'a Scored<'a>,
    pub(crate) bullets: &'a Scored<'a>,
}

impl Twins<'_> {
    pub(crate) fn gap(&self) -> f64 {
        self.spoken.sheet.total - self.bullets.sheet.total
    }
}

pub(crate) struct Agreement<'a> {
    pub(crate) scored: Vec<Scored<'a>>,
}

impl<'a> Agreement<'a> {
    /// None for the side: all mocks.
    pub(crate) fn value(&'a self, measure: MockMeasure, side: Option<Side>) -> Option<f64> {
        match measure {
            MockMeasure::WithinOne => within(&self.rated(side), 1),
            MockMeasure::Exact => within(&self.rated(side), 0),
            MockMeasure::Ordered => self.ordered(side),
            MockMeasure::Kappa => kappa(&self.rated(side)),
            MockMeasure::StuffedUnderStrong => self.stuffed_under_strong(side),
            MockMeasure::SpokenGap => self
                .twins(side)
                .iter()
                .map(Twins::gap)
                .min_by(f64::total_cmp),
            MockMeasure::SpokenMean => {
                let gaps: Vec<f64> = self.twins(side).iter().map(Twins::gap).collect();
                (!gaps.is_empty()).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64)
            }
        }
    }

    pub(crate) fn on(&self, side: Option<Side>) -> impl Iterator<Item = &Scored<'a>> {
        self.scored
            .iter()
            .filter(move |scored| side.is_none_or(|side| scored.mock.split == side))
    }

    /// Every dimension that has a label and a score.
    fn rated(&self, side: Option<Side>) -> Vec<Rated> {
        self.on(side)
            .flat_map(|scored| scored.mock.label.keys().filter_map(|id| scored.rated(id)))
            .collect()
    }

    fn ordered(&self, side: Option<Side>) -> Option<f64> {
        let all = self.orders(side).into_values();
        all.fold(Order::default(), Order::and).share()
    }

    /// By dimension, over the mocks of each case.
    pub(crate) fn orders(&self, side: Option<Side>) -> BTreeMap<&Id, Order> {
        let mut groups: BTreeMap<(&Id, &Id), Vec<Rated>> = BTreeMap::new();
        for scored in self.on(side) {
            for id in scored.mock.label.keys() {
                let group = groups.entry((&scored.mock.case, id)).or_default();
                group.extend(scored.rated(id));
            }
        }
        let mut orders: BTreeMap<&Id, Order> = BTreeMap::new();
        for ((_, dimension), rated) in groups {
            let own = orders.entry(dimension).or_default();
            *own = own.and(Order::of(&rated));
        }
        orders
    }

    /// Mean of score less label, by dimension.
    pub(crate) fn bias(&self, side: Option<Side>, dimension: &Id) -> Option<f64> {
        let rated = self.on(side).filter_map(|scored| scored.rated(dimension));
        let off: Vec<f64> = rated
            .map(|own| f64::from(own.score) - f64::from(own.label))
            .collect();
        super::figures::mean(&off).map(|(mean, _)| mean)
    }

    fn stuffed_under_strong(&self, side: Option<Side>) -> Option<f64> {
        let strong: Vec<f64> = self
            .on(side)
            .filter(|scored| scored.mock.profile == "strong")
            .map(|scored| scored.sheet.total)
            .collect();
        let fakes: Vec<f64> = self
            .on(side)
            .filter(|scored| scored.mock.is_fake())
            .map(|scored| scored.sheet.total)
            .collect();
        let under = fakes
            .iter()
            .map(|fake| strong.iter().filter(|strong| fake < strong).count())
            .sum();
        super::figures::share(under, fakes.len() * strong.len())
    }

    /// Each pair of twins once, though both may name the other.
    pub(crate) fn twins(&'a self, side: Option<Side>) -> Vec<Twins<'a>> {
        let mut seen = BTreeSet::new();
        let mut twins = Vec::new();
        for one in self.on(side) {
            let Some(name) = &one.mock.twin else { continue };
            let other = self
                .scored
                .iter()
                .find(|other| other.mock.case == one.mock.case && other.mock.name == *name);
            let Some(other) = other else { continue };
            let (a, b) = (&one.mock.name, &other.mock.name);
            if seen.insert((&one.mock.case, a.min(b), a.max(b))) {
                let spoken_first = match (one.mock.voice, other.mock.voice) {
                    (Some(Voice::Spoken), _) => true,
                    (_, Some(Voice::Spoken)) => false,
                    _ => one.mock.bullets() < other.mock.bullets(),
                };
                let (spoken, bullets) = if spoken_first {
                    (one, other)
                } else {
                    (other, one)
                };
                twins.push(Twins { spoken, bullets });
            }
        }
        twins
    }
}

impl Scored<'_> {
    /// What the program says beside these ratings.
    pub(crate) fn rated_against(&self, ratings: &Ratings) -> Vec<Rated> {
        let scored = ratings.iter();
        scored
            .filter_map(|(dimension, label)| self.rated_as(dimension, *label))
            .collect()
    }

    fn rated(&self, dimension: &Id) -> Option<Rated> {
        self.rated_as(dimension, *self.mock.label.get(dimension)?)
    }

    fn rated_as(&self, dimension: &Id, label: u8) -> Option<Rated> {
        let dimension = self.sheet.dimension(dimension.as_str())?;
        Some(Rated {
            label,
            score: dimension.score?,
            fine: dimension.fine(),
        })
    }
}
