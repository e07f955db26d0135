//! Means with their intervals, and work spread over the processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

/// A mean and half the width of its 95 % interval.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    pub(crate) mean: f64,
    pub(crate) half: f64,
}

impl Mean {
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.collect();
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self {
            mean,
            half: 1.96 * (squares / (count - 1.0).max(1.0) / count).sqrt(),
        }
    }
}

/// Does all work on as many threads as there are processors and keeps its order; says after each
/// tenth how far it is.
pub(crate) fn all<T: Sync, R: Send>(
    what: &str,
    work: &[T],
    run: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(own) = work.get(at) else { break };
                let result = run(own);
                let mut done = done.lock().unwrap();
                done.push((at, result));
                if done.len().is_multiple_of(work.len().div_ceil(10)) {
                    eprintln!("{} of {} {what}", done.len(), work.len());
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
