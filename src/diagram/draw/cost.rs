//! What makes a picture worse, and by how much.

/// A row of text.
pub(super) const ROW: usize = 10;
/// Two edges that cross.
pub(super) const CROSSING: usize = 28;
/// An edge that turns.
pub(super) const BEND: usize = 5;
/// The flow goes down instead of right, or the other way round.
pub(super) const TURNED: usize = 20;
/// An edge that does not go straight on.
pub(super) const DRIFT: usize = 5;
/// Arrows as short as can be.
pub(super) const TIGHT: usize = 30;
/// A third or later line in a box.
pub(super) const THIN: usize = 8;
/// A number in the picture whose text is below it.
pub(super) const LEGEND: usize = 80;
/// An edge that is not drawn but said.
pub(super) const LISTED: usize = 100;
