//! What the command line and the environment say.

use std::env;

/// A fault that the run must notice: it has to end with a non-zero exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sabotage {
    /// The cut session is not resumed but started anew.
    SkipResume,
    /// One event is withheld from the bot although it was sent.
    DropEvent,
}

/// How to run.
#[derive(Debug)]
pub(crate) enum Run {
    /// Print the help text and end.
    Help,
    /// On Discord, with the token of the environment.
    Discord,
    /// On the embedded simulator.
    Simulator(Option<Sabotage>),
}

pub(crate) const HELP: &str = "\
A bot that answers `!ping` and `/ping`.

Without a token it runs on an embedded simulator, loses a connection in mid-traffic, resumes, and ends with a
summary; the exit status is 0 only if nothing was lost. With DISCORD_TOKEN (or DISCORD_BOT_TOKEN) set it runs on
Discord until Ctrl-C.

Usage: ping_bot [--sabotage skip-resume|drop-event]

Options:
  --sabotage KIND  break the run on purpose; it must then exit non-zero
  -h, --help       this text

Environment:
  DISCORD_TOKEN, DISCORD_BOT_TOKEN  the bot's token: run on Discord
  POLYCORD_API_URL, POLYCORD_GATEWAY_URL, POLYCORD_CA_FILE
                                    run on another server that speaks Discord's protocol
  RUST_LOG                          log filter, for example `info` or `polycord=debug`";

impl Run {
    /// Reads the arguments of the process.
    pub(crate) fn from_args() -> Result<Self, String> {
        let mut sabotage = None;
        let mut args = env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "-h" | "--help" => return Ok(Self::Help),
                "--sabotage" => {
                    sabotage = Some(match args.next().as_deref() {
                        Some("skip-resume") => Sabotage::SkipResume,
                        Some("drop-event") => Sabotage::DropEvent,
                        _ => return Err("--sabotage takes skip-resume or drop-event".into()),
                    });
                }
                _ => return Err(format!("unknown argument {arg}: see --help")),
            }
        }
        let token_given = ["DISCORD_TOKEN", "DISCORD_BOT_TOKEN"]
            .iter()
            .any(|name| env::var_os(name).is_some());
        match (token_given, sabotage) {
            (true, None) => Ok(Self::Discord),
            (true, Some(_)) => Err("--sabotage is for the simulator: unset DISCORD_TOKEN".into()),
            (false, sabotage) => Ok(Self::Simulator(sabotage)),
        }
    }
}
