//! JSON Schemas of the content files, made from their types: what `check` holds files against, and
//! what editors complete and underline with (`schema/*.schema.json`).

use crate::content::{
    Case, Framework, Interviewer, Lexicon, Plans, ReadingList, Rubric, Toolbox, Transfer,
};
use crate::drill::DrillFile;
use serde_json::Value;
use std::collections::BTreeMap;

/// Schemas by the name of the file, without its ending.
pub fn all() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("case", schemars::schema_for!(Case).to_value()),
        ("drills", schemars::schema_for!(DrillFile).to_value()),
        ("framework", schemars::schema_for!(Framework).to_value()),
        ("interviewer", schemars::schema_for!(Interviewer).to_value()),
        ("lexicon", schemars::schema_for!(Lexicon).to_value()),
        ("plans", schemars::schema_for!(Plans).to_value()),
        ("reading", schemars::schema_for!(ReadingList).to_value()),
        ("rubric", schemars::schema_for!(Rubric).to_value()),
        ("toolbox", schemars::schema_for!(Toolbox).to_value()),
        ("transfer", schemars::schema_for!(Transfer).to_value()),
    ])
}
