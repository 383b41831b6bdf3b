#![allow(clippy::doc_markdown, reason = "these comments are the help")]

use std::{path::PathBuf, str::FromStr, time::Duration};

use clap::{Args as Arguments, ValueEnum};
use polycord_simulator::{Mix, Scenario};

/// Runs a Discord of your own on this machine, for bots under test
///
/// A strict simulator of Discord's gateway and REST API, on loopback only: it serves any
/// Discord library whose base URLs can be set, and says at its start how to point yours at
/// it. It runs until Ctrl-C, and ends with a summary of what it saw.
#[derive(Arguments, Debug)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// How many guilds there are [default: two small ones with known names]
    #[arg(long, value_name = "N")]
    pub(super) guilds: Option<usize>,

    /// How many members a guild has on average [default: 20]
    #[arg(long, value_name = "N", requires = "guilds")]
    pub(super) members: Option<usize>,

    /// The same seed gives the same world, and the same traffic
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,

    /// What people do a second; each act makes an event or a few
    #[arg(long, value_name = "RATE", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    pub(super) traffic: u32,

    /// What people do
    #[arg(long, value_name = "MIX", value_enum, default_value_t = Kind::Day)]
    pub(super) mix: Kind,

    /// Plays a bad day by its name, with shard 0 once it is connected
    ///
    /// A time and a shard may follow: t32_closed_with_4009@30 is played 30 seconds after the
    /// start, t24_acks_withheld@60:2 a minute after it with shard 2. Can be given many times.
    #[arg(long, value_name = "NAME[@SECONDS[:SHARD]]", verbatim_doc_comment)]
    pub(super) scenario: Vec<Planned>,

    /// Lists the scenarios
    #[arg(long, exclusive = true)]
    pub(super) list_scenarios: bool,

    /// Serves https:// and wss://, and writes the authority to trust to a file
    #[arg(long, value_name = "CA_FILE", num_args = 0..=1, default_missing_value = "polycord-simulator-ca.pem")]
    pub(super) tls: Option<PathBuf>,

    /// The transports to accept [default: all of them]
    #[arg(long, value_name = "NAME,..", value_delimiter = ',', value_enum)]
    pub(super) compress: Vec<Transport>,

    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8390)]
    pub(super) port: u16,

    /// The token that is accepted
    #[arg(long, value_name = "TOKEN", default_value = "simulator-token")]
    pub(super) token: String,

    /// How many shards GET /gateway/bot recommends
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) shards: u32,

    /// How many shards may identify at the same time
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) max_concurrency: u32,

    /// Writes every frame and request to a file, as JSON lines for `polycord inspect`
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,

    /// Ends by itself after so many seconds
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds)]
    pub(super) lasting: Option<Duration>,
}

/// Kinds of traffic.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Kind {
    /// A bit of everything
    Day,
    /// Messages, edits, reactions, typing
    Chat,
    /// People come, go and move in voice channels
    Voice,
    /// Statuses and activities
    Presence,
}

impl Kind {
    pub(super) fn mix(self) -> Mix {
        match self {
            Self::Day => Mix::day(),
            Self::Chat => Mix::chat(),
            Self::Voice => Mix::voice(),
            Self::Presence => Mix::presence(),
        }
    }
}

/// What a connection may ask for with `compress`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Transport {
    None,
    ZlibStream,
    ZstdStream,
}

impl Transport {
    /// As the gateway's URL has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ZlibStream => "zlib-stream",
            Self::ZstdStream => "zstd-stream",
        }
    }
}

/// A scenario, and when to play it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Planned {
    pub(super) scenario: Scenario,
    /// After the start; without it as soon as the shard is connected.
    pub(super) after: Option<Duration>,
    pub(super) shard: u32,
}

impl FromStr for Planned {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, when) = text
            .split_once('@')
            .map_or((text, None), |(name, when)| (name, Some(when)));
        let scenario = name.parse().map_err(|_| {
            let near = near(name).map_or_else(String::new, |near| format!(" (is it {near}?)"));
            format!("there is no scenario of this name{near}: `polycord simulate --list-scenarios` has them all")
        })?;
        let (time, shard) = when.map_or((None, None), |when| {
            when.split_once(':')
                .map_or((Some(when), None), |(time, shard)| {
                    (Some(time), Some(shard))
                })
        });
        let shard = shard.map_or(Ok(0), str::parse);
        Ok(Self {
            scenario,
            after: time.map(seconds).transpose()?,
            shard: shard.map_err(|_| "the shard is a number, as in @60:2".to_owned())?,
        })
    }
}

/// The scenario that somebody may mean who wrote its number, or the beginning of its name.
fn near(name: &str) -> Option<Scenario> {
    let name = name.to_lowercase();
    let mut all = Scenario::all().iter().copied();
    all.find(|scenario| !name.is_empty() && scenario.name().starts_with(&name))
}

/// Seconds, whole or not.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim_end_matches('s').parse().ok();
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| format!("{text:?} is no number of seconds"))
}

const EXAMPLES: &str = "\
Examples:
  Two small guilds, nobody says a word until your bot does
      polycord simulate

  A big bot's day: 500 guilds, 1,000 members in each, 2,000 messages and reactions a second
      polycord simulate --guilds 500 --members 1000 --traffic 2000 --shards 4

  Does the bot come back when its connection is half open?
      polycord simulate --traffic 10 --scenario t28_half_open@30

  What did the bot and the simulator say to each other?
      polycord simulate --record session.jsonl; polycord inspect --each session.jsonl

  What scenarios are there?
      polycord simulate --list-scenarios

Exit status: 0 it ran and ended, 2 wrong usage, or the port or a file could not be had.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_written_with_its_time_and_shard() {
        let planned: Planned = "t24_acks_withheld@60.5:2".parse().unwrap();
        assert_eq!(planned.scenario, Scenario::T24AcksWithheld);
        assert_eq!(planned.after, Some(Duration::from_millis(60_500)));
        assert_eq!(planned.shard, 2);
        let planned: Planned = "t28_half_open".parse().unwrap();
        assert_eq!((planned.after, planned.shard), (None, 0));
        let planned: Planned = "t28_half_open@30s".parse().unwrap();
        assert_eq!(planned.after, Some(Duration::from_secs(30)));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_to_do() {
        let refused = |text: &str| text.parse::<Planned>().unwrap_err();
        assert!(refused("t28").contains("is it t28_half_open?"));
        assert!(refused("t99_nothing").contains("--list-scenarios"));
        assert!(refused("t28_half_open@soon").contains("seconds"));
        assert!(refused("t28_half_open@-1").contains("seconds"));
        assert!(refused("t28_half_open@1:x").contains("shard"));
    }
}
