//! greenroom: an offline study coach for the machine-learning system-design interview.
//!
//! The rooms, from the ground up; a room imports only rooms below it.

// faces
pub mod check;
pub mod cli;
pub mod export;
pub mod tui;

// where content, progress and sessions meet
pub mod desk;

// what the learner does
pub mod drill;
pub mod mock;
pub mod plan;

// what the program knows
pub mod diagram;
pub mod grading;
pub mod markdown;
pub mod memory;

// ground
pub mod content;
pub mod progress;
pub mod text;
