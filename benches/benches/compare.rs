//! polycord-types beside its peers: the same frames, in the same run.
//!
//! `cargo bench --manifest-path benches/Cargo.toml`

use std::{hint::black_box, time::Duration};

use polycord_benches::{
    decoders,
    measure::{Cost, compare},
    reading::Read,
};
use polycord_workload::Workload;

fn main() {
    let mut workloads = vec![(Workload::mix(), 60)];
    workloads.extend(
        Workload::kinds()
            .into_iter()
            .map(|workload| (workload, 100)),
    );
    workloads.push((Workload::guild_create(), 60));

    println!("typed, owned decode of whole frames, every field read, dropped; per frame\n");
    println!(
        "{:<20} {:>7}  {:>9} {:>9} {:>9}  {:>8} {:>8}  {:>20}  {:>23}",
        "workload",
        "bytes",
        "ours",
        "twilight",
        "serenity",
        "/twilig.",
        "/sereni.",
        "allocations",
        "bytes allocated",
    );
    for (workload, rounds) in &workloads {
        let [ours, twilight, serenity] = compare(
            workload,
            *rounds,
            [decode_ours, decode_twilight, decode_serenity],
        );
        row(workload, ours, twilight, serenity);
    }
    headers();
    println!("\nsize of the types in bytes\n");
    println!(
        "{:<20} {:>9} {:>9} {:>9}",
        "type", "ours", "twilight", "serenity"
    );
    for (name, ours, twilight, serenity) in sizes() {
        println!("{name:<20} {ours:>9} {twilight:>9} {serenity:>9}");
    }
}

/// The header of a frame: without a look at the payload, and with its end.
fn headers() {
    println!("\nheader of a frame, payload unparsed; per frame\n");
    println!(
        "{:<20} {:>7}  {:>9} {:>9} {:>11} {:>9}",
        "order", "bytes", "scan", "and end", "serde_json", "twilight"
    );
    let first = Workload {
        name: "header, payload",
        ..Workload::mix()
    };
    for workload in [first, Workload::header_last()] {
        let costs = compare(
            &workload,
            200,
            [
                |frames| each(frames, |frame| drop(black_box(decoders::header(frame)))),
                |frames| each(frames, |frame| drop(black_box(decoders::outline(frame)))),
                |frames| {
                    each(frames, |frame| {
                        drop(black_box(decoders::parsed_header(frame)))
                    })
                },
                |frames| {
                    each(frames, |frame| {
                        drop(black_box(decoders::twilight_header(frame)))
                    })
                },
            ],
        );
        let [scan, outline, parsed, twilight] = costs.map(|cost| micros(cost.time));
        println!(
            "{:<20} {:>7}  {scan:>9} {outline:>9} {parsed:>11} {twilight:>9}",
            workload.name,
            workload.bytes() / workload.frames.len(),
        );
    }
}

fn each(frames: &[String], mut read: impl FnMut(&str)) {
    for frame in frames {
        read(black_box(frame));
    }
}

fn decode_ours(frames: &[String]) {
    for frame in frames {
        decoders::ours(frame).read();
    }
}

fn decode_twilight(frames: &[String]) {
    for frame in frames {
        decoders::twilight(frame).read();
    }
}

fn decode_serenity(frames: &[String]) {
    for frame in frames {
        decoders::serenity(frame).read();
    }
}

fn row(workload: &Workload, ours: Cost, twilight: Cost, serenity: Cost) {
    let all = [ours, twilight, serenity];
    let [allocations, bytes] = [
        all.map(|cost| format!("{:.1}", cost.allocations))
            .join(" / "),
        all.map(|cost| format!("{:.0}", cost.bytes)).join(" / "),
    ];
    println!(
        "{:<20} {:>7}  {:>9} {:>9} {:>9}  {:>8.3} {:>8.3}  {:>20}  {:>23}",
        workload.name,
        workload.bytes() / workload.frames.len(),
        micros(ours.time),
        micros(twilight.time),
        micros(serenity.time),
        ours.time.div_duration_f64(twilight.time),
        ours.time.div_duration_f64(serenity.time),
        allocations,
        bytes,
    );
}

fn micros(time: Duration) -> String {
    format!("{:.3} us", time.as_secs_f64() * 1e6)
}

fn sizes() -> [(&'static str, usize, usize, usize); 10] {
    use polycord_types as o;
    use serenity::model as s;
    use twilight_model as t;
    [
        (
            "Event",
            size_of::<o::gateway::Event>(),
            size_of::<t::gateway::event::DispatchEvent>(),
            size_of::<s::event::Event>(),
        ),
        (
            "Message",
            size_of::<o::message::Message>(),
            size_of::<t::channel::Message>(),
            size_of::<s::channel::Message>(),
        ),
        (
            "Member",
            size_of::<o::member::Member>(),
            size_of::<t::guild::Member>(),
            size_of::<s::guild::Member>(),
        ),
        (
            "User",
            size_of::<o::user::User>(),
            size_of::<t::user::User>(),
            size_of::<s::user::User>(),
        ),
        (
            "Guild",
            size_of::<o::guild::Guild>(),
            size_of::<t::guild::Guild>(),
            size_of::<s::guild::Guild>(),
        ),
        (
            "Channel",
            size_of::<o::channel::Channel>(),
            size_of::<t::channel::Channel>(),
            size_of::<s::channel::GuildChannel>(),
        ),
        (
            "Presence",
            size_of::<o::presence::Presence>(),
            size_of::<t::gateway::presence::Presence>(),
            size_of::<s::gateway::Presence>(),
        ),
        (
            "Activity",
            size_of::<o::activity::Activity>(),
            size_of::<t::gateway::presence::Activity>(),
            size_of::<s::gateway::Activity>(),
        ),
        (
            "Role",
            size_of::<o::role::Role>(),
            size_of::<t::guild::Role>(),
            size_of::<s::guild::Role>(),
        ),
        (
            "VoiceState",
            size_of::<o::voice::VoiceState>(),
            size_of::<t::voice::VoiceState>(),
            size_of::<s::voice::VoiceState>(),
        ),
    ]
}
