use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::normal::normal;
use super::{Block, Image, Inline, Marks, parse, render};

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zé ”—]{1,8}",
        2 => "[ \t*_`~#>+=|:!&<\\[\\]()\\\\.0-9a-b-]{1,8}",
        1 => any::<String>(),
        1 => Just("https://example.org/a_(b)".to_owned()),
        1 => Just("&amp; &#35; <b>x</b> <br> ![a](b) [c]: d".to_owned()),
    ]
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://example.org/a_(b)".to_owned()),
        Just("http://example.org/?a=1&amp=2*3".to_owned()),
        Just("mailto:someone@example.org".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        "https://[a-z ()<>\\\\&_*`\"]{1,12}",
    ]
}

fn marks() -> impl Strategy<Value = Marks> {
    let flag = || proptest::bool::weighted(0.2);
    (flag(), option::weighted(0.2, address()), flag(), flag(), flag(), flag()).prop_map(
        |(withheld, link, bold, italic, strike, code)| Marks {
            withheld,
            link,
            bold,
            italic,
            strike,
            code,
        },
    )
}

fn image() -> impl Strategy<Value = Image> {
    let own = "/api/v1/postmortems/0198-aa/pictures/ab12".to_owned();
    (prop_oneof![Just(own), "https://[a-z()&_ ]{1,9}", words()], words(), any::<bool>())
        .prop_map(|(src, alt, withheld)| Image { src, alt, withheld })
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    let inline = prop_oneof![
        8 => (words(), marks()).prop_map(|(text, marks)| Inline::Text(text, marks)),
        1 => Just(Inline::Break),
        1 => image().prop_map(Inline::Image),
    ];
    vec(inline, 0..5)
}

fn code() -> impl Strategy<Value = Block> {
    let language = option::of(prop_oneof![Just("markdown".to_owned()), "[a-z+ ]{0,4}"]);
    let text = prop_oneof![
        "[a-z `~\t\n]{0,20}",
        Just("| a | b |\n|---|---|\n| 1 | 2 |".to_owned()),
        Just("<details>\n<summary>x</summary>\n</details>".to_owned()),
        words(),
    ];
    (language, text).prop_map(|(language, text)| Block::Code(language, text))
}

pub(crate) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        6 => line().prop_map(Block::Paragraph),
        1 => (0..7u8, line()).prop_map(|(level, words)| Block::Heading(level, words)),
        2 => code(),
        1 => Just(Block::Rule),
        1 => image().prop_map(Block::Image),
    ];
    let block = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            (option::of(any::<u32>()), vec(vec(inner.clone(), 0..3), 0..4))
                .prop_map(|(start, items)| Block::List(start, items)),
            vec(inner, 0..3).prop_map(Block::Quote),
        ]
    });
    vec(block, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_rendered_reads_as_the_same(blocks in blocks()) {
        let blocks = normal(blocks);
        let markdown = render(&blocks);
        prop_assert_eq!(&parse(&markdown), &blocks, "\n{}", markdown);
    }

    #[test]
    fn what_is_read_renders_as_the_same(markdown in any::<String>()) {
        let blocks = parse(&markdown);
        prop_assert_eq!(parse(&render(&blocks)), blocks);
    }

    #[test]
    fn the_normal_form_is_stable(blocks in blocks()) {
        let once = normal(blocks);
        prop_assert_eq!(normal(once.clone()), once);
    }
}

#[test]
fn html_that_stays_open_takes_in_nothing_that_follows() {
    for open in ["<?", "<!--", "<script>", "<![CDATA["] {
        let code = Block::Code(Some("markdown".to_owned()), open.to_owned());
        let after = Block::Paragraph(vec![Inline::Text("after".to_owned(), Marks::default())]);
        let blocks = vec![Block::Quote(vec![code, after])];
        assert_eq!(parse(&render(&blocks)), blocks);
    }
}

mod in_the_document {
    use yrs::{GetString, Map, Transact, XmlFragmentPrelim, XmlFragmentRef};

    use super::*;
    use crate::Record;
    use crate::rich::{Unknown, read, write};

    fn fragment(record: &mut Record) -> XmlFragmentRef {
        let root = record.doc.get_or_insert_map("prose");
        let mut made = None;
        record
            .write(|txn| made = Some(root.insert(txn, "x", XmlFragmentPrelim::default())))
            .unwrap();
        made.unwrap()
    }

    fn written(record: &mut Record, fragment: &XmlFragmentRef, blocks: Vec<Block>) -> Vec<Block> {
        record.write(|txn| write(txn, fragment, blocks)).unwrap();
        read(&record.doc.transact(), fragment, &mut Unknown::default())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn any_text_becomes_any_other(first in blocks(), second in blocks()) {
            let mut record = Record::new();
            let fragment = fragment(&mut record);
            prop_assert_eq!(written(&mut record, &fragment, first.clone()), normal(first));
            prop_assert_eq!(written(&mut record, &fragment, second.clone()), normal(second.clone()));
            let again = record.write(|txn| write(txn, &fragment, second)).unwrap();
            prop_assert_eq!(again, None, "writing what stands there changes nothing");
        }
    }

    #[test]
    fn a_list_item_begins_with_a_paragraph_and_marks_are_objects() {
        let mut record = Record::new();
        let fragment = fragment(&mut record);
        let markdown = "1. **a** [b](https://c.d)\n2. ```\n   x\n   ```";
        written(&mut record, &fragment, parse(markdown));
        assert_eq!(
            fragment.get_string(&record.doc.transact()),
            "<orderedList start=\"1\"><listItem><paragraph><bold>a</bold> \
             <link href=\"https://c.d\">b</link></paragraph></listItem>\
             <listItem><paragraph></paragraph><codeBlock>x</codeBlock></listItem></orderedList>"
        );
    }

    #[test]
    fn words_written_meanwhile_survive_a_change_of_others() {
        let mut ours = Record::new();
        let fragment = fragment(&mut ours);
        written(&mut ours, &fragment, parse("The pager rang.\n\nNobody knew why."));
        let mut theirs = Record::new();
        theirs.apply(&ours.encode_state()).unwrap();
        let root = theirs.doc.get_or_insert_map("prose");
        let yrs::Out::YXmlFragment(copy) = root.get(&theirs.doc.transact(), "x").unwrap() else {
            panic!("a fragment");
        };
        let update = theirs
            .write(|txn| write(txn, &copy, parse("The pager rang loudly.\n\nNobody knew why.")))
            .unwrap()
            .unwrap();
        written(&mut ours, &fragment, parse("The **pager** rang at two.\n\nNobody knew."));
        ours.apply(&update).unwrap();
        let both = render(&read(&ours.doc.transact(), &fragment, &mut Unknown::default()));
        assert!(both.contains("loudly") && both.contains("at two"), "{both}");
        assert!(both.starts_with("The **pager** rang") && both.ends_with("Nobody knew."), "{both}");
    }
}
