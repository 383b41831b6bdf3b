//! `docs/scenarios.md` is what the scenarios say of themselves.

use std::fmt::Write as _;
use std::path::Path;

use polycord_simulator::Scenario;

const HEAD: &str = "\
# Scenarios: bad days by name

What goes wrong between Discord and a client goes wrong again: the same faults, reported against every library. Here each
has a number and a name, and [`polycord-simulator`](../crates/simulator/README.md) plays it by either:

```rust,ignore
sim.play(0, Scenario::T08HelloNeverArrives); // shard 0, now
sim.play(1, \"t33_invalid_session_on_resume_10_times\".parse()?);
sim.play_schedule(Schedule::random(7, 2, Duration::from_secs(3_600), 30)); // an hour of both shards, by a seed
```

`polycord simulate --scenario t28_half_open@30` plays one to a bot in any language, here half a minute after the start. Several
can be played at once. What is scripted for connections to come is played where it bites, in the order in which it
was given. A [`Schedule`](../crates/simulator/src/schedule.rs) says what happens when and to which shard: made by hand, from a
seed, or from a run (`sim.recorded()`), it is written and read as lines of JSON, and under paused time it gives the same
journal each time.

*Passes*: whether it is over by itself within minutes, and a client that copes has everything after it. A random schedule is
made of those. The last column is what clients should make of it; for polycord,
[the tests of each number](testing.md#scenarios) hold it.

";

const FOOT: &str = "
The numbers that are missing are faults that no server can cause: no DNS, a clock that jumps, a crash, a consumer that is too
slow, two processes with one shard. [Their tests](testing.md#scenarios) play them with a connector, a store or a clock that
misbehaves.

The table is what the code says: `POLYCORD_WRITE_PAGES=1 cargo test -p polycord-simulator scenario_page` writes it.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| scenario | what happens | passes | what a client should do |\n");
    page.push_str("| --- | --- | --- | --- |\n");
    for scenario in Scenario::all() {
        let passes = if scenario.passes() { "yes" } else { "no" };
        let (sentence, expectation) = (scenario.sentence(), scenario.expectation());
        let row = writeln!(
            page,
            "| `{scenario}` | {sentence} | {passes} | {expectation} |"
        );
        row.unwrap();
    }
    page.push_str(FOOT);
    page
}

#[test]
fn the_page_of_scenarios_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scenarios.md");
    if std::env::var_os("POLYCORD_WRITE_PAGES").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == page(),
        "docs/scenarios.md is not what the code says: write it with POLYCORD_WRITE_PAGES=1"
    );
}

#[test]
fn sentences_fit_into_a_table() {
    for scenario in Scenario::all() {
        let texts = [scenario.sentence(), scenario.expectation()];
        assert!(
            texts.iter().all(|text| !text.contains(['|', '\n'])),
            "{scenario}"
        );
    }
}
