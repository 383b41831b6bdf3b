//! Decodes a workload so many times and does nothing else: for profilers and counters of instructions.
//!
//! `passes (decode|ours|twilight|serenity|none) (mix|guild|NAME) COUNT`; `decode` is ours without reading the fields.

use std::process::ExitCode;

use polycord_benches::{decoders, reading::Read};
use polycord_workload::Workload;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [decoder, workload, count] = arguments.as_slice() else {
        eprintln!("passes (decode|ours|twilight|serenity|none) (mix|guild|NAME) COUNT");
        return ExitCode::FAILURE;
    };
    let workload = match workload.as_str() {
        "mix" => Some(Workload::mix()),
        "guild" => Some(Workload::guild_create()),
        name => Workload::kinds()
            .into_iter()
            .find(|workload| workload.name == name),
    };
    let (Some(workload), Ok(count)) = (workload, count.parse::<u32>()) else {
        eprintln!("no such workload, or no number");
        return ExitCode::FAILURE;
    };
    let decode: fn(&str) = match decoder.as_str() {
        "decode" => |frame| drop(decoders::ours(frame)),
        "ours" => |frame| decoders::ours(frame).read(),
        "twilight" => |frame| decoders::twilight(frame).read(),
        "serenity" => |frame| decoders::serenity(frame).read(),
        _ => |_| {},
    };
    for _ in 0..count {
        for frame in &workload.frames {
            decode(frame);
        }
    }
    println!("{}", workload.frames.len());
    ExitCode::SUCCESS
}
