//! Block quotes and alerts: a bar before every line.

use super::inline::Inline;
use super::page::{After, Page, Spacing};
use crate::text::{Line, Role, Span};
use pulldown_cmark::BlockQuoteKind;

const BAR: &str = "▎ ";

pub(super) fn start(page: &mut Page, inline: &mut Inline, kind: Option<BlockQuoteKind>) {
    page.open(Spacing::Full);
    let Some((name, role)) = kind.map(alert) else {
        page.indent(None, Span::new(BAR, Role::Quote));
        inline.enter_quote(Role::Quote);
        return;
    };
    page.indent(None, Span::new(BAR, role));
    page.write([Line::of(name, role)]);
    inline.enter_quote(Role::Plain);
}

pub(super) fn end(page: &mut Page, inline: &mut Inline) {
    inline.leave_quote();
    page.outdent();
    page.close(After::Block);
}

fn alert(kind: BlockQuoteKind) -> (&'static str, Role) {
    match kind {
        BlockQuoteKind::Note => ("Note", Role::Accent),
        BlockQuoteKind::Tip => ("Tip", Role::Good),
        BlockQuoteKind::Important => ("Important", Role::Accent),
        BlockQuoteKind::Warning => ("Warning", Role::Warn),
        BlockQuoteKind::Caution => ("Caution", Role::Bad),
    }
}
