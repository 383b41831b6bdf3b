//! What people see.

use crate::program::{file, inspect};

#[test]
fn the_summary_says_how_often_and_where() {
    let test = "the_summary_says_how_often_and_where";
    let frame = |number| format!("{{\"op\":11,\"a{}\":1}}\n", number % 2);
    let frames: String = (0..1_200).map(frame).collect();
    let path = file(test, "frames.jsonl", frames);
    let path = path.to_str().unwrap();
    let run = inspect(&[path], "");
    let expected = format!(
        "Objects (1,200)\n    1,200  HEARTBEAT_ACK\n\n\
         Unknown fields (2)\n\
         \x20     600  HEARTBEAT_ACK  a0  {path}:1,3,5 ...\n\
         \x20     600  HEARTBEAT_ACK  a1  {path}:2,4,6 ...\n\n\
         1,200 objects: 1,200 with findings\n"
    );
    assert_eq!((run.out, run.status), (expected, 0));
}

#[test]
fn each_object_can_be_told() {
    let input =
        "{\"op\":11}\n{\"op\":99,\"new\":[1]}\n{\"op\":0,\"t\":\"MESSAGE_DELETE\",\"d\":[]}\n";
    let run = inspect(&["--each"], input);
    let (each, summary) = run.out.split_once("\n\n").unwrap();
    let lines: Vec<_> = each.lines().collect();
    assert_eq!(lines[0], "-:1 HEARTBEAT_ACK: known");
    assert_eq!(lines[1], "-:2 OPCODE_99: findings");
    assert_eq!(lines[2], "    unknown value  op = 99 (OpCode)");
    assert_eq!(lines[3], "    unknown field  new");
    assert_eq!(lines[4], "-:3 MESSAGE_DELETE: failed");
    assert!(
        lines[5].starts_with("    failure        d: "),
        "{}",
        lines[5]
    );
    assert!(summary.ends_with("3 objects: 1 known, 1 with findings, 1 failed\n"));
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    let run = inspect(&["--each"], "{\"op\":11,\"a\":1}\nbroken\n");
    assert!(!run.out.contains('\u{1b}') && run.err.is_empty(), "{run:?}");
}

#[test]
fn long_lists_are_cut_with_a_hint() {
    let frame = |number| format!("{{\"op\":11,\"key_{number}\":1}}\n");
    let frames: String = (0..50).map(frame).collect();
    let run = inspect(&[], &frames);
    assert!(run.out.contains("Unknown fields (50)"), "{}", run.out);
    assert!(
        run.out.contains("and 10 more: --json has them all"),
        "{}",
        run.out
    );
}

#[test]
fn the_help_teaches() {
    let run = inspect(&["--help"], "");
    assert_eq!(run.status, 0);
    for text in [
        "Examples:",
        "Exit status:",
        "--strict",
        "polycord inspect --each frames.jsonl",
    ] {
        assert!(run.out.contains(text), "{text}");
    }
    let widest = run.out.lines().map(|line| line.chars().count()).max();
    assert!(widest < Some(100), "{widest:?}");
}
