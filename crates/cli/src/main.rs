#![doc = include_str!("../README.md")]

mod inspect;
#[cfg(feature = "simulate")]
mod simulate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tools around Discord's gateway.
#[derive(Debug, Parser)]
#[command(name = "polycord", version, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Args),
    #[cfg(feature = "simulate")]
    Simulate(simulate::Args),
}

fn main() -> ExitCode {
    match Program::parse().command {
        Command::Inspect(args) => inspect::run(&args),
        #[cfg(feature = "simulate")]
        Command::Simulate(args) => simulate::run(&args),
    }
}
