//! What to measure.

use std::{env, process::exit};

use polycord_cache_benches::{distribution::Distribution, peer::Peer, town::Town};

const HELP: &str = "\
Memory and time of polycord-cache beside twilight-cache-inmemory and serenity's cache: the same frames in the same
run. Progress goes to the error output, tables to the output.

cargo run --release --manifest-path benches/cache/Cargo.toml -- [OPTIONS]

  --only WHAT,..     of members, kinds, messages, guild, mix, update, reads, growth   [all of them]
  --peers NAME,..    of ours, twilight, serenity                                      [all of them]
  --guilds N         guilds                                                           [100]
  --members N        members of each                                                  [1000]
  --distribution D   of what members have: flat, or zipf: 200 sets of roles of which    [flat]
                     few are common, long names in many scripts, more presences
  --full             1000 guilds: a million members; mix needs 5 GB of memory for it
  --rounds N         how often each of guild, mix and update is measured              [30]
  --frames N         frames of the mix in one round                                   [5000]
  --events N         events of growth                                                 [1000000]
  --seconds N        how long each of reads is measured                               [5]
  --seed N           of everything                                                    [1]
  --help";

#[derive(Clone, Debug)]
pub struct Options {
    pub events: u64,
    pub frames: usize,
    pub peers: Vec<Peer>,
    pub rounds: usize,
    pub seconds: u64,
    pub town: Town,
    /// One scene and one cache, in a process of its own: so that what another left is in nobody's memory.
    pub part: Option<String>,
    only: Vec<String>,
}

impl Options {
    /// Ends the process when they make no sense.
    pub fn parse() -> Self {
        Self::read(env::args().skip(1)).unwrap_or_else(|mistake| {
            eprintln!("{mistake}\n\n{HELP}");
            exit(2);
        })
    }

    pub fn does(&self, what: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == what)
    }

    /// What another process is told, so that it does one part of this with one cache.
    pub fn arguments(&self, part: &str, peer: Peer) -> Vec<String> {
        let Town {
            distribution,
            seed,
            guilds,
            members,
        } = self.town;
        let words = [
            ("--part", part.to_owned()),
            ("--peers", peer.to_string()),
            ("--guilds", guilds.to_string()),
            ("--members", members.to_string()),
            ("--events", self.events.to_string()),
            ("--seed", seed.to_string()),
            ("--distribution", distribution.to_string()),
        ];
        let words = words.into_iter();
        words
            .flat_map(|(name, value)| [name.to_owned(), value])
            .collect()
    }

    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            events: 1_000_000,
            frames: 5_000,
            peers: Peer::ALL.to_vec(),
            rounds: 30,
            seconds: 5,
            town: Town {
                distribution: Distribution::Flat,
                seed: 1,
                guilds: 100,
                members: 1_000,
            },
            part: None,
            only: Vec::new(),
        };
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--help" => {
                    println!("{HELP}");
                    exit(0);
                }
                "--full" => {
                    options.town.guilds = 1_000;
                    continue;
                }
                _ => {}
            }
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name}: of what?"))?;
            let number = || {
                let number = value.parse::<u64>();
                number.map_err(|_| format!("{name}: no number: {value}"))
            };
            match name.as_str() {
                "--only" => options.only = value.split(',').map(str::to_owned).collect(),
                "--part" => options.part = Some(value),
                "--peers" => {
                    options.peers = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                "--distribution" => options.town.distribution = value.parse()?,
                "--guilds" => options.town.guilds = number()?.max(1),
                "--members" => options.town.members = number()?.max(1),
                "--rounds" => options.rounds = number()?.max(1) as usize,
                "--frames" => options.frames = number()?.max(1) as usize,
                "--events" => options.events = number()?.max(1),
                "--seconds" => options.seconds = number()?.max(1),
                "--seed" => options.town.seed = number()?,
                _ => return Err(format!("no such option: {name}")),
            }
        }
        Ok(options)
    }
}
