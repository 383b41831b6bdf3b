//! Runs a bot that is not ours against the simulator, plays the people it meets, and judges it by the simulator's
//! journal: `clients PLAY [--tls] COMMAND ARGUMENTS…`. The command gets `SIMULATOR_API_URL`, `SIMULATOR_GATEWAY_URL` and
//! `SIMULATOR_TOKEN`, and has to exit with 0 when it is told to quit.

mod basics;
mod bot;
mod rich;
mod shards;
mod stage;

use std::process::ExitCode;
use std::time::Duration;

use self::stage::{Outcome, Stage};

/// Nothing takes longer, whatever hangs.
const IN_ALL: Duration = Duration::from_secs(180);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let play = arguments.next().unwrap_or_default();
    let tls = arguments.next_if(|it| it == "--tls").is_some();
    let command: Vec<String> = arguments.collect();
    let played = tokio::time::timeout(IN_ALL, run(&play, tls, &command)).await;
    let failed = match played {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("{play} took longer than {IN_ALL:?}"),
    };
    eprintln!("FAILED: {failed}");
    ExitCode::FAILURE
}

async fn run(play: &str, tls: bool, command: &[String]) -> Outcome<()> {
    let world = match play {
        "basics" => basics::world(),
        "errands" | "interactions" => rich::world(),
        "shards" => shards::world(),
        other => return Err(format!("there is no play {other:?}").into()),
    };
    let mut stage = Stage::start(world, tls, command).await?;
    let played = match play {
        "errands" => rich::errands(&mut stage).await,
        "interactions" => rich::interactions(&mut stage).await,
        "shards" => shards::play(&mut stage).await,
        _ => basics::play(&mut stage).await,
    };
    if let Err(error) = &played {
        stage.tell(error.as_ref());
    }
    stage.end().await;
    played
}
