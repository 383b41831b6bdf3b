use super::*;

/// Gives few bytes at a time, so that every boundary is met.
struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len());
        let (now, later) = self.0.split_at(length);
        space[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fn all<R: Read>(mut documents: Documents<R>) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    while let Some(item) = documents.next().unwrap() {
        found.push(match item {
            Item::Document(document) => (document.line, document.text),
            Item::Unreadable(other) => (other.line, format!("! {}", other.problem)),
        });
    }
    found
}

/// The documents, and for the others `!` and the problem; the same for any size of reads.
fn split(input: impl AsRef<[u8]>) -> Vec<(u64, String)> {
    let input = input.as_ref();
    let found = all(Documents::new(input));
    for size in [1, 2, 3, 7] {
        assert_eq!(all(Documents::new(Drops(input, size))), found, "{size}");
    }
    found
}

fn expect(input: impl AsRef<[u8]>, expected: &[(u64, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(line, text)| (*line, (*text).to_owned()))
        .collect();
    assert_eq!(split(input), expected);
}

#[test]
fn documents_are_one_a_line_or_many_or_one_after_another() {
    expect(
        "{\"a\":1}\n{\"b\":2}\r\n\n{}",
        &[(1, "{\"a\":1}"), (2, "{\"b\":2}"), (4, "{}")],
    );
    expect(
        "{\n  \"a\": {}\n}\n{\n}",
        &[(1, "{\n  \"a\": {}\n}"), (4, "{\n}")],
    );
    expect(
        "{} {}{\n}{}",
        &[(1, "{}"), (1, "{}"), (1, "{\n}"), (2, "{}")],
    );
    expect("\u{feff} {}", &[(1, "{}")]);
    expect("", &[]);
    expect(" \n\n", &[]);
}

#[test]
fn the_elements_of_an_array_are_documents() {
    expect(
        "[{}, {\"a\":[1]},\n {}]\n[]{}",
        &[(1, "{}"), (1, "{\"a\":[1]}"), (2, "{}"), (3, "{}")],
    );
}

#[test]
fn a_broken_line_costs_itself_only() {
    expect(
        "{\"a\":1}\n{\"b\": tru\n{\"c\":3}\nhello\nworld\n{\"d\":\"x\n{}\n\n{\"e\":[1,\n{}\n{}",
        &[
            (1, "{\"a\":1}"),
            (2, "! expected `,` or `}` on line 3"),
            (3, "{\"c\":3}"),
            (4, "! expected a JSON object, found `h`"),
            (5, "! expected a JSON object, found `w`"),
            (6, "! a string does not end on its line"),
            (7, "{}"),
            (9, "! expected `,` or `]` on line 11"),
            (10, "{}"),
            (11, "{}"),
        ],
    );
}

#[test]
fn a_broken_document_over_many_lines_is_told_once() {
    expect(
        "{\n  \"a\": 1\n  \"b\": {\n    \"c\": 2\n  }\n}\n{\n}",
        &[(1, "! expected `,` or `}` on line 3"), (7, "{\n}")],
    );
    expect(
        "[\n  {\n    \"a\" 1\n  },\n  {\n  }\n]\n{}",
        &[(2, "! expected `:` on line 3"), (5, "{\n  }"), (8, "{}")],
    );
}

#[test]
fn what_is_no_object_is_told() {
    let other = (1, "! expected a JSON object");
    expect(
        "[1, \"a\\\",{}\",{},null]\n{}",
        &[other, other, (1, "{}"), other, (2, "{}")],
    );
    expect(
        "[{} {}]",
        &[(1, "{}"), (1, "! expected `,` or `]`, found `{`")],
    );
    expect(
        "[[]]",
        &[(
            1,
            "! expected a JSON object, found an array inside the array",
        )],
    );
    expect(
        "[{},]",
        &[(1, "{}"), (1, "! expected a JSON object, found `]`")],
    );
    expect("\"a\"", &[(1, "! expected a JSON object, found a string")]);
    expect(
        "{}\n{\"a\":",
        &[(1, "{}"), (2, "! the input ends inside of it")],
    );
    expect(
        "{}\n[{}\n",
        &[(1, "{}"), (2, "{}"), (2, "! the array is never closed")],
    );
    expect(
        b"{\"a\":\"\xff\"}\n{}",
        &[(1, "! it is no UTF-8"), (2, "{}")],
    );
}

#[test]
fn files_that_are_no_text_say_what_they_are() {
    expect(
        b"\xff\xfe{\0}\0\n\0",
        &[(1, "! it is UTF-16: convert it to UTF-8 first")],
    );
    expect(
        b"\x1f\x8b\x08\0\n{}",
        &[(1, "! it is compressed: pipe it through `gzip -dc` first")],
    );
}

#[test]
fn a_document_beyond_the_limit_is_given_up_and_the_next_is_read() {
    let large = format!("{{\"a\":\"{}\"}}\n{{}}", "x".repeat(3 * CHUNK));
    let mut documents = Documents::new(large.as_bytes());
    documents.limit = CHUNK;
    let problem = format!("! it is larger than {CHUNK} bytes");
    assert_eq!(all(documents), [(1, problem), (2, "{}".to_owned())]);
}

#[test]
fn no_input_hangs_or_panics() {
    const ALPHABET: &[u8] = b"{}[]\",:\\ \n1a\xff";
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        loop {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            match ALPHABET.get(usize::try_from(random % 16).unwrap()) {
                Some(byte) => bytes.push(*byte),
                None => break,
            }
        }
        let found = all(Documents::new(Drops(&bytes, 3)));
        assert!(found.len() <= bytes.len());
    }
}
