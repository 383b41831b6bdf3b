//! A bot that answers `!ping` and `/ping`, on the full stack.
//!
//! ```console
//! $ cargo run --release --example ping_bot                          # on an embedded simulator
//! $ DISCORD_TOKEN=... cargo run --release --example ping_bot        # on Discord, until Ctrl-C
//! ```

mod bot;
mod ledger;
mod options;
mod report;
mod simulation;

use std::{
    error::Error,
    io::{self, IsTerminal},
    process::ExitCode,
};

use polycord::Client;
use tracing_subscriber::filter::{EnvFilter, LevelFilter};

use crate::options::{HELP, Run};

#[tokio::main]
async fn main() -> ExitCode {
    log_to_stderr();
    let outcome = match Run::from_args() {
        Ok(Run::Help) => {
            println!("{HELP}");
            Ok(())
        }
        Ok(Run::Discord) => on_discord().await,
        Ok(Run::Simulator(sabotage)) => simulation::run(sabotage).await,
        Err(usage) => Err(usage.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ping_bot: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Logs what `RUST_LOG` asks for, and nothing without it: what the user must know is printed.
fn log_to_stderr() {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::OFF.into())
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .init();
}

/// Runs on Discord until Ctrl-C, then leaves in good order.
async fn on_discord() -> Result<(), Box<dyn Error>> {
    let client = bot::ping_bot(Client::from_env()?).build();
    let handle = client.handle();
    println!("connecting; Ctrl-C stops the bot");
    client.run_until(tokio::signal::ctrl_c()).await?;
    println!("stopped: {}", handle.stats());
    Ok(())
}
