//! Runs every target over its seeds, and over what comes of cutting and changing them: no fuzzer is needed.

use std::{fs, path::Path};

const ALPHABET: &[u8] = b"{}[]\",:\\u0 n-\xc3";

fn run(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let mut seeds = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let seed = fs::read(entry.unwrap().path()).unwrap();
        check(&seed);
        for end in 0..seed.len() {
            check(&seed[..end]);
        }
        for at in 0..seed.len() {
            let mut changed = seed.clone();
            changed[at] = ALPHABET[at % ALPHABET.len()];
            check(&changed);
        }
        seeds += 1;
    }
    assert!(seeds > 0, "no seeds in {}", folder.display());
}

#[test]
fn event() {
    run("event", polycord_fuzz::event);
}

#[test]
fn frame() {
    run("frame", polycord_fuzz::frame);
}

#[test]
fn json() {
    run("json", polycord_fuzz::json);
}

#[test]
fn structure() {
    run("structure", polycord_fuzz::structure);
}

#[test]
fn text() {
    run("text", polycord_fuzz::text);
}

#[test]
fn webhook_event() {
    run("webhook_event", polycord_fuzz::webhook_event);
}
