//! Connections that end at random, in the middle of what they carry.
//!
//! A failure prints its seed; `POLYCORD_SEED` plays that one alone.

use fastrand::Rng;
use polycord_gateway::Compression;
use polycord_simulator::Fault;

use crate::rig::{Rig, TRANSPORTS};

const SEEDS: u64 = 60;
const STEPS: usize = 12;

/// Tells the seed of what fails while it lives.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("failed with POLYCORD_SEED={}", self.0);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t52_streams_that_end_anywhere_lose_nothing_and_mix_nothing_up() {
    let only = std::env::var("POLYCORD_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seeds = only.map_or(0..SEEDS, |seed| seed..seed + 1);
    for seed in seeds {
        let _told = Seed(seed);
        play(seed).await;
    }
}

async fn play(seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let compression = TRANSPORTS[rng.usize(..TRANSPORTS.len())];
    let rig = Rig::configured(|_| (), |config| config.compression(compression)).await;
    rig.wait_ready(1).await;
    let mut ends = 0;
    for _ in 0..STEPS {
        talk(&rig, &mut rng);
        let ended = match rng.u8(0..5) {
            0 => {
                rig.sim.script(0, Fault::CutInMidFrame);
                true
            }
            1 => rig.sim.cut(0),
            2 => rig.sim.reconnect(0),
            3 if compression != Compression::None => rig.sim.send_bytes(0, vec![0xAA; 64]),
            _ => false,
        };
        if !ended {
            continue;
        }
        ends += 1;
        talk(&rig, &mut rng);
        rig.wait_resumed(ends).await;
    }
    assert_eq!(rig.sim.identifies(), 1);
    rig.assert_nothing_lost().await;
}

/// Repeats itself, as people do, so that what is compressed refers back to what came before.
fn talk(rig: &Rig, rng: &mut Rng) {
    for _ in 0..rng.u8(1..8) {
        let words = ["so", "much", "to", "say", "and", "nobody", "listens", "?!"];
        let text: Vec<_> = (0..rng.u8(1..60))
            .map(|_| words[rng.usize(..words.len())])
            .collect();
        rig.say(&text.join(" "));
    }
}
