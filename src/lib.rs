//! greenroom: an offline study coach for the machine-learning system-design interview.
//!
//! The rooms, from the ground up; a room imports only rooms below it.

// ground
pub mod content;
pub mod text;

// what the program knows
pub mod diagram;
