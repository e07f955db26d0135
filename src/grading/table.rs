//! Hash tables of words. The texts are short and the learner's own, so the hash is a fast one, and it
//! is the same in every run.

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

pub(super) type Table<K, V> = HashMap<K, V, FixedState>;
pub(super) type Set<K> = HashSet<K, FixedState>;
