//! Goes through the parser's events once and hands each construct to its file.

use super::code::{Block, Code};
use super::doc::Doc;
use super::footnote::{self, Footnotes};
use super::heading::{self, Headings};
use super::inline::Inline;
use super::list::Lists;
use super::outline::Outline;
use super::page::{After, Page, Spacing};
use super::setter::Laid;
use super::table::Table;
use super::{html, options, quote, Fence};
use crate::text::{width, Line, Role, Span};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
use std::ops::Range;

/// Cells of the rule above the footnotes.
const NOTES_RULE: usize = 10;

pub(super) fn walk(source: &str, width: usize, fence: &Fence<'_>) -> Doc {
    let parser = Parser::new_ext(source, options());
    let events: Vec<Event<'_>> = TextMergeStream::new(parser).collect();
    let outline = Outline::of(&events);
    let mut walk = Walk {
        footnotes: Footnotes::of(&outline),
        events: &events,
        outline,
        fence,
        page: Page::new(width),
        inline: Inline::default(),
        lists: Lists::default(),
        headings: Headings::default(),
        code: None,
        blocks: Vec::new(),
        html: None,
        table: None,
    };
    walk.range(0..events.len());
    walk.notes();
    Doc {
        lines: walk.page.into_lines(),
        headings: walk.headings.into_list(),
        links: walk.inline.links.into_list(),
        blocks: walk.blocks,
    }
}

struct Walk<'a> {
    events: &'a [Event<'a>],
    outline: Outline<'a>,
    fence: &'a Fence<'a>,
    page: Page,
    inline: Inline,
    lists: Lists,
    headings: Headings,
    footnotes: Footnotes<'a>,
    blocks: Vec<Block>,
    /// Blocks that are gathered before they can be laid.
    code: Option<Code>,
    html: Option<String>,
    table: Option<Table>,
}

impl Walk<'_> {
    fn range(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let Some(event) = self.events.get(at) else {
                break;
            };
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    self.text_ends();
                    at = self.outline.note_end(at);
                }
                Event::Start(tag) => self.start(tag, at),
                Event::End(tag) => self.end(*tag),
                other => self.leaf(other),
            }
            at += 1;
        }
    }

    fn leaf(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push(text),
                None => self.inline.text(text),
            },
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.code(text);
            }
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(text),
                None => self.inline.text(text),
            },
            Event::InlineHtml(tag) if html::is_break(tag) => self.inline.hard_break(),
            Event::FootnoteReference(label) => {
                if let Some(number) = self.footnotes.number(label) {
                    self.inline.tag(&footnote::mark(number));
                }
            }
            Event::SoftBreak => self.inline.soft_break(),
            Event::HardBreak => self.inline.hard_break(),
            Event::TaskListMarker(done) => {
                self.lists.task(&mut self.page, &mut self.inline, *done);
            }
            Event::Rule => {
                self.text_ends();
                let rule = "─".repeat(self.page.room());
                self.block(vec![Line::of(rule, Role::Faint)]);
            }
            Event::InlineHtml(_) | Event::Start(_) | Event::End(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Emphasis => self.inline.emphasis(true),
            Tag::Strong => self.inline.strong(true),
            Tag::Strikethrough => self.inline.struck(true),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.inline.enter_link(*link_type, dest_url),
            Tag::TableHead => self.inline.enter_block(Role::Strong),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            Tag::TableCell | Tag::Image { .. } | Tag::Superscript | Tag::Subscript => {}
            block => self.start_block(block, at),
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, at: usize) {
        self.text_ends();
        match tag {
            Tag::Paragraph => self.lists.paragraph(&self.page),
            Tag::Heading { level, .. } => {
                let level = heading::level(*level);
                self.inline.enter_block(Role::Heading(level));
            }
            Tag::BlockQuote(kind) => quote::start(&mut self.page, &mut self.inline, *kind),
            Tag::CodeBlock(kind) => self.code = Some(Code::new(kind)),
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(first) => {
                let items = self.outline.items(at);
                self.lists.start(&mut self.page, *first, items);
            }
            Tag::Item => self.lists.start_item(&mut self.page, &mut self.inline),
            Tag::Table(alignments) => self.table = Some(Table::new(alignments)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.emphasis(false),
            TagEnd::Strong => self.inline.strong(false),
            TagEnd::Strikethrough => self.inline.struck(false),
            TagEnd::Link => self.inline.leave_link(),
            TagEnd::Paragraph => self.paragraph(After::Block),
            TagEnd::Heading(level) => self.heading(heading::level(level)),
            TagEnd::BlockQuote(_) => {
                self.text_ends();
                quote::end(&mut self.page, &mut self.inline);
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    let (room, margin) = (self.page.room(), self.page.margin());
                    let (lines, mut block) = code.lay(room, margin, self.fence);
                    let start = self.block(lines);
                    block.lines = start..start + block.lines.len();
                    self.blocks.push(block);
                }
            }
            TagEnd::HtmlBlock => {
                let text = html::text(&self.html.take().unwrap_or_default());
                if !text.is_empty() {
                    let lines = text.lay(self.page.room()).lines;
                    self.block(lines);
                }
            }
            TagEnd::List(_) => self.lists.end(&mut self.page),
            TagEnd::Item => {
                self.text_ends();
                self.page.outdent();
            }
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::TableHead => self.inline.leave_block(),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    let laid = table.lay(self.page.room());
                    self.laid(laid, Spacing::Full, After::Block);
                }
            }
            _ => {}
        }
    }

    /// Text of a tight item has no paragraph around it; it ends where something else begins.
    fn text_ends(&mut self) {
        self.paragraph(After::Text);
    }

    fn paragraph(&mut self, after: After) {
        let flow = self.inline.take();
        if !flow.is_empty() {
            let laid = flow.lay(self.page.room());
            self.laid(laid, Spacing::Full, after);
        }
    }

    fn heading(&mut self, level: u8) {
        self.inline.leave_block();
        let title = self.inline.bare();
        let flow = self.inline.take();
        if flow.is_empty() {
            return;
        }
        let laid = heading::lay(&flow, level, self.page.room());
        let line = self.laid(laid, Spacing::Full, After::Block);
        self.headings.add(level, title, line);
    }

    /// Says where the lines went.
    fn block(&mut self, lines: Vec<Line>) -> usize {
        let laid = Laid {
            lines,
            links: Vec::new(),
        };
        self.laid(laid, Spacing::Full, After::Block)
    }

    fn laid(&mut self, laid: Laid, spacing: Spacing, after: After) -> usize {
        self.page.open(spacing);
        let start = self.page.write(laid.lines);
        self.page.close(after);
        self.inline.links.place(&laid.links, start);
        start
    }

    /// Tells the footnotes; they may mention further ones.
    fn notes(&mut self) {
        let mut number = 1;
        while let Some(content) = self.footnotes.content(number) {
            if number == 1 {
                self.block(vec![Line::of("─".repeat(NOTES_RULE), Role::Faint)]);
            }
            self.page.close(After::Nothing);
            let mark = format!("{} ", footnote::mark(number));
            let rest = Span::new(" ".repeat(width(&mark)), Role::Plain);
            if let Some(mark) = self.page.indent(Some(Span::new(mark, Role::Faint)), rest) {
                self.inline.lead(&mark.text, mark.role);
            }
            self.range(content);
            self.text_ends();
            self.page.outdent();
            number += 1;
        }
    }
}
