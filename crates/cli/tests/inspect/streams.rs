//! Long inputs, broken ones, and readers that stop reading.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
};

use serde_json::json;

use crate::program::{command, file, json};

#[test]
fn broken_lines_are_told_with_their_line_and_the_rest_is_read() {
    let input = concat!(
        "{\"op\":11}\n",
        "{\"op\":0,\"t\":\"MESSAGE_DELETE\",\"d\":{\"id\":\"1\",\n",
        "{\"op\":11}\n",
        "hello\n",
        "{\"op\":11,\"d\":\"\n",
        "{\n  \"op\": 11\n}\n",
    );
    let (inputs, summary) = json(&[], input);
    let told: Vec<_> = inputs
        .iter()
        .map(|input| {
            (
                input["line"].as_u64().unwrap(),
                input["kind"].as_str().unwrap(),
            )
        })
        .collect();
    let (ack, unreadable) = ("HEARTBEAT_ACK", "unreadable");
    assert_eq!(
        told,
        [
            (1, ack),
            (2, unreadable),
            (3, ack),
            (4, unreadable),
            (5, unreadable),
            (6, ack)
        ]
    );
    assert_eq!(
        inputs[1]["failures"],
        json!([{"path": "", "problem": "expected a key in quotes on line 3"}])
    );
    assert_eq!(
        (&summary["clean"], &summary["failed"]),
        (&json!(3), &json!(3))
    );
}

#[test]
fn files_are_read_in_their_order_and_a_dash_is_the_standard_input() {
    let test = "files_are_read_in_their_order_and_a_dash_is_the_standard_input";
    let first = file(test, "first.json", r#"{"op":11}"#);
    let first = first.to_str().unwrap();
    let (inputs, _) = json(&[first, "-", first], "{\"op\":7}\n{\"op\":7}");
    let told: Vec<_> = inputs
        .iter()
        .map(|input| {
            (
                input["file"].as_str().unwrap(),
                input["number"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [(first, 1), ("-", 1), ("-", 2), (first, 1)]);
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut child = command(&["--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    writeln!(stdin, "{{\"op\":11}}").unwrap();
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    drop(out);
    // Nobody reads any more: at the latest the second line notices.
    let _ = writeln!(stdin, "{{\"op\":11}}\n{{\"op\":11}}");
    drop(stdin);
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_live_stream_is_told_at_once() {
    let mut child = command(&["--each"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(stdin, "{{\"op\":11}}").unwrap();
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.ends_with("HEARTBEAT_ACK: known\n"), "{line}");
    }
    drop(stdin);
    child.wait().unwrap();
}

/// The resident memory of the process is asked of the system, which only Linux tells in this way.
#[cfg(target_os = "linux")]
#[test]
fn a_large_file_is_not_held_in_memory() {
    let mut child = command(&[])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let frame = format!("{{\"op\":11,\"d\":\"{}\"}}\n", "x".repeat(64 * 1024));
    for _ in 0..400 {
        stdin.write_all(frame.as_bytes()).unwrap();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .and_then(|peak| peak.parse().ok())
        .unwrap();
    assert!(peak < 16 * 1024, "{peak} kB for 26 MB of input");
    drop(stdin);
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert!(out.contains("400 objects: all known"), "{out}");
    child.wait().unwrap();
}
