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

/// Inputs of all kinds from numbered seeds: a seed file with a few changes, or noise.
fn run_random(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for seed in 0..500 {
        // Shown if it fails.
        println!("seed {seed}");
        let mut random = fastrand::Rng::with_seed(seed);
        let mut input = if random.u8(..) < 50 {
            (0..random.usize(..400)).map(|_| random.u8(..)).collect()
        } else {
            fs::read(&files[random.usize(..files.len())]).unwrap()
        };
        for _ in 0..random.usize(..6) {
            if input.is_empty() {
                break;
            }
            let at = random.usize(..input.len());
            match random.u8(..4) {
                0 => input[at] = random.u8(..),
                1 => input[at] ^= 1 << random.u8(..8),
                2 => {
                    let end = random.usize(at..=input.len()).min(at + 300);
                    let piece = input[at..end].to_vec();
                    input.extend(piece);
                }
                _ => {
                    input.remove(at);
                }
            }
        }
        check(&input);
    }
}

#[test]
fn zlib() {
    run("zlib", polycord_fuzz::zlib);
    run_random("zlib", polycord_fuzz::zlib);
}

#[test]
fn zstd() {
    run("zstd", polycord_fuzz::zstd);
    run_random("zstd", polycord_fuzz::zstd);
}

#[test]
fn random_frames() {
    run_random("frame", polycord_fuzz::frame);
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
