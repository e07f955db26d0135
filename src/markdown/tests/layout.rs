//! One construct each, at 60 and at 34 columns.

use super::both;
use insta::assert_snapshot;

#[test]
fn headings() {
    assert_snapshot!(both("# The first level of them all, long enough to wrap\ntext\n## Second `code`\n### Third\ntext\n\n###### Sixth ##"), @r#"
    The first level of them all, long enough to wrap
    ════════════════════════════════════════════════

    text

    Second code
    ───────────

    Third

    text

    Sixth

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    The first level of them all, long
    enough to wrap
    ═════════════════════════════════

    text

    Second code
    ───────────

    Third

    text

    Sixth
    "#);
}

#[test]
fn paragraphs() {
    assert_snapshot!(both("A paragraph is filled up to the width and its\nsource lines do **not** matter, but a hard break  \ndoes. A share of 5 % keeps its sign, averyverylongwordthatnolinecanholdmustbreaksomewhere-else.\n\nNext \\\nparagraph."), @r#"
    A paragraph is filled up to the width and its source lines
    do not matter, but a hard break
    does. A share of 5 % keeps its sign,
    averyverylongwordthatnolinecanholdmustbreaksomewhere-else.

    Next
    paragraph.

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    A paragraph is filled up to the
    width and its source lines do not
    matter, but a hard break
    does. A share of 5 % keeps its
    sign,
    averyverylongwordthatnolinecanhold
    mustbreaksomewhere-else.

    Next
    paragraph.
    "#);
}

#[test]
fn wide_characters() {
    assert_snapshot!(both("推薦システムは候補生成、ランキング、再ランキングという三つの段階（ステージ）から成り、\nそれぞれの段階で異なるモデルを使う。 Two-tower モデル「候補生成」 と GBDT 👩‍💻 e\u{301}"), @r#"
    推薦システムは候補生成、ランキング、再ランキングという三つの
    段階（ステージ）から成り、それぞれの段階で異なるモデルを使
    う。 Two-tower モデル「候補生成」 と GBDT 👩‍💻 é

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    推薦システムは候補生成、ランキン
    グ、再ランキングという三つの段階
    （ステージ）から成り、それぞれの段
    階で異なるモデルを使う。 Two-tower
    モデル「候補生成」 と GBDT 👩‍💻 é
    "#);
}

#[test]
fn links_and_images() {
    assert_snapshot!(both("See [the paper on retrieval](https://example.org/a), [below](#below), <https://example.org/b>, and again [the paper](https://example.org/a). ![A picture of the funnel](funnel.png)"), @r#"
    See the paper on retrieval [1], below,
    https://example.org/b, and again the paper [1]. A picture of
    the funnel

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    See the paper on retrieval [1],
    below, https://example.org/b, and
    again the paper [1]. A picture of
    the funnel
    "#);
}

#[test]
fn lists() {
    assert_snapshot!(both("Before:\n- an item that is long enough to wrap in a narrow terminal\n- second\n  1. nested and also long enough to wrap in a narrow terminal\n  2. b\n     - third level, long enough to wrap in a narrow terminal as well\n- last\n\nAfter."), @r#"
    Before:

    • an item that is long enough to wrap in a narrow terminal
    • second
      1. nested and also long enough to wrap in a narrow
         terminal
      2. b
         ▪ third level, long enough to wrap in a narrow terminal
           as well
    • last

    After.

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    Before:

    • an item that is long enough to
      wrap in a narrow terminal
    • second
      1. nested and also long enough
         to wrap in a narrow terminal
      2. b
         ▪ third level, long enough to
           wrap in a narrow terminal
           as well
    • last

    After.
    "#);
}

#[test]
fn loose_lists() {
    assert_snapshot!(both("9. nine\n\n   A second paragraph of the item, which stands below its text.\n\n10. ten\n    ```\n    code\n    ```\n    > quote\n11. - a\n    - b\n\n12. twelve"), @r#"
     9. nine

        A second paragraph of the item, which stands below its
        text.

    10. ten

          code

        ▎ quote

    11. ◦ a
        ◦ b

    12. twelve

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     9. nine

        A second paragraph of the
        item, which stands below its
        text.

    10. ten

          code

        ▎ quote

    11. ◦ a
        ◦ b

    12. twelve
    "#);
}

#[test]
fn tasks() {
    assert_snapshot!(both("- [ ] to do, with a text that is long enough to wrap at thirty-four\n- [x] done\n  - [x] nested\n\n1. [ ] numbered\n2. plain"), @r#"
    [ ] to do, with a text that is long enough to wrap at
        thirty-four
    [x] done
        [x] nested

    1. [ ] numbered
    2. plain

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    [ ] to do, with a text that is
        long enough to wrap at
        thirty-four
    [x] done
        [x] nested

    1. [ ] numbered
    2. plain
    "#);
}

#[test]
fn empty_and_oddly_filled_items() {
    assert_snapshot!(both("-\n- - a\n  - b\n- # heading\n- > quote\n-     code\n- ***\n\n* other list"), @r#"
    •
    • ◦ a
      ◦ b
    • heading
      ═══════

    • ▎ quote

    •   code

    • ──────────────────────────────────────────────────────────

    • other list

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    •
    • ◦ a
      ◦ b
    • heading
      ═══════

    • ▎ quote

    •   code

    • ────────────────────────────────

    • other list
    "#);
}

#[test]
fn nesting_without_room() {
    assert_snapshot!(both("- 1\n  - 2\n    - 3\n      - 4\n        - 5\n          - 6\n            - 7\n              - 8\n                - 9\n                  - 10\n                    - 11\n                      - 12\n                        - [ ] 13 and so on to the end of the line\n                          - 14\n- out"), @r#"
    • 1
      ◦ 2
        ▪ 3
          • 4
            ◦ 5
              ▪ 6
                • 7
                  ◦ 8
                    ▪ 9
                      • 10
                        ◦ 11
                          ▪ 12
                            [ ] 13 and so on to the end of the
                                line
                                ◦ 14
    • out

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    • 1
      ◦ 2
        ▪ 3
          • 4
            ◦ 5
              ▪ 6
                • 7
                  ◦ 8
                    ▪ 9
                      • 10
                        ◦ 11
                          ▪ 12
                            • [ ] 13
                            and so on
                            to the end
                            of the
                            line
                            ◦ 14
    • out
    "#);
}

#[test]
fn quotes() {
    assert_snapshot!(both("Before.\n> A quote that is long enough to wrap in a narrow terminal.\n>\n> - item in it, long enough to wrap there too\n>\n> > nested quote, long enough to wrap there too\n>\n> ```\n> code\n>\n> more\n> ```\n\n>\n\n- item\n  > in an item\n\nAfter."), @r#"
    Before.

    ▎ A quote that is long enough to wrap in a narrow terminal.
    ▎
    ▎ • item in it, long enough to wrap there too
    ▎
    ▎ ▎ nested quote, long enough to wrap there too
    ▎
    ▎   code
    ▎
    ▎   more

    • item

      ▎ in an item

    After.

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    Before.

    ▎ A quote that is long enough to
    ▎ wrap in a narrow terminal.
    ▎
    ▎ • item in it, long enough to
    ▎   wrap there too
    ▎
    ▎ ▎ nested quote, long enough to
    ▎ ▎ wrap there too
    ▎
    ▎   code
    ▎
    ▎   more

    • item

      ▎ in an item

    After.
    "#);
}

#[test]
fn alerts() {
    assert_snapshot!(both("> [!NOTE]\n> Useful to know, even when skimming over the content.\n>\n> Second.\n\n> [!CAUTION]\n> Mind the gap.\n\n> [!OTHER]\n> No alert."), @r#"
    ▎ Note
    ▎ Useful to know, even when skimming over the content.
    ▎
    ▎ Second.

    ▎ Caution
    ▎ Mind the gap.

    ▎ [!OTHER] No alert.

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    ▎ Note
    ▎ Useful to know, even when
    ▎ skimming over the content.
    ▎
    ▎ Second.

    ▎ Caution
    ▎ Mind the gap.

    ▎ [!OTHER] No alert.
    "#);
}

#[test]
fn code() {
    assert_snapshot!(both("```rust\nfn main() {\n\n\tlet rows = fetch(the, catalogue, of, videos).filter(eligible);\n}\n```\ntext\n\n    indented   code\n    日本語日本語日本語日本語日本語"), @r#"
      fn main() {

          let rows = fetch(the, catalogue, of, videos).filter(e…
      }

    text

      indented   code
      日本語日本語日本語日本語日本語

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      fn main() {

          let rows = fetch(the, catal…
      }

    text

      indented   code
      日本語日本語日本語日本語日本語
    "#);
}

#[test]
fn tables() {
    assert_snapshot!(both("| Stage | In, out | ms |\n|:--|:-:|--:|\n| Retrieval | 100M, 500 | 35 |\n| **Rank** | 日本 | 105 |\n| `a \\| b` | | |"), @r#"
    Stage     │  In, out  │  ms
    ══════════╪═══════════╪════
    Retrieval │ 100M, 500 │  35
    Rank      │   日本    │ 105
    a | b     │           │

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    Stage     │  In, out  │  ms
    ══════════╪═══════════╪════
    Retrieval │ 100M, 500 │  35
    Rank      │   日本    │ 105
    a | b     │           │
    "#);
}

#[test]
fn tables_that_wrap() {
    assert_snapshot!(both("| Level | In this step |\n|---|---|\n| Mid | Asks for users and latency, gets the numbers, moves on without using them. |\n| Senior | Reuses each number [later](https://example.org). |"), @r#"
    Level  │ In this step
    ═══════╪════════════════════════════════════════════════════
    Mid    │ Asks for users and latency, gets the numbers, moves
           │ on without using them.
    ───────┼────────────────────────────────────────────────────
    Senior │ Reuses each number later [1].

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    Level  │ In this step
    ═══════╪══════════════════════════
    Mid    │ Asks for users and
           │ latency, gets the
           │ numbers, moves on without
           │ using them.
    ───────┼──────────────────────────
    Senior │ Reuses each number
           │ later [1].
    "#);
}

#[test]
fn tables_as_records() {
    assert_snapshot!(both("| Group | Feature | Computed | Why it is there |\n|---|---|---|---|\n| User | Last 200 watches | Stream | Current intent; the strongest of all signals |\n| Video | | On upload | Works with zero views |"), @r#"
    Group │ Feature    │ Computed │ Why it is there
    ══════╪════════════╪══════════╪═════════════════════════════
    User  │ Last 200   │ Stream   │ Current intent; the
          │ watches    │          │ strongest of all signals
    ──────┼────────────┼──────────┼─────────────────────────────
    Video │            │ On       │ Works with zero views
          │            │ upload   │

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    Group: User
    Feature: Last 200 watches
    Computed: Stream
    Why it is there: Current intent;
      the strongest of all signals

    Group: Video
    Computed: On upload
    Why it is there: Works with zero
      views
    "#);
}

#[test]
fn tables_inside_and_incomplete() {
    assert_snapshot!(both("- list\n\n  | a | b |\n  |---|---|\n  | 1 |\n  | 2 | 3 | 4 |\n\n> | only | head |\n> |---|---|\n\n| | |\n|---|---|\n| no | head |"), @r#"
    • list

      a │ b
      ══╪══
      1 │
      2 │ 3

    ▎ only │ head

    no │ head

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    • list

      a │ b
      ══╪══
      1 │
      2 │ 3

    ▎ only │ head

    no │ head
    "#);
}

#[test]
fn rules_and_html() {
    assert_snapshot!(both("a\n\n---\n\n<details>\n<summary>A summary</summary>\n\nText with <kbd>Ctrl</kbd> and a<br>break, 1 < 2.\n\n</details>\n<!-- a comment -->\n\n<p>A block<br/>of\n  <i>text</i></p>\n"), @r#"
    a

    ────────────────────────────────────────────────────────────

    A summary

    Text with Ctrl and a
    break, 1 < 2.

    A block
    of
    text

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    a

    ──────────────────────────────────

    A summary

    Text with Ctrl and a
    break, 1 < 2.

    A block
    of
    text
    "#);
}

#[test]
fn footnotes() {
    assert_snapshot!(both("One[^b], two[^a] and one again[^b]. None[^c].\n\n[^a]: The second, which mentions[^d] another one and is long.\n[^b]: The first.\n\n    - with a list\n\n[^d]: The third.\n[^e]: Never mentioned."), @r#"
    One[^1], two[^2] and one again[^1]. None[^c].

    ──────────
    [^1] The first.

         • with a list
    [^2] The second, which mentions[^3] another one and is long.
    [^3] The third.
    [^4] Never mentioned.

    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    One[^1], two[^2] and one
    again[^1]. None[^c].

    ──────────
    [^1] The first.

         • with a list
    [^2] The second, which
         mentions[^3] another one and
         is long.
    [^3] The third.
    [^4] Never mentioned.
    "#);
}
