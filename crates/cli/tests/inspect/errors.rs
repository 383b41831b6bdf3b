//! What goes wrong, and how it is said.

use crate::program::{file, inspect};

#[test]
fn wrong_usage_is_2() {
    for args in [
        &["--webhook", "--interaction"][..],
        &["--event", "NO_SUCH_EVENT"],
        &["--as", "no such structure"],
        &["--index", "a.json", "b.json"],
        &["--each", "--json"],
        &["--nope"],
    ] {
        let run = inspect(args, "");
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
}

#[test]
fn a_missing_file_is_2_and_the_others_are_read() {
    let test = "a_missing_file_is_2_and_the_others_are_read";
    let good = file(test, "good.json", r#"{"op":11}"#);
    let run = inspect(&["no/such/file.json", good.to_str().unwrap()], "");
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("cannot read no/such/file.json: "),
        "{}",
        run.err
    );
    assert!(run.out.contains("HEARTBEAT_ACK"), "{}", run.out);
    let alone = inspect(&["no/such/file.json"], "");
    assert_eq!((alone.status, alone.out.as_str()), (2, ""));
}

#[test]
fn a_file_that_is_something_else_is_given_up() {
    let run = inspect(&[], &"not json\n".repeat(1_000));
    assert_eq!(run.status, 2);
    let problem = "cannot read -: the first 100 lines are no JSON";
    assert!(run.err.contains(problem), "{}", run.err);
    let run = inspect(
        &[],
        &format!("{{\"op\":11}}\n{}", "not json\n".repeat(1_000)),
    );
    assert!(
        run.out.contains("1,001 objects: 1 known, 1,000 failed"),
        "{}",
        run.out
    );
}

#[test]
fn nothing_to_read_is_no_error() {
    let run = inspect(&[], "");
    assert_eq!(
        (run.status, run.out.trim()),
        (0, "nothing to inspect: the input is empty")
    );
}

#[test]
fn what_is_denied_is_1() {
    let field = r#"{"op":11,"new":1}"#;
    let value = r#"{"op":99}"#;
    let deviation =
        r#"{"op":0,"t":"MESSAGE_DELETE","d":{"id":"1","channel_id":"2","guild_id":[]}}"#;
    let classes = ["unknown-fields", "unknown-values", "deviations"];
    for (input, own) in [field, value, deviation].iter().zip(classes) {
        for class in classes {
            let run = inspect(&["--deny", class], input);
            assert_eq!(run.status, i32::from(class == own), "{class}: {}", run.out);
        }
        let all = inspect(
            &["--deny", "unknown-fields,unknown-values,deviations"],
            input,
        );
        assert_eq!(all.status, 1);
    }
    assert_eq!(inspect(&["--deny", "everything"], "").status, 2);
}

#[test]
fn only_what_cannot_be_read_is_1_unless_it_is_strict() {
    let clean = r#"{"op":11}"#;
    let odd = r#"{"op":11,"new":1}"#;
    let broken = r#"{"op":0,"t":"MESSAGE_DELETE","d":{}}"#;
    for (input, plain, strict) in [(clean, 0, 0), (odd, 0, 1), (broken, 1, 1), ("hello", 1, 1)] {
        assert_eq!(inspect(&[], input).status, plain, "{input}");
        assert_eq!(inspect(&["--strict"], input).status, strict, "{input}");
    }
}
